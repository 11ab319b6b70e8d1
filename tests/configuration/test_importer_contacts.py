"""From end to end on the command line: a synthetic monthly, then the contacts of its dossiers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cordee.configuration import commande
from cordee.metier.personnes.models import Contact
from tests import fabriques as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def horloge(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-06-01T09:00")


def lancer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    capsys.readouterr()
    code = commande.main([str(a) for a in (*arguments, "--json")])
    sortie = capsys.readouterr().out
    return code, json.loads(sortie) if sortie else {}


def test_mensuel_puis_contacts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mensuel, contacts = tmp_path / "a", tmp_path / "b"
    for genre, chemin in (("mensuel", mensuel), ("contacts", contacts)):
        options = ("--mois", "2026-01", "--foyers", 60, "--sortie", chemin)
        code, _ = lancer(capsys, "generer_flux", "--genre", genre, *options)
        assert code == 0
    code, attente = lancer(capsys, "importer_flux", contacts, "--date-du-fichier", "2026-01-05")
    assert (code, attente["statut"], Contact.objects.count()) == (1, "a_confirmer", 0)
    assert lancer(capsys, "importer_flux", mensuel)[0] == 0
    code, rapport = lancer(capsys, "importer_flux", contacts)
    assert (code, rapport["type"], rapport["reference"], rapport["introuvables"]) == (0, "contacts", "2026-01-05", 0)
    assert rapport["lus"] == rapport["pris"] + rapport["inchanges"] > 0
    assert Contact.objects.count() > 0.8 * rapport["lus"]
    texte = json.dumps(rapport)
    assert not any(valeur in texte for valeur in Contact.objects.values_list("valeur", flat=True))
    code, encore = lancer(capsys, "importer_flux", contacts)
    assert (code, encore["deja_recu"], encore["pris"], encore["lus"]) == (0, True, 0, rapport["lus"])


def test_en_mots(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    f.personne(foyer=f.foyer(numdemrsa="00000000077"), nom="Exemple")
    chemin = tmp_path / "c"
    chemin.write_text("ROLE PERSONNE;NUMERO DEMANDE RSA;NUMERO TELEPHONE DOSSIER\nDEM;77;639980001\nDEM;78;639980001\n")
    assert commande.main(["importer_flux", str(chemin)]) == 0
    sortie = capsys.readouterr().out
    assert "Lignes lues : 2 (prises 1, inchangées 0, personnes inconnues ici 1, mises de côté 0)." in sortie
    assert "1 personne a un premier numéro de téléphone." in sortie
    assert "639980001" not in sortie


def test_un_autre_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chemin = tmp_path / "contacts.csv"
    chemin.write_bytes(b"%PDF-1.7")
    assert commande.main(["importer_flux", str(chemin)]) == 1
    assert "document PDF" in capsys.readouterr().err
