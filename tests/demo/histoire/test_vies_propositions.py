"""Past decisions keep what the criteria proposed: the proposal is the rule's own, followed or not as it is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cordee.demo.histoire.vies.propositions import DEBUT
from cordee.demo.histoire.vies.vie import ORIENTATION
from cordee.metier.orientation.enums import MotifEcart
from cordee.metier.orientation.regles import Reponses, destination
from cordee.reglementation.criteres_orientation import criteres_nationaux
from tests.demo.histoire.vies_exemples import vies


@pytest.fixture(scope="module")
def decisions() -> list[dict[str, Any]]:
    return [ligne for _, vie in vies() for ligne in vie.objets.get(ORIENTATION, ()) if ligne.get("version_regle")]


def test_the_proposal_kept_is_the_one_of_the_rule(decisions: list[dict[str, Any]]) -> None:
    assert len(decisions) > 30
    criteres = criteres_nationaux(date(2026, 1, 1))
    for d in decisions:
        voie, categorie = destination(Reponses.depuis_json(d["proposition"]["reponses"]), criteres)
        assert (d["voie_proposee"], d["categorie_proposee"]) == (str(voie), str(categorie))
        assert d["debut"] >= DEBUT
        assert not (d["par_defaut"])
        assert not (d["par_operateur"])


def test_most_are_followed_and_the_others_say_why(decisions: list[dict[str, Any]]) -> None:
    suivies = [d for d in decisions if d["suivie"]]
    assert 0.5 < len(suivies) / len(decisions) < 0.95
    for d in decisions:
        assert bool(d["motif_ecart"]) != d["suivie"]
        assert bool(d["precision_ecart"]) == (d["motif_ecart"] == MotifEcart.AUTRE)
