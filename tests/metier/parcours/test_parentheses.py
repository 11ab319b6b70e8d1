"""What suspends the path protects it: clocks, owners and doubts behind a parenthesis are never lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.regles import Fait, Situation, TransitionInterdite, appliquer, verifier
from cordee.socle.horloge import PARIS

E, G = GenreEvenement, GenreEtape
EDS, LEA = 7, 42
LIEU = {"structure": EDS, "localisation": "secteur"}
DECISION = {"orientation": 1, "voie": "social", "categorie": "conseil_departemental", "structure": EDS}


def raconter(*evenements: tuple[Any, ...]) -> Situation:
    """``(genre, "2026-01-09", {…})``: the situation after these events, each checked as an act."""
    s = Situation()
    for rang, (genre, quand, *reste) in enumerate(evenements, start=1):
        le = datetime.fromisoformat(f"{quand}T09:00").replace(tzinfo=PARIS)
        fait = Fait(rang, genre, le, reste[0] if reste else {})
        verifier(s, fait)
        s = appliquer(s, fait)
    return s


ENTREE = (E.ENTREE_SDD, "2026-01-09", {"recu_le": "2026-01-09", **LIEU})
CONTRAT = (
    ENTREE,
    (E.ORIENTATION_DECIDEE, "2026-01-20", DECISION),
    (E.DATE_CERTAINE, "2026-01-20"),
    (E.REFERENT_NOMME, "2026-01-21", {"structure": EDS, "agent": LEA}),
)
ACCOMPAGNEE = (*CONTRAT, (E.CONTRAT_SIGNE, "2026-02-02", {"contrat": 5, "actualisation_le": "2026-08-03"}))


def test_a_decision_taken_meanwhile_does_not_give_more_time_to_find_where_she_lives() -> None:
    ailleurs = (E.ADRESSE_CHANGEE, "2026-01-12", {"structure": None, "localisation": "inconnue"})
    avant = raconter(ENTREE, ailleurs)
    apres = raconter(ENTREE, ailleurs, (E.ORIENTATION_DECIDEE, "2026-01-20", DECISION))
    assert avant.etape is not None
    assert apres.etape is not None
    assert (apres.etape.genre, apres.etape.echeance) == (G.LOCALISER, avant.etape.echeance)
    assert apres.chemin is Etat.ORIENTEE


def test_to_resume_never_closes_what_the_data_desk_must_check() -> None:
    absente = (ENTREE, (E.NON_TRANSMISE, "2026-02-10"))
    with pytest.raises(TransitionInterdite):
        raconter(*absente, (E.REPRISE, "2026-02-11"))


def test_to_resume_reaches_the_interruption_under_another_parenthesis() -> None:
    s = raconter(
        *ACCOMPAGNEE,
        (E.INTERRUPTION, "2026-02-10", {"revue_le": "2026-05-11"}),
        (E.NON_TRANSMISE, "2026-03-10"),
        (E.REPRISE, "2026-03-12"),
    )
    assert (s.etat, s.parentheses) == (Etat.NON_TRANSMISE, [Etat.NON_TRANSMISE])


def test_nobody_is_convened_during_an_interruption_even_absent_from_the_file() -> None:
    with pytest.raises(TransitionInterdite, match="aucune convocation"):
        raconter(
            ENTREE,
            (E.INTERRUPTION, "2026-01-12", {"revue_le": "2026-05-11"}),
            (E.NON_TRANSMISE, "2026-02-10"),
            (E.CONVOCATION, "2026-02-11", {"rendez_vous": 1}),
        )


def test_an_agreed_date_that_has_passed_does_not_stop_history() -> None:
    s = raconter(
        *ACCOMPAGNEE,
        (E.INTERRUPTION, "2026-02-10", {"revue_le": "2026-03-11"}),
        (E.ADRESSE_CHANGEE, "2026-04-01", {"structure": None, "localisation": "inconnue"}),
        (E.LOCALISEE, "2026-04-02", LIEU),
    )
    assert s.etape is not None
    assert (s.etape.genre, s.etape.echeance) == (G.REPRENDRE_CONTACT, date(2026, 3, 11))


def test_the_end_of_a_voluntary_accompaniment_keeps_the_flag_to_check() -> None:
    s = raconter(
        ENTREE,
        (E.FIN_SDD, "2026-02-10"),
        (E.ACCOMPAGNEMENT_VOLONTAIRE, "2026-02-11"),
        (E.SDD_INCONNU, "2026-03-10"),
        (E.FIN_ACCOMPAGNEMENT, "2026-03-11"),
    )
    assert s.etape is not None
    assert (s.etat, s.etape.genre) == (Etat.SDD_INCONNU, G.VERIFIER_SDD)


def test_a_doubt_on_the_identity_outlives_an_exit() -> None:
    s = raconter(ENTREE, (E.IDENTITE_DOUTEUSE, "2026-01-12", {"arbitrage": 1}), (E.DROIT_CLOS, "2026-02-10", {}))
    assert (s.etat, s.etape) == (Etat.SORTIE, None)
    assert GenreEcheance.ARBITRER_IDENTITE in s.echeances


def test_an_absence_to_a_replaced_appointment_changes_nothing() -> None:
    s = raconter(
        ENTREE,
        (E.CONVOCATION, "2026-01-12", {"rendez_vous": 1}),
        (E.CONVOCATION, "2026-01-14", {"rendez_vous": 2}),
        (E.ABSENCE, "2026-01-19", {"rendez_vous": 1}),
    )
    assert (s.etat, s.rendez_vous) == (Etat.CONVOQUEE, 2)


def test_an_exit_ends_the_contract_and_a_return_gives_a_month_for_another() -> None:
    sortie = (*ACCOMPAGNEE, (E.DROIT_CLOS, "2026-03-10", {"motif_sortie": "emploi"}))
    assert raconter(*sortie).contrat_le is None
    s = raconter(
        *sortie,
        (E.RETOUR_SDD, "2026-06-08", {"recu_le": "2026-06-05", **LIEU}),
        (E.CONTACT, "2026-06-10", {"resultat": "jointe"}),
    )
    assert s.etape is not None
    assert (s.etape.genre, s.etape.agent, s.etape.terme) == (G.ELABORER_CONTRAT, LEA, date(2026, 7, 5))


def test_a_toggle_of_the_flag_keeps_the_contract_and_its_clocks() -> None:
    s = raconter(
        *ACCOMPAGNEE, (E.FIN_SDD, "2026-03-10"), (E.RETOUR_SDD, "2026-06-08", {"recu_le": "2026-06-05", **LIEU})
    )
    assert s.contrat == 5
    assert set(s.echeances) == {GenreEcheance.ACTUALISER_CONTRAT, GenreEcheance.DIAGNOSTIC_CONJOINT}


def test_a_refused_reorientation_starts_the_month_again_without_moving_the_notification() -> None:
    s = raconter(*CONTRAT, (E.REORIENTATION_DEMANDEE, "2026-01-26"), (E.REORIENTATION_REFUSEE, "2026-02-09"))
    assert s.orientation is not None
    assert s.etape is not None
    assert s.orientation.certaine_le == date(2026, 1, 20)
    assert (s.etape.terme, s.etape.regle) == (date(2026, 3, 9), "contrat_apres_refus_reorientation")
    assert not s.etape.provisoire


def test_a_new_orientation_ends_the_update_of_the_former_contract() -> None:
    s = raconter(*ACCOMPAGNEE, (E.ORIENTATION_DECIDEE, "2026-03-10", {**DECISION, "orientation": 2}))
    assert s.contrat is None
    assert not s.echeances


def test_nothing_is_signed_before_the_decision_is_notified() -> None:
    with pytest.raises(TransitionInterdite, match="notifiée"):
        raconter(
            *CONTRAT[:2],
            (E.REFERENT_NOMME, "2026-01-21", {"structure": EDS, "agent": LEA}),
            (E.CONTRAT_SIGNE, "2026-01-22", {"contrat": 1}),
        )


def test_a_structure_that_refused_does_not_name_the_referent() -> None:
    with pytest.raises(TransitionInterdite, match="accueillir"):
        raconter(
            ENTREE,
            (E.ORIENTATION_DECIDEE, "2026-01-20", {**DECISION, "categorie": "delegataire", "acceptation": True}),
            (E.DATE_CERTAINE, "2026-01-20"),
            (E.DOSSIER_REFUSE, "2026-01-22"),
            (E.REFERENT_NOMME, "2026-01-23", {"structure": EDS, "agent": LEA}),
        )


def test_no_duty_applies_to_a_voluntary_accompaniment() -> None:
    with pytest.raises(TransitionInterdite, match="à sa demande"):
        raconter(
            *ACCOMPAGNEE,
            (E.FIN_SDD, "2026-03-10"),
            (E.ACCOMPAGNEMENT_VOLONTAIRE, "2026-03-11"),
            (E.CONTRAT_ACTUALISE, "2026-03-12", {}),
        )


def test_a_death_to_check_stays_to_check_when_she_leaves_the_path_and_when_she_comes_back() -> None:
    """E32: whatever the files say of her duties meanwhile, nothing is sent before somebody has checked."""
    sortie = raconter(ENTREE, (E.DECES_PRESUME, "2026-02-10"), (E.FIN_SDD, "2026-03-05"))
    assert (sortie.etat, set(sortie.echeances)) == (Etat.HORS_SDD, {GenreEcheance.DECES_A_VERIFIER})
    retour = appliquer(sortie, Fait(9, E.ENTREE_SDD, datetime(2026, 4, 5, 9, tzinfo=PARIS), dict(LIEU)))
    assert (retour.etat, retour.echeances) == (Etat.DECES_PRESUME, {})
    assert retour.etape is not None
    assert retour.etape.genre == G.VERIFIER_DECES


def test_alive_or_dead_settles_a_death_signalled_off_the_path() -> None:
    hors = (ENTREE, (E.FIN_SDD, "2026-02-05"), (E.DECES_PRESUME, "2026-03-10"))
    vivante = raconter(*hors, (E.REPRISE, "2026-03-12", {"etat": "deces_presume"}))
    assert (vivante.etat, vivante.echeances) == (Etat.HORS_SDD, {})
    assert raconter(*hors, (E.DECES, "2026-03-12")).echeances == {}
    with pytest.raises(TransitionInterdite):
        raconter(*hors, (E.REPRISE, "2026-03-12", {"etat": "interrompue"}))
    with pytest.raises(TransitionInterdite):
        raconter(*hors[:2], (E.REPRISE, "2026-03-12", {"etat": "deces_presume"}))
