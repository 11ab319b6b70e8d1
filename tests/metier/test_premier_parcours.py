"""The main job, end to end through the services: from a new entrant to a signed contract."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from cordee.metier.contrats import services as contrats
from cordee.metier.contrats.enums import Engage, FamilleActivite
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.regles import Ligne
from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import pdf
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import Impact, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.regles import Reponses, proposer
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.models import Etape, Situation
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.metier.rendezvous import services as rendezvous
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.reglementation.criteres_orientation import criteres_nationaux
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def etape(personne: Personne) -> str:
    return Etape.objects.get(personne=personne, fermee_le__isnull=True).genre


def test_from_new_entrant_to_signed_contract(maintenant: datetime) -> None:
    eds = f.structure(code_postal="94000", adresse="5, rue des Lilas", telephone="0199000001")
    accueil = f.agent(RoleAgent.AGENT_PLATEFORME, structure=eds)
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    foyer = f.foyer()
    f.adresse(foyer=foyer)
    personne = f.soumise(eds, foyer=foyer)

    rdv = rendezvous.convoquer(
        personne=personne, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE, structure=eds,
        agent=accueil, lieu="", debut=maintenant + timedelta(days=7), duree_minutes=45, canal=Canal.COURRIER,
        par=accueil, le=maintenant,
    )  # fmt: skip
    assert etape(personne) == GenreEtape.ORIENTER
    convocation = Courrier.objects.get(personne=personne, genre=GenreCourrier.CONVOCATION)
    assert convocation.etat == ""
    assert pdf(convocation).startswith(b"%PDF")

    le = rdv.debut + timedelta(hours=1)
    rendezvous.constater(rendez_vous=rdv, statut=StatutRendezVous.HONORE, par=accueil, le=le)
    reponses = Reponses(
        situation_pro=SituationPro.PLUS_DEUX_ANS, niveau=NiveauFormation.QUALIFIANT,
        themes={ThemeDiagnostic.MOBILITE: Impact.FORT},
    )  # fmt: skip
    orientation.enregistrer_diagnostic(
        personne=personne, situation_pro=reponses.situation_pro, niveau=reponses.niveau, themes=reponses.themes,
        metier_vise="Aide à domicile", par=accueil, le=le,
    )  # fmt: skip
    proposition = proposer(reponses, criteres_nationaux(le.date()))
    decision = orientation.decider(
        personne=personne, voie=proposition.voie, categorie=proposition.categorie, structure=eds,
        motifs=proposition.motifs, proposition=proposition, par=accueil, le=le,
    )  # fmt: skip
    assert etape(personne) == GenreEtape.NOTIFIER
    courrier = orientation.remettre_en_main_propre(orientation=decision, par=accueil, le=le)
    assert courrier.etat == EtatRemise.RECUE
    assert pdf(courrier).startswith(b"%PDF")
    assert etape(personne) == GenreEtape.NOMMER_REFERENT
    orientation.nommer_referent(personne=personne, agent=lea, par=accueil, le=le)
    assert etape(personne) == GenreEtape.ELABORER_CONTRAT

    le += timedelta(days=10)
    brouillon = contrats.preparer(
        personne=personne, heures=Decimal(15), prochaine_actualisation=date(2026, 9, 1), par=lea, le=le,
        engagements=[
            Ligne(engage=Engage.ORGANISME, texte="Vous recevoir chaque mois"),
            Ligne(engage=Engage.PERSONNE, texte="Venir aux rendez-vous, participer activement"),
            Ligne(engage=Engage.PERSONNE, texte="Passer le code", famille=FamilleActivite.ACCES_DROITS),
        ],
    )  # fmt: skip
    assert brouillon.projet == "Travailler comme : Aide à domicile"
    jour = le.date()
    contrats.signer(contrat=brouillon, signe_personne_le=jour, signe_referent_le=jour, par=lea, le=le)

    situation = Situation.objects.get(personne=personne)
    assert (situation.etat, situation.contrat_le) == (Etat.ACCOMPAGNEE, jour)
    assert etape(personne) == GenreEtape.PROCHAIN_CONTACT
    assert Contrat.objects.get(pk=brouillon.pk).debut == jour
    referent = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.REFERENT, fin__isnull=True)
    assert (referent.structure, referent.agent) == (eds, lea)
    assert reconstruire(verifier=True) == []
