"""``cordee affecter``: what it prints, what it refuses, what it leaves in the database."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from cordee.configuration import commande
from cordee.metier.orientation.models import PropositionAffectation
from cordee.metier.parcours.models import Evenement, Situation
from tests import fabriques as f
from tests.metier.orientation.affectation.conftest import LE, Monde, monde  # noqa: F401  (fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", LE.isoformat())
    f.systeme()


def test_simulation_writes_nothing(monde: Monde, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    monde.attend(), monde.attend(monde.ccas)
    f.orientee(f.soumise(monde.eds), f.structure(nom="Structure fermée", fin=LE.date()))
    avant = Evenement.objects.count()
    assert commande.main(["affecter", "--simulation", "--json"]) == 0
    resultat = json.loads(capsys.readouterr().out)
    assert (resultat["personnes"], resultat["affectees"]) == (3, 2)
    assert resultat["cout"] == resultat["borne"] <= resultat["cout_premier_arrive"]
    assert resultat["sans_solution"] == [{"raison": "convention", "nombre": 1}]
    assert not PropositionAffectation.objects.exists()
    assert Evenement.objects.count() == avant


def test_a_proposal_waits_to_be_read_and_is_calculated_again(monde: Monde, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    monde.attend()
    assert commande.main(["affecter", "--mode", "fil"]) == 0
    assert "à relire" in capsys.readouterr().out
    monde.attend()
    assert commande.main(["affecter"]) == 0
    proposition = PropositionAffectation.objects.get()
    assert proposition.lignes.count() == 2
    assert not Situation.objects.filter(referent_agent__isnull=False).exists()


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["--bareme", "absent.yaml", "--simulation"], "ne se lit pas"),
        (["--bareme", "FAUX", "--simulation"], "impossible"),
        (["--bareme", "JUSTE"], "ne sert qu'à simuler"),
        (["--structure", "NULLE-PART"], "Aucune structure"),
        (["--par", "personne@exemple.invalid"], "Aucun agent actif"),
        ([], "Personne n'attend de référent"),
    ],
)
def test_what_it_refuses(
    arguments: list[str], phrase: str, tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    texte = (files("cordee.metier.orientation.affectation") / "bareme.yaml").read_text("utf-8")
    (tmp_path / "JUSTE").write_text(texte, "utf-8")
    (tmp_path / "FAUX").write_text(texte.replace("valeur: 10", "valeur: -10"), "utf-8")
    chemins = [str(tmp_path / a) if a in ("JUSTE", "FAUX") else a for a in arguments]
    assert commande.main(["affecter", *chemins]) == 1
    assert phrase in capsys.readouterr().err
    assert not PropositionAffectation.objects.exists()
