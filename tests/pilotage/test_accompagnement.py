"""Orientation, référents, contracts, jobs: hand-counted figures; what a partner did not say is unknown, never late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Etape, Situation
from cordee.metier.personnes.models import DroitPersonne
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)
LE = date(2025, 3, 3)


# Orientation ---------------------------------------------------------------------------------------------------------
def test_oriented_on_the_day(lac: Lac) -> None:
    eds = f.structure()
    gens.orientation(gens.soumise(), eds, LE)
    gens.orientation(gens.soumise(), eds, LE, fin=date(2025, 12, 1))
    gens.orientation(gens.soumise(), eds, AU + timedelta(days=1))
    assert lac.mesure("taux_orientation", AU)[1:] == (1, 3, 0)
    assert lac.mesure("taux_orientation", date(2025, 6, 30))[1:] == (2, 3, 0)
    assert lac.mesure("en_attente_orientation", AU)[0] == 2


def test_paths_of_the_last_twelve_months_one_for_each_person(lac: Lac) -> None:
    """Her last decision of the year counts; those of before do not."""
    eds = f.structure()
    change = gens.soumise()
    gens.orientation(change, eds, date(2025, 3, 3), voie=Voie.SOCIAL, fin=date(2025, 9, 1))
    gens.orientation(change, eds, date(2025, 9, 1), voie=Voie.EMPLOI)
    gens.orientation(gens.soumise(), eds, date(2025, 3, 3), voie=Voie.SOCIO_PRO)
    gens.orientation(gens.soumise(), eds, date(2024, 12, 3), voie=Voie.SOCIAL)
    assert lac.mesure("taux_parcours_professionnel", AU)[1:] == (1, 2, 0)
    assert lac.mesure("taux_parcours_socioprofessionnel", AU)[1:] == (1, 2, 0)
    assert lac.mesure("taux_parcours_social", AU)[1:] == (0, 2, 0)
    assert lac.qui("taux_parcours_professionnel", AU) == {change.pk}


# Référents -----------------------------------------------------------------------------------------------------------
def test_named_referents_and_partners_who_said_nothing(lac: Lac) -> None:
    """E05: the employment operator's silence is unknown, neither yes nor no."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    agent = f.agent(RoleAgent.REFERENT, structure=eds)
    nommee, sans, dite, _muette = (gens.soumise() for _ in range(4))
    for personne, ou in ((nommee, eds), (sans, eds), (dite, operateur), (_muette, operateur)):
        gens.orientation(personne, ou, LE)
    gens.referent(nommee, eds, agent, LE)
    gens.referent(sans, eds, None, LE)
    gens.fait(dite, E.INFORMATION_PARTENAIRE, date(2025, 6, 1), pour=operateur.pk, referent_connu=True)
    assert lac.mesure("referents_nommes", AU)[1:] == (2, 3, 1)
    assert lac.mesure("operateur_information_recue", AU)[1:] == (1, 2, 0)


@pytest.mark.parametrize(("fait", "accompagnee"), [
    ("rendez_vous", True), ("accueil", False), ("contact", True), ("message", False), ("avant_entree", False),
    ("contrat", True), ("partenaire", True),
])  # fmt: skip
def test_never_accompanied_until_a_real_exchange_with_a_referent(lac: Lac, fait: str, accompagnee: bool) -> None:
    """A voice-mail is an attempt (R13); an orientation interview is none; what was before the entry is over."""
    eds = f.structure()
    personne = gens.soumise(demande_le=date(2024, 5, 5), depuis=date(2024, 5, 31))
    gens.orientation(personne, eds, LE)
    if fait in ("rendez_vous", "accueil"):
        gens.rendez_vous(personne, eds, LE, "honore", "accompagnement" if fait == "rendez_vous" else "orientation")
    elif fait == "contrat":
        gens.fait(personne, E.CONTRAT_SIGNE, LE)
    elif fait == "partenaire":
        gens.fait(personne, E.INFORMATION_PARTENAIRE, LE, pour=eds.pk, dernier_contact_le="2025-02-01")
    else:
        le = date(2024, 5, 1) if fait == "avant_entree" else LE
        gens.fait(personne, E.CONTACT, le, resultat="message" if fait == "message" else "jointe")
    assert lac.mesure("jamais_accompagnees", AU)[0] == (0 if accompagnee else 1)


def test_never_accompanied_is_unknown_at_a_silent_partner(lac: Lac) -> None:
    gens.orientation(gens.soumise(), f.structure(categorie="operateur_emploi"), LE)
    sans = gens.soumise()
    assert lac.mesure("jamais_accompagnees", AU) == (1, 1, None, 1)
    assert lac.qui("jamais_accompagnees", AU) == {sans.pk}


def test_load_is_counted_by_referent(lac: Lac) -> None:
    """Three people for one référent, one for another: two on average, three at most; not subject: no weight."""
    eds = f.structure(code="EDS1")
    un, deux = (f.agent(RoleAgent.REFERENT, structure=eds) for _ in range(2))
    for agent in (un, un, un, deux):
        gens.referent(gens.soumise(), eds, agent, LE)
    gens.referent(gens.soumise(sdd=False), eds, deux, LE)
    gens.referent(gens.soumise(), eds, None, LE)
    assert lac.mesure("charge_referent", AU)[:3] == (2, 4, 2)
    assert lac.mesure("charge_maximale", AU)[0] == 3
    assert lac.mesure("referents_surcharges", AU, "EDS1")[0] == 0


def test_overloaded_referents_open_their_people(lac: Lac) -> None:
    eds = f.structure()
    charge, leger = (f.agent(RoleAgent.REFERENT, structure=eds) for _ in range(2))
    for _ in range(121):
        gens.referent(gens.soumise(), eds, charge, LE)
    gens.referent(gens.soumise(), eds, leger, LE)
    assert lac.mesure("referents_surcharges", AU)[:3] == (50, 1, 2)
    assert len(lac.qui("referents_surcharges", AU)) == 121


def test_late_steps_of_the_day_not_those_a_partner_owes(lac: Lac) -> None:
    def etape(genre: str, echeance: date, nature: str = "objectif", fermee_le: date | None = None) -> int:
        personne = gens.soumise()
        ouvre = gens.fait(personne, E.CONTACT, date(2025, 12, 1))
        ligne = Etape.objects.create(
            personne=personne, genre=genre, unite="plateforme", ouverte_le=date(2025, 12, 1), echeance=echeance,
            terme=echeance, regle="x", nature=nature, evenement=ouvre, fermee_le=fermee_le,
            fermee_par=ouvre if fermee_le else None,
        )  # fmt: skip
        if fermee_le is None:
            Situation.objects.create(
                personne=personne, etat="entrante", soumis=True, etape=ligne, dernier_evenement=ouvre.pk, calcul={}
            )
        return personne.pk

    legale = etape("orienter", date(2026, 1, 30), "legale")
    etape("convoquer", date(2026, 1, 31))
    etape("convoquer", date(2026, 1, 15), fermee_le=date(2026, 1, 20))
    etape("attendre_partenaire", date(2026, 1, 15))
    assert lac.mesure("etapes_en_retard", AU)[1:] == (1, 2, 1)
    assert lac.mesure("etapes_en_retard", date(2026, 1, 18))[1:] == (1, 3, 1)
    assert lac.qui("etapes_legales_en_retard", AU) == {legale}


def test_absences_by_channel(lac: Lac) -> None:
    """Excused absences stay below the line; an outcome nobody noted is unknown; older than three months: out."""
    eds, personne = f.structure(), gens.soumise()
    rdvs = [gens.rendez_vous(gens.soumise(), eds, date(2026, 1, 10 + i), s) for i, s in enumerate(
        ("absent", "honore", "excuse", "prevu", "annule"))]  # fmt: skip
    gens.rendez_vous(personne, eds, date(2025, 10, 1), "absent")
    gens.rendez_vous(personne, eds, date(2026, 2, 10), "prevu")
    for rdv, canal in ((rdvs[0], "sms"), (rdvs[1], "sms"), (rdvs[2], "courrier")):
        Courrier.objects.create(
            personne=rdv.personne, genre="convocation", canal=canal, destinataire="x", version_modele="1",
            empreinte="0", objet_type="rendez_vous", objet_id=rdv.pk, cree_le=rdv.debut, cree_par=f.systeme(),
        )  # fmt: skip
    assert lac.mesure("absences_rendez_vous", AU)[1:] == (1, 3, 1)
    assert lac.mesure("absences_sms", AU)[1:] == (1, 2, 0)
    assert lac.mesure("absences_courrier", AU)[1:] == (0, 1, 0)


def test_intensive_as_declared_and_as_done(lac: Lac) -> None:
    """Declared intensive without an exchange for thirty days: shown (daily reality)."""
    eds = f.structure()
    suivie, laissee = gens.soumise(), gens.soumise()
    for personne in (suivie, laissee):
        gens.contrat(personne, eds, LE, intensite="intensive")
    gens.contrat(gens.soumise(), eds, LE)
    gens.fait(suivie, E.CONTACT, date(2026, 1, 2), resultat="jointe")
    gens.fait(laissee, E.CONTACT, date(2025, 12, 31), resultat="jointe")
    gens.fait(laissee, E.CONTACT, date(2026, 1, 20), resultat="message")
    assert lac.mesure("accompagnement_intensif", AU)[0] == 2
    assert lac.mesure("intensif_contact_30_jours", AU)[1:] == (1, 2, 0)


# Contracts -----------------------------------------------------------------------------------------------------------
def test_contract_rates_under_their_denominators(lac: Lac) -> None:
    """E04: a CER until its end; a contrat d'engagement until the orientation ends; a PPAE is none of them."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    engagee = gens.soumise(demande_le=date(2025, 6, 1), depuis=date(2025, 6, 30))
    cer, echu, ppae, sans = (gens.soumise() for _ in range(4))
    chez_lui, muette = gens.soumise(), gens.soumise()
    for personne in (engagee, cer, echu, sans):
        gens.orientation(personne, eds, date(2025, 7, 1))
    for personne in (ppae, chez_lui, muette):
        gens.orientation(personne, operateur, date(2024, 3, 1))
    gens.contrat(engagee, eds, date(2025, 8, 1))
    gens.contrat(cer, eds, date(2024, 12, 1), fin=date(2026, 2, 28))
    gens.contrat(echu, eds, date(2024, 12, 1), fin=date(2025, 12, 1))
    gens.contrat(ppae, operateur, date(2024, 12, 1), genre=GenreContrat.PPAE)
    gens.fait(ppae, E.INFORMATION_PARTENAIRE, date(2025, 6, 1), pour=operateur.pk)
    gens.fait(chez_lui, E.INFORMATION_PARTENAIRE, date(2025, 6, 1), pour=operateur.pk, contrat_le="2025-05-05")
    assert lac.mesure("contrats_en_cours", AU) == (3, 3, None, 1)
    assert lac.qui("contrats_en_cours", AU) == {engagee.pk, cer.pk, chez_lui.pk}
    assert lac.mesure("taux_contrat", AU)[1:] == (3, 7, 1)
    assert lac.mesure("taux_contrat_departement", AU)[1:] == (2, 4, 0)
    assert lac.mesure("taux_contrat_operateur", AU)[1:] == (1, 2, 1)
    assert lac.mesure("taux_contrat_flux", AU)[1:] == (1, 1, 0)
    assert lac.mesure("taux_contrat_stock", AU)[1:] == (2, 6, 1)
    assert lac.mesure("contrats_en_cours", date(2025, 6, 30))[0] == 3  # cer, echu, chez_lui
    assert lac.mesure("contrats_signes_mois", date(2025, 8, 31))[0] == 1
    assert lac.mesure("contrats_signes_mois", date(2025, 5, 31))[0] == 1


def test_what_a_partner_said_before_another_orientation_is_over(lac: Lac) -> None:
    operateur, personne = f.structure(categorie="operateur_emploi"), gens.soumise()
    gens.orientation(personne, operateur, date(2025, 2, 1), fin=date(2025, 11, 1))
    gens.fait(personne, E.INFORMATION_PARTENAIRE, date(2025, 6, 1), pour=operateur.pk, contrat_le="2025-05-05")
    gens.orientation(personne, f.structure(), date(2025, 11, 1))
    assert lac.mesure("contrats_en_cours", date(2025, 10, 31))[0] == 1
    assert lac.mesure("contrats_en_cours", AU)[0] == 0


def test_countdown_of_those_who_were_there_on_the_first_of_january_2025(lac: Lac) -> None:
    """E15: a CER waits to be converted; a newcomer is not of the stock; silence of the operator is unknown."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    ancienne, cer, engagee, muette = (gens.soumise() for _ in range(4))
    gens.soumise(demande_le=date(2025, 2, 1), depuis=date(2025, 2, 28))
    gens.contrat(cer, eds, date(2024, 12, 1), fin=date(2026, 12, 1))
    gens.contrat(engagee, eds, date(2025, 12, 1))
    gens.orientation(muette, operateur, LE)
    le = date(2026, 12, 28)
    assert lac.qui("stock_sans_contrat_engagement", AU) == {ancienne.pk, cer.pk}
    assert lac.mesure("stock_sans_contrat_engagement", AU) == (2, 2, None, 1)
    assert lac.mesure("contrats_par_jour_ouvre", le)[0] == pytest.approx(2 / 3, abs=1e-3)  # 29, 30, 31 December
    assert lac.mesure("contrats_par_jour_ouvre", date(2027, 1, 4))[0] is None
    assert lac.mesure("stock_sans_contrat_engagement", date(2024, 12, 31))[0] is None


# Jobs ----------------------------------------------------------------------------------------------------------------
def test_exits_to_a_job_and_who_came_back(lac: Lac) -> None:
    sortie, revenue, ailleurs = (gens.soumise(fin=date(2025, 5, 31)) for _ in range(3))
    gens.fait(sortie, E.DROIT_CLOS, date(2025, 6, 6), motif_sortie="emploi")
    gens.fait(revenue, E.CLOTURE_DECIDEE, date(2025, 6, 6), suite="suivi_emploi")
    gens.fait(ailleurs, E.DROIT_CLOS, date(2025, 6, 6), motif_sortie="demenagement")
    foyer = revenue.appartenances.get().foyer
    foyer.droits.update(fin=None)
    DroitPersonne.objects.create(personne=revenue, foyer=foyer, sdd=True, debut=date(2025, 9, 30))
    assert lac.qui("sorties_emploi", AU) == {sortie.pk, revenue.pk}
    assert lac.mesure("maintien_six_mois", AU)[1:] == (1, 2, 0)
    assert lac.mesure("maintien_six_mois", date(2025, 11, 30))[1:] == (None, None, 0)


def test_in_a_job_and_still_subject(lac: Lac) -> None:
    en_emploi, finie = gens.soumise(), gens.soumise()
    for personne in (en_emploi, finie):
        gens.fait(personne, E.SITUATION_PARTICULIERE, date(2025, 10, 1), etat="en_emploi_partiel")
    gens.fait(finie, E.REPRISE, date(2025, 12, 1))
    gens.fait(gens.soumise(), E.SITUATION_PARTICULIERE, date(2025, 10, 1), etat="bilan_vieillesse")
    assert lac.qui("en_emploi_soumises", AU) == {en_emploi.pk}
