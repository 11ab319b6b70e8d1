"""Labels of the codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cordee.echanges.caf import schema
from cordee.echanges.caf.codes import LIBELLES, VOISINS, libelle


def test_code_inconnu_ou_absent() -> None:
    assert libelle("ETATDOSRSA", "8") == "code inconnu « 8 »"
    assert libelle("BALISE_INCONNUE", "X") == "code inconnu « X »"
    assert libelle("ETATDOSRSA", "") == "non renseigné"


@pytest.mark.parametrize(("valeur", "attendu"), [("1", "Oui"), ("0", "Non"), ("2", "code inconnu « 2 »")])
def test_indicateurs(valeur: str, attendu: str) -> None:
    assert libelle("TOPPERSDRODEVORSA", valeur) == attendu


def test_chaque_liste_est_celle_d_un_element() -> None:
    balises = {enfant.balise for enfants in schema.BLOCS.values() for enfant in enfants}
    assert set(LIBELLES) <= balises


def test_libelles_courts_et_presents() -> None:
    for balise, codes in (*LIBELLES.items(), *VOISINS.items()):
        for code, texte in codes.items():
            assert 2 <= len(texte) <= 80, (balise, code)
            assert texte[0].isupper(), (balise, code)


@pytest.mark.reference
def test_toutes_les_listes_de_la_reference(reference: Path) -> None:
    """Every code of every list the payers publish has its label, whatever the flow it belongs to."""
    connues = json.loads((reference / "code_lists.json").read_text(encoding="utf-8"))
    for balise, codes in connues.items():
        if balise.startswith("TOP"):
            assert set(codes) <= {"0", "1"}, balise
        else:
            assert set(LIBELLES.get(balise) or VOISINS[balise]) == set(codes), balise
