"""Acts that settle a disagreement with the paying body, and what follows a right that ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cordee.metier.contrats.models import Contrat
from cordee.metier.parcours import services as parcours
from cordee.metier.parcours.enums import (
    AideDroit,
    Etat,
    GenreEcheance,
    GenreEvenement,
    ReponseCaisse,
    ReponseSanction,
    SuiteCloture,
)
from cordee.metier.parcours.models import Echeance, Evenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.selectors import histoire_de
from cordee.metier.parcours.services import RapprochementRefuse
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape, situation

E, H, J = GenreEvenement, GenreEcheance, timedelta(days=1)


@pytest.fixture
def finie(equipe: Equipe) -> Personne:
    """Under contract, no longer subject to the duties, an appointment to come."""
    personne = equipe.accompagnee()
    RendezVous.objects.create(
        personne=personne, genre="suivi", modalite="physique", structure=equipe.eds, debut=LE + 5 * J,
        fin=LE + 5 * J + timedelta(hours=1), statut=StatutRendezVous.PREVU,
    )  # fmt: skip
    f.evenement(personne, E.FIN_SDD, le=LE + J)
    return personne


def decider(personne: Personne, equipe: Equipe, suite: SuiteCloture, **champs: Any) -> None:
    parcours.decider_cloture(personne=personne, suite=suite, par=equipe.lea, le=LE + 2 * J, **champs)


def contrat_ferme(personne: Personne) -> bool:
    return Contrat.objects.get(personne=personne, debut__isnull=False).fin is not None


def rendez_vous(personne: Personne) -> str:
    return RendezVous.objects.get(personne=personne).statut


def test_nothing_ends_by_itself(equipe: Equipe, finie: Personne) -> None:
    assert echeances(finie).keys() >= {H.CLOTURE_AVEC_CONTRAT}
    tache = Echeance.objects.get(personne=finie, genre=H.CLOTURE_AVEC_CONTRAT)
    assert (tache.agent, tache.structure, tache.echeance) == (equipe.lea, equipe.eds, date(2026, 3, 5))
    assert not contrat_ferme(finie)
    assert rendez_vous(finie) == StatutRendezVous.PREVU


def test_the_accompaniment_ends(equipe: Equipe, finie: Personne) -> None:
    decider(finie, equipe, SuiteCloture.FIN)
    assert H.CLOTURE_AVEC_CONTRAT not in echeances(finie)
    assert contrat_ferme(finie)
    assert rendez_vous(finie) == StatutRendezVous.ANNULE
    assert situation(finie).etat == Etat.HORS_SDD


def test_news_are_taken_in_the_job(equipe: Equipe, finie: Personne) -> None:
    decider(finie, equipe, SuiteCloture.SUIVI_EMPLOI)
    assert echeances(finie).keys() == {H.SUIVI_EMPLOI}
    assert contrat_ferme(finie)
    assert rendez_vous(finie) == StatutRendezVous.PREVU


def test_it_goes_on_at_her_request(equipe: Equipe, finie: Personne) -> None:
    with pytest.raises(RapprochementRefuse, match="à venir"):
        decider(finie, equipe, SuiteCloture.VOLONTAIRE, prochain_contact_le=LE.date())
    decider(finie, equipe, SuiteCloture.VOLONTAIRE, prochain_contact_le=date(2026, 3, 12))
    assert (situation(finie).etat, etape(finie).echeance) == (Etat.VOLONTAIRE, date(2026, 3, 12))
    assert H.CLOTURE_AVEC_CONTRAT not in echeances(finie)
    assert not contrat_ferme(finie)


def test_the_decision_is_corrected(equipe: Equipe, finie: Personne) -> None:
    decider(finie, equipe, SuiteCloture.FIN)
    evenement = Evenement.objects.get(genre=E.CLOTURE_DECIDEE)
    parcours.annuler_evenement(evenement=evenement, par=equipe.lea, le=LE + 3 * J)
    assert H.CLOTURE_AVEC_CONTRAT in echeances(finie)
    assert not contrat_ferme(finie)


def test_there_must_be_something_to_decide(equipe: Equipe) -> None:
    personne = equipe.accompagnee()
    with pytest.raises(TransitionInterdite, match="Aucune fin de droit"):
        decider(personne, equipe, SuiteCloture.FIN)


def test_no_job_follow_up_without_anybody_to_do_it(equipe: Equipe) -> None:
    personne = equipe.entrante()
    f.evenement(personne, E.FIN_SDD, rendez_vous=True)
    with pytest.raises(TransitionInterdite, match="Sans référent"):
        decider(personne, equipe, SuiteCloture.SUIVI_EMPLOI)


def test_many_people_one_act(equipe: Equipe) -> None:
    gens = [equipe.entrante() for _ in range(3)]
    for p in gens:
        f.evenement(p, E.DECISION_ATTENDUE, objets=["etat_0"], depuis="2026-01-05")
    ids = [p.pk for p in gens]
    with pytest.raises(RapprochementRefuse, match="à venir"):
        parcours.transmettre_decision(
            personnes=ids, reponse=ReponseCaisse.REFUS, decidee_le=date(2026, 2, 18), par=equipe.samia, le=LE
        )
    faits = parcours.transmettre_decision(
        personnes=[*ids, ids[0]], reponse=ReponseCaisse.REFUS, decidee_le=date(2026, 2, 16), par=equipe.samia, le=LE
    )
    assert len(faits) == 3
    assert len({e.acte for e in faits}) == 1
    assert faits[0].donnees == {"reponse": "refus", "le": "2026-02-16", "objets": ["etat_0"]}
    assert histoire_de(gens[0])[-1].detail == "Refus, décidé le 16 février 2026."
    with pytest.raises(TransitionInterdite, match="n'attend plus"):  # all or nobody
        parcours.transmettre_decision(
            personnes=ids, reponse=ReponseCaisse.REFUS, decidee_le=LE.date(), par=equipe.samia, le=LE
        )


def test_a_sanction_is_settled_otherwise(equipe: Equipe) -> None:
    personne = equipe.entrante()
    f.evenement(personne, E.SANCTION_CONSTATEE, objets=["suspension"], sens="absente", mesure=7)
    assert Echeance.objects.get(genre=H.SANCTION_A_RAPPROCHER).objet_id == 7
    faits = parcours.rapprocher_sanction(
        personnes=[personne.pk], reponse=ReponseSanction.RETRANSMISE, par=equipe.samia, le=LE
    )
    assert faits[0].donnees == {
        "reponse": "retransmise", "objets": ["suspension"], "sens": "absente", "mesure": 7,
    }  # fmt: skip
    assert echeances(personne) == {}


@pytest.mark.parametrize("genre", [H.RETABLIR_DROIT, H.MAJORATION_A_REVOIR])
def test_only_what_waits_for_another_can_wait(equipe: Equipe, genre: GenreEcheance) -> None:
    personne = equipe.entrante()
    f.evenement(personne, E.DROIT_SUSPENDU, motif="06", etat="4")
    f.evenement(personne, E.MAJORATION_EN_DOUTE, enfant=1)
    with pytest.raises(TransitionInterdite, match="ne se reporte pas"):
        parcours.prolonger_attente(personnes=[personne.pk], echeance=genre, par=equipe.samia, le=LE)


def test_a_disagreement_outlives_the_path_and_not_the_person(equipe: Equipe) -> None:
    personne = equipe.entrante()
    f.evenement(personne, E.DECISION_ATTENDUE, objets=["etat_0"])
    f.evenement(personne, E.SANCTION_CONSTATEE, objets=["cloture_PCG"], sens="vue")
    f.evenement(personne, E.DROIT_CLOS, motif_sortie="autre")
    assert echeances(personne).keys() == {H.DECISION_ATTENDUE_CAF, H.SANCTION_A_RAPPROCHER}
    parcours.constater_deces(personne=personne, deces_le=LE.date(), par=equipe.samia, le=LE)
    assert echeances(personne) == {}


def test_somebody_without_any_path_has_it_too(equipe: Equipe) -> None:
    personne = f.personne()
    f.evenement(personne, E.DECISION_ATTENDUE, objets=["etat_0"])
    assert situation(personne).etat == Etat.HORS_SDD
    assert echeances(personne).keys() == {H.DECISION_ATTENDUE_CAF}


def test_how_a_suspended_right_was_helped_is_kept(equipe: Equipe) -> None:
    personne = equipe.entrante()
    f.evenement(personne, E.DROIT_SUSPENDU, motif="06", etat="4")
    parcours.traiter_echeance(
        personne=personne, echeance=H.RETABLIR_DROIT, aide=AideDroit.ENSEMBLE, par=equipe.samia, le=LE
    )
    assert histoire_de(personne)[-1].detail.endswith("La démarche a été faite avec la personne.")
