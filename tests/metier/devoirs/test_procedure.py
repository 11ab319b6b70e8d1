"""A procedure from its report to its end, by the services: what each step asks first, and what follows (E17–E28)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import (
    EtatProcedure,
    MotifLevee,
    NatureMesure,
    StatutManquement,
    StatutMesure,
)
from cordee.metier.devoirs.models import Manquement, MesureDecidee
from cordee.metier.devoirs.services import ActeDevoirsRefuse, ProcedureIrreguliere
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape
from cordee.metier.parcours.services import faire_passer_le_temps
from cordee.metier.personnes.enums import RoleFoyer
from cordee.reglementation.regimes import Foyer
from tests import fabriques as f
from tests.metier.devoirs.affaire import Affaire, affaire
from tests.metier.equipe import Equipe, echeances, etape, situation

H = GenreEcheance


@pytest.fixture
def a(equipe: Equipe) -> Affaire:
    return affaire(equipe)


def codes(erreur: pytest.ExceptionInfo[ProcedureIrreguliere]) -> set[str]:
    return {m.code for m in erreur.value.manques}


def test_from_the_report_to_the_lifting(a: Affaire) -> None:
    avant = etape(a.personne).pk
    manquement = a.signaler()
    assert H.INSTRUIRE_MANQUEMENT in echeances(a.personne)
    procedure = a.ouvrir(manquement)
    assert H.INSTRUIRE_MANQUEMENT not in echeances(a.personne)
    assert H.CONDUIRE_CONTRADICTOIRE in echeances(a.personne)
    a.entendre(procedure)
    assert (procedure.contradictoire_jusquau - procedure.griefs_recus_le).days >= 10
    faire_passer_le_temps(par=f.systeme(), le=a.le)
    assert H.DECIDER_MESURE in echeances(a.personne)
    mesure = a.decider(procedure)
    assert etape(a.personne).pk == avant  # E03: nothing displaces the accompaniment before a notified measure
    assert (mesure.regime, mesure.rang, mesure.foyer) == ("NAT-2025", 1, 1)
    a.notifier(mesure)
    procedure.refresh_from_db()
    assert procedure.etat == EtatProcedure.NOTIFIEE
    assert (etape(a.personne).genre, situation(a.personne).etat) == (GenreEtape.REMOBILISER, Etat.REMOBILISATION)
    assert {H.TRANSMETTRE_MESURE, H.SUIVRE_TERME_MESURE} <= set(echeances(a.personne))
    a.attendre(5)
    services.constater_conformite(mesure=mesure, le_jour=a.le.date(), par=a.equipe.lea, le=a.le)
    assert H.LEVER_MESURE in echeances(a.personne)
    levee = services.lever_suspension(mesure=mesure, motif=MotifLevee.CONFORMITE, **a.par_sophie)
    assert (levee.statut, levee.levee_le) == (StatutMesure.LEVEE, a.le.date())
    assert situation(a.personne).etat == Etat.ACCOMPAGNEE
    assert {H.LEVER_MESURE, H.SUIVRE_TERME_MESURE}.isdisjoint(echeances(a.personne))
    genres = set(Courrier.objects.filter(personne=a.personne).values_list("genre", flat=True))
    assert {GenreCourrier.GRIEFS, GenreCourrier.DECISION_SUSPENSION, GenreCourrier.LEVEE_MESURE} <= genres


def test_a_legitimate_reason_closes_everything(a: Affaire) -> None:
    manquement = a.signaler()
    a.examiner(manquement, retenu=True)
    assert H.INSTRUIRE_MANQUEMENT not in echeances(a.personne)
    manquement.refresh_from_db()
    assert manquement.statut == StatutManquement.MOTIF_LEGITIME
    with pytest.raises(ProcedureIrreguliere) as erreur:
        services.ouvrir_procedure(personne=a.personne, manquements=[manquement], **a.par_sophie)
    assert "manquement_clos" in codes(erreur)


def test_found_during_the_procedure_it_ends_it(a: Affaire) -> None:
    procedure = a.entendre(a.ouvrir(a.signaler()))
    a.examiner(Manquement.objects.get(), retenu=True)
    procedure.refresh_from_db()
    assert procedure.etat == EtatProcedure.CLOSE
    assert not {H.CONDUIRE_CONTRADICTOIRE, H.DECIDER_MESURE} & set(echeances(a.personne))


def test_nothing_opens_before_the_reason_and_the_rights(a: Affaire) -> None:
    with pytest.raises(ProcedureIrreguliere) as erreur:
        services.ouvrir_procedure(personne=a.personne, manquements=[a.signaler()], **a.par_sophie)
    assert codes(erreur) == {"motif_non_examine", "droits_non_verifies"}
    assert "CASF L262-37" in str(erreur.value)


def test_nothing_is_decided_too_soon_nor_by_whoever_instructed(a: Affaire) -> None:
    procedure = a.ouvrir(a.signaler())
    a.entendre(procedure, jours=3)
    with pytest.raises(ProcedureIrreguliere) as erreur:
        services.decider_mesure(
            procedure=procedure, nature=NatureMesure.SUPPRESSION, taux=100, mois=6, motifs="Refus.", par=a.sophie,
            le=a.le,
        )  # fmt: skip
    assert {"contradictoire", "motifs", "deux_personnes", "sans_suspension"} <= codes(erreur)
    assert not MesureDecidee.objects.exists()


def test_a_household_checked_by_hand_only_adds_to_the_protection(a: Affaire) -> None:
    procedure = a.entendre(a.ouvrir(a.signaler()))
    with pytest.raises(ProcedureIrreguliere, match="50"):
        a.decider(procedure, taux=100, foyer=Foyer(2))
    f.membre(f.personne(), a.personne.appartenances.get().foyer, RoleFoyer.CJT)
    with pytest.raises(ProcedureIrreguliere, match="50"):  # the files say two: one typed by mistake takes nothing away
        a.decider(procedure, taux=100, foyer=Foyer(1))
    mesure = a.decider(procedure, taux=50, foyer=Foyer(1, majore=True))
    assert (mesure.foyer, mesure.foyer_majore) == (2, True)


def test_her_words_call_for_another_look(a: Affaire) -> None:
    """Silence is no admission, and an answer received after the examination is read before anything (E27)."""
    procedure = a.entendre(a.ouvrir(a.signaler()))
    services.recevoir_observation(
        procedure=procedure, forme="ecrite", texte="J'étais à l'hôpital.", recue_le=a.le.date(),
        par=a.sophie, le=a.le + timedelta(minutes=5),
    )  # fmt: skip
    a.attendre(1)
    with pytest.raises(ProcedureIrreguliere) as erreur:
        a.decider(procedure)
    assert codes(erreur) == {"motif_non_examine"}


def test_a_file_asked_for_and_a_hearing_asked_for_come_first(a: Affaire) -> None:
    procedure = a.entendre(a.ouvrir(a.signaler()))
    services.demander_communication(procedure=procedure, demandee_le=a.le.date(), **a.par_sophie)
    services.demander_audition(procedure=procedure, demandee_le=a.le.date(), **a.par_sophie)
    with pytest.raises(ProcedureIrreguliere) as erreur:
        a.decider(procedure)
    assert codes(erreur) == {"communication", "audition"}


def test_only_a_promise_of_the_contract_in_force_may_be_reproached(a: Affaire) -> None:
    with pytest.raises(ActeDevoirsRefuse, match="engagement de la personne"):
        a.signaler(engagement=None)


def test_signing_the_contract_lifts_the_suspension_of_a_refusal(equipe: Equipe) -> None:
    a = affaire(equipe, sous_contrat=False)
    a.refuser()
    assert H.PROCEDURE_REFUS in echeances(a.personne)
    manquement = Manquement.objects.get()
    mesure = a.notifier(a.decider(a.entendre(a.ouvrir(manquement))))
    assert situation(a.personne).etat == Etat.REMOBILISATION
    a.attendre(40)
    equipe.signer(equipe.brouillon(a.personne, le=a.le), le=a.le)  # a contract stays signable under a suspension
    mesure.refresh_from_db()
    assert (mesure.statut, mesure.motif_levee, mesure.levee_le) == (
        StatutMesure.LEVEE, MotifLevee.CONTRAT_SIGNE, a.le.date(),
    )  # fmt: skip
    assert situation(a.personne).etat == Etat.ACCOMPAGNEE
