"""What a file is, by its content alone."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.guichet.reconnaissance import Genre, reconnaitre
from tests.echanges.contacts.lignes import ENTETE, ligne

XML = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
CONTENUS = {
    Genre.BENEFICIAIRES: f"{XML}<!-- vu --><Racine><IdentificationFlux/></Racine>".encode(),
    Genre.OPERATEUR_EMPLOI: f"{XML}<fichier-PE-CG><entete/></fichier-PE-CG>".encode(),
    Genre.CONTACTS: f"{ENTETE}\r\n{ligne('612345679')}\r\n".encode("cp1252"),
    Genre.TABLEAU: "Nom;Prénom;Né le\nMARTIN;Léa;12/03/1988\n".encode("cp1252"),
}


@pytest.fixture
def fichier(tmp_path: Path) -> Callable[[bytes], Path]:
    def ecrire(contenu: bytes) -> Path:
        chemin = tmp_path / "contacts.xml"  # a name that says nothing true
        chemin.write_bytes(contenu)
        return chemin

    return ecrire


def refus(chemin: Path) -> str:
    with pytest.raises(FichierRefuse) as capture:
        reconnaitre(chemin)
    return str(capture.value)


@pytest.mark.parametrize("genre", list(CONTENUS))
@pytest.mark.parametrize("emballer", [bytes, gzip.compress, lambda b: b"\xef\xbb\xbf" + b])
def test_chaque_genre(fichier: Callable[[bytes], Path], genre: Genre, emballer: Callable[[bytes], bytes]) -> None:
    assert reconnaitre(fichier(emballer(CONTENUS[genre]))) is genre


@pytest.mark.parametrize("interieur", ["xl/workbook.xml", "word/document.xml", "lisez-moi.txt"])
def test_archives(tmp_path: Path, interieur: str) -> None:
    chemin = tmp_path / "a"
    with zipfile.ZipFile(chemin, "w") as archive:
        if not interieur.endswith(".txt"):
            archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(interieur, "x")
    if interieur.startswith("xl/"):
        assert reconnaitre(chemin) is Genre.TABLEAU
    else:
        assert ("archive ZIP" if interieur.endswith(".txt") else "traitement de texte") in refus(chemin)


def test_classeur_libre(tmp_path: Path) -> None:
    chemin = tmp_path / "a"
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert reconnaitre(chemin) is Genre.TABLEAU


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf \r\n", "vide"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"<!DOCTYPE html><html></html>", "page web"),
        ("Nom;Prénom\n".encode("utf-16"), "encodage"),
        (b"MATRICULE;\0\1\2", "encodage"),
        (b"Bonjour,\nvoici le fichier demande ; merci.\nCordialement", "forme d'un tableau"),
        (gzip.compress(b"Nom;Prenom\n" * 9000)[:-20], "incomplet"),
    ],
)
def test_refus_qui_disent_quoi_faire(fichier: Callable[[bytes], Path], contenu: bytes, raison: str) -> None:
    assert raison in refus(fichier(contenu))


def test_absent(tmp_path: Path) -> None:
    assert "introuvable" in refus(tmp_path / "absent")


def test_une_bombe_n_est_pas_lue(fichier: Callable[[bytes], Path]) -> None:
    """Only the first bytes are looked at: a gigabyte of zeros behind a small file costs nothing."""
    assert "vide" in refus(fichier(gzip.compress(bytes(200_000_000), 9)))


@given(contenu=st.binary(max_size=400))
def test_jamais_autre_chose_qu_un_genre_ou_un_refus(tmp_path: Path, contenu: bytes) -> None:
    chemin = tmp_path / "n"
    chemin.write_bytes(contenu)
    with suppress(FichierRefuse):
        assert reconnaitre(chemin) in Genre


@pytest.mark.reference
@pytest.mark.parametrize(
    ("nom", "genre"),
    [
        ("contacts_invente.csv", Genre.CONTACTS),
        ("operateur_emploi_invente.xml", Genre.OPERATEUR_EMPLOI),
        ("vrsb0801_mensuel_invente.xml", Genre.BENEFICIAIRES),
    ],
)
def test_echantillons(fichier_reference: Callable[[str], Path], nom: str, genre: Genre) -> None:
    assert reconnaitre(fichier_reference(f"caf/samples/{nom}")) is genre
