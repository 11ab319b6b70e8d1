"""The morning the demonstration opens on: believable for every named account, and made by the product itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from cordee.demo.matinee import BilanMatinee, verifier_des_telephones, vivre_la_matinee
from cordee.demo.organisation import Organisation, construire_organisation
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import pdf
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.parcours.enums import Etat, Voie
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.parcours.selectors import verifier_parcours
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import Contact, Personne
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services import convoquer
from cordee.metier.suivi.models import ContactSuivi
from cordee.socle.horloge import PARIS, jour
from cordee.territoires.models import Commune
from cordee.territoires.services import charger_departement
from tests import fabriques as f

# A working Tuesday, at the hour when the doors open.
LE = datetime(2026, 2, 17, 9, 5, tzinfo=PARIS)
REUNIONS = "invitations à une information collective"
INSTANTS = {
    "dimanche": datetime(2026, 2, 15, 22, tzinfo=PARIS),
    "fin de journée": datetime(2026, 2, 20, 17, 30, tzinfo=PARIS),
}


@pytest.fixture
def organisation(db: None) -> Organisation:
    charger_departement(code="94")
    organisation = construire_organisation(par=f.systeme(), le=LE)
    _peupler(organisation)
    return organisation


def _peupler(organisation: Organisation) -> None:
    """Entrants of the last file, and people whom the named référents follow since autumn."""
    eds, operateur = organisation.structures["EDS-15"], organisation.structures["OPE-01"]
    vitry = Commune.objects.get(pk="94081")
    for _ in range(44):
        foyer = f.foyer()
        f.adresse(foyer=foyer, commune=vitry, code_insee="94081", code_postal="94400", ville="VITRY SUR SEINE")
        f.soumise(eds, foyer=foyer, le=LE - timedelta(days=20))
    for compte, structure in (("referente", eds), ("referent2", eds), ("social", eds), ("operateur", operateur)):
        agent = organisation.comptes[compte]
        for rang in range(7):
            foyer = f.foyer()
            f.adresse(foyer=foyer, commune=vitry, code_insee="94081", code_postal="94400", ville="VITRY SUR SEINE")
            suivie = f.soumise(eds, foyer=foyer, le=LE - timedelta(days=90))
            _suivre(suivie, organisation, agent, structure.code, signe=rang % 4 > 0)


def _suivre(personne: Personne, organisation: Organisation, agent: Agent, code: str, *, signe: bool) -> None:
    structure, le = organisation.structures[code], LE - timedelta(days=60 if signe else 20)
    if signe:
        f.accompagnee(personne, structure, agent, le=le)
    else:
        f.orientee(personne, structure, voie=Voie.EMPLOI, le=le)
        f.rattachement(personne, structure, agent, debut=jour(le))
        f.evenement(personne, f.GenreEvenement.REFERENT_NOMME, le=le, structure=structure.pk, agent=agent.pk)


def _rendez_vous(organisation: Organisation, compte: str, le_jour: date) -> int:
    agent = organisation.comptes[compte]
    return RendezVous.objects.filter(agent=agent, debut__date=le_jour, statut=StatutRendezVous.PREVU).count()


def test_every_account_opens_on_a_believable_day(organisation: Organisation) -> None:
    bilan = vivre_la_matinee(organisation, graine=94, le=LE)
    for compte in ("plateforme", "referente", "referent2", "social", "operateur"):
        for le_jour in (LE.date(), LE.date() + timedelta(days=1)):
            assert _rendez_vous(organisation, compte, le_jour) >= 2, (compte, le_jour)
    _work_is_left_at_every_step(organisation)
    _letters_are_really_made(bilan)
    _referents_called_signed_and_promised(organisation)
    reunis = RendezVous.objects.filter(genre=GenreRendezVous.COLLECTIF, agent=organisation.comptes["emploi"])
    assert reunis.count() == bilan.actes.get(REUNIONS, 0)
    # nobody is forgotten, and the path replays to the same place
    connection.check_constraints()
    assert verifier_parcours(LE.date())["sans_etape"] == 0
    assert reconstruire(verifier=True) == []


def _work_is_left_at_every_step(organisation: Organisation) -> None:
    etats = set(Situation.objects.values_list("etat", flat=True))
    assert {Etat.ENTRANTE, Etat.CONVOQUEE, Etat.RENCONTREE, Etat.ATTENTE_ACCUEIL, Etat.ATTENTE_REFERENT} <= etats
    attend = set(Situation.objects.values_list("etat", "referent_structure__code"))
    attendus = {
        (Etat.ATTENTE_REFERENT, "EDS-15"),
        (Etat.ATTENTE_ACCUEIL, "CCAS-94081"),
        (Etat.ATTENTE_ACCUEIL, "OPE-01"),
    }
    assert attendus <= attend
    assert Diagnostic.objects.filter(brouillon=True, mene_par=organisation.comptes["plateforme"]).count() == 1
    assert RendezVous.objects.filter(statut=StatutRendezVous.SANS_RENDEZ_VOUS).exists()


def _letters_are_really_made(bilan: BilanMatinee) -> None:
    lettres = Courrier.objects.filter(genre=GenreCourrier.CONVOCATION)
    assert lettres.count() == bilan.actes["convocations"] + bilan.actes.get(REUNIONS, 0)
    assert pdf(lettres.order_by("pk")[0]).startswith(b"%PDF")
    assert Courrier.objects.filter(etat="envoyee").exists()


def _referents_called_signed_and_promised(organisation: Organisation) -> None:
    awa = organisation.comptes["referente"]
    assert ContactSuivi.objects.filter(par=awa).count() >= 3
    assert Contrat.objects.filter(referent=awa, debut__isnull=False).exists()
    assert Contrat.objects.filter(debut__isnull=True, fin__isnull=True).exists()
    promesses = Engagement.objects.filter(engage="organisme", avant_le__isnull=False, tenu_le__isnull=True)
    assert promesses.exists()


def test_appointments_given_to_the_platform_get_an_interviewer(organisation: Organisation) -> None:
    pfo = organisation.structures["PFO"]
    entrantes = Personne.objects.filter(situation__etat=Etat.ENTRANTE).order_by("pk")[:20]
    for rang, personne in enumerate(entrantes):
        debut = LE + timedelta(days=1, minutes=15 * (rang % 3))
        convoquer(
            personne=personne, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE, structure=pfo,
            agent=None, lieu="", debut=debut, duree_minutes=45, canal=Canal.COURRIER, par=f.systeme(),
            le=LE - timedelta(days=3),
        )  # fmt: skip
    vivre_la_matinee(organisation, graine=94, le=LE)
    sans_nom = RendezVous.objects.filter(structure=pfo, agent__isnull=True, personne__in=list(entrantes))
    assert sans_nom.count() == 3  # left for whoever is free


@pytest.mark.parametrize("quand", INSTANTS)
def test_at_any_hour_of_any_day_nothing_is_done_in_the_future(organisation: Organisation, quand: str) -> None:
    le = INSTANTS[quand]
    avant = Evenement.objects.order_by("-pk").values_list("pk", flat=True)[0]
    bilan = vivre_la_matinee(organisation, graine=94, le=le)
    faits = Evenement.objects.filter(pk__gt=avant)
    assert faits.count() > 40
    assert faits.filter(survenu_le__gt=le).count() == 0
    assert faits.filter(enregistre_le__gt=le).count() == 0
    assert sum(bilan.refus.values()) <= 0.1 * sum(bilan.actes.values()), bilan.refus


def test_a_departement_without_anybody_is_left_as_it_is(db: None) -> None:
    charger_departement(code="94")
    bilan = vivre_la_matinee(construire_organisation(par=f.systeme(), le=LE), graine=94, le=LE)
    assert bilan.actes == {}


def test_checked_numbers_wait_for_a_file_that_says_otherwise(organisation: Organisation) -> None:
    combien = verifier_des_telephones(organisation, graine=94, le=LE)
    verifies = Contact.objects.filter(verifie=True, genre="telephone")
    assert verifies.count() == combien == 12  # everybody else has no référent here
    assert {contact.debut for contact in verifies} == {LE.date()}
