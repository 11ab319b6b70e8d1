"""E07 as a property: before any orientation, whatever happens, nothing opens a procedure of droits et devoirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.regles import Fait, Situation, TransitionInterdite, appliquer, verifier
from cordee.metier.parcours.regles.fichier import AVANT_ORIENTATION
from cordee.socle.horloge import PARIS

E = GenreEvenement
RECUE = datetime(2026, 1, 9, 8, tzinfo=PARIS)
# What may happen to somebody who was never oriented: convened, absent, called, written back, met, past the deadline.
FAITS: tuple[tuple[E, dict[str, Any]], ...] = (
    (E.CONVOCATION, {"rendez_vous": 1}), (E.CONVOCATION, {"rendez_vous": 2}),
    (E.ABSENCE, {"excusee": False}), (E.ABSENCE, {"excusee": True}), (E.ABSENCE, {"rendez_vous": 1, "excusee": False}),
    (E.RENDEZ_VOUS_ANNULE, {"rendez_vous": 2, "motif": "service"}), (E.COURRIER_REVENU, {}),
    (E.ALLER_VERS, {"resultat": "sans_reponse"}), (E.ALLER_VERS, {"resultat": "jointe"}),
    (E.PRESENCE, {"rendez_vous": 1}), (E.DELAI_ORIENTATION_DEPASSE, {}), (E.CONTRAT_REFUSE, {}),
    (E.CONTACT, {"resultat": "message"}), (E.MANQUEMENT_SIGNALE, {"manquement": 1}), (E.PROCEDURE_OUVERTE, {}),
)  # fmt: skip
DES_DEVOIRS = {
    GenreEcheance.PROCEDURE_REFUS, GenreEcheance.SANCTION_A_RAPPROCHER, GenreEcheance.INSTRUIRE_MANQUEMENT,
    GenreEcheance.CONDUIRE_CONTRADICTOIRE,
}  # fmt: skip


def entrante() -> Situation:
    return appliquer(Situation(), Fait(1, E.ENTREE_SDD, RECUE, {"recu_le": "2026-01-09", "structure": 7}))


@given(st.lists(st.tuples(st.sampled_from(FAITS), st.integers(0, 9)), max_size=14))
def test_no_absence_before_an_orientation_opens_a_procedure(vecu: list[tuple[tuple[E, dict[str, Any]], int]]) -> None:
    s, le = entrante(), RECUE
    for rang, ((genre, donnees), jours) in enumerate(vecu, start=2):
        le += timedelta(days=jours)
        fait = Fait(rang, genre, le, donnees)
        try:
            verifier(s, fait)
        except TransitionInterdite:
            continue
        s = appliquer(s, fait)
        assert not DES_DEVOIRS & s.echeances.keys(), genre
        assert s.etape is not None
        assert s.etape.unite not in (Unite.DEVOIRS, Unite.JURIDIQUE)
        assert s.etat in AVANT_ORIENTATION | {Etat.COMPETENCE_OPERATEUR_EMPLOI}


def test_a_refusal_of_contract_cannot_be_recorded_before_an_orientation() -> None:
    s = appliquer(entrante(), Fait(2, E.CONVOCATION, RECUE, {"rendez_vous": 1}))
    s = appliquer(s, Fait(3, E.ABSENCE, RECUE, {"rendez_vous": 1, "excusee": False}))
    with pytest.raises(TransitionInterdite, match="Aucun contrat"):
        verifier(s, Fait(4, E.CONTRAT_REFUSE, RECUE, {}))


def test_the_sequence_convened_called_convened_again_then_by_default() -> None:
    """Convocation, outreach, second convocation; three attempts without an answer lead to the default (R262-65-3)."""
    s, etapes = entrante(), []
    suite: list[tuple[E, dict[str, Any]]] = [
        (E.CONVOCATION, {"rendez_vous": 1}), (E.ABSENCE, {"rendez_vous": 1}), (E.ALLER_VERS, {"resultat": "jointe"}),
        (E.CONVOCATION, {"rendez_vous": 2}), (E.ABSENCE, {"rendez_vous": 2}),
        *[(E.ALLER_VERS, {"resultat": "sans_reponse"})] * 3, (E.DELAI_ORIENTATION_DEPASSE, {}),
    ]  # fmt: skip
    for rang, (genre, donnees) in enumerate(suite, start=2):
        s = appliquer(s, Fait(rang, genre, RECUE + timedelta(days=rang), donnees))
        etapes.append(s.etape.genre if s.etape else None)
    G = GenreEtape
    assert etapes == [
        G.ORIENTER, G.ALLER_VERS, G.CONVOQUER, G.ORIENTER, G.ALLER_VERS, G.ALLER_VERS, G.ALLER_VERS,
        G.ORIENTER_PAR_DEFAUT, G.SUIVRE_ORIENTATION_FT,
    ]  # fmt: skip
    assert (s.convocations, s.absences) == (2, 2)
