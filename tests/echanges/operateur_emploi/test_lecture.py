"""Reading « fichier-PE-CG »: whole or refused, bounded, never silent."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.operateur_emploi.lecture import CHEMINS, entete, lire
from cordee.echanges.partenaires.valeurs import LigneEcartee, LigneLue, Total
from tests.echanges.partenaires.scenes import NIRS, dossier, pecg

LIMITE = date(2026, 2, 20)


def tout(chemin: Path, limite: date = LIMITE) -> tuple[list[LigneLue], list[LigneEcartee], Total]:
    lues, ecartees, total = [], [], None
    for x in lire(chemin, chemins=CHEMINS, limite=limite):
        if isinstance(x, LigneLue):
            lues.append(x)
        elif isinstance(x, LigneEcartee):
            ecartees.append(x)
        else:
            total = x
    assert total is not None
    return lues, ecartees, total


@pytest.mark.reference
def test_the_sample_is_read_and_says_nobody(fichier_reference: Callable[[str], Path]) -> None:
    chemin = fichier_reference("caf/samples/operateur_emploi_invente.xml")
    tete = entete(chemin)
    assert (tete.departement, tete.reference, tete.fabrique_le) == ("094", date(2026, 1, 31), date(2026, 2, 20))
    lues, ecartees, total = tout(chemin)
    assert (lues, [e.ligne for e in ecartees], total) == ([], [4, 5, 6], Total(lus=3, annonces=3))
    assert [e.textes for e in ecartees] == [
        {"contrat": "2025-11-03", "contact": "2026-01-14"}, {"contrat": "2025-09-09"},
        {"contrat": "2024-05-12", "contact": "2025"},
    ]  # fmt: skip


def test_dates_empty_or_cut_stay_so(tmp_path: Path) -> None:
    chemin = pecg(
        tmp_path / "f", dossier(nir=NIRS[0], signe="2020", contact=""), dossier(nir=NIRS[1], signe="2025-03"),
        dossier(ide="A1", nom="Côté", prenom="Zoé", ne="1990-01-02", contact="2026-01-14"),
    )  # fmt: skip
    lues, ecartees, _ = tout(chemin)
    assert [(str(x.contrat), str(x.contact)) for x in lues] == [("2020", ""), ("2025-03", ""), ("", "2026-01-14")]
    assert (lues[2].operateur, lues[2].etat_civil.nom, ecartees) == ("A1", "Côté", [])


def test_windows_quotes_in_a_file_that_says_latin_one(tmp_path: Path) -> None:
    chemin = pecg(tmp_path / "f", dossier(nir=NIRS[0], nom="X", signe="2025"))
    chemin.write_bytes(chemin.read_bytes().replace(b"<nom>X", b"<nom>C\x9cur"))
    assert tout(chemin)[0][0].etat_civil.nom == "Cœur"


def test_compressed_and_with_a_namespace(tmp_path: Path) -> None:
    chemin = pecg(tmp_path / "f", dossier(nir=NIRS[0], signe="2025"))
    octets = chemin.read_bytes().replace(b"<fichier-PE-CG>", b'<fichier-PE-CG xmlns="urn:x">')
    chemin.write_bytes(gzip.compress(octets))
    assert len(tout(chemin)[0]) == 1


@pytest.mark.parametrize(
    ("abime", "phrase"),
    [
        (lambda o: o[: len(o) // 2], "incomplet"),
        (lambda o: o.replace(b"</fichier-PE-CG>", b""), "incomplet"),
        (lambda o: o.replace(b"PECG<", b"XXXX<"), "PECG"),
        (lambda o: o.replace(b"2026-01-31</date-reference><date-f", b"demain</date-reference><date-f"), "date lisible"),
        (lambda o: o.replace(b"<fichier-PE-CG>", b"<Racine>").replace(b"</fichier-PE-CG>", b"</Racine>"), "attendue"),
        (lambda o: o.replace(b"<dossier>", b"<dossier><dossier>", 1).replace(b"</dossier>", b"</dossier></dossier>", 1),
         "contient un autre"),
        (lambda o: o.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY x "y">]>', 1), "DTD"),
        (lambda o: o.replace(b"<nir>", b"<nir>" + b"<a>" * 400, 1), "ligne"),
        (lambda o: o.replace(b"<nir>", b"<nir>" + b"x" * 9_000_000, 1), "Mo"),
        (lambda o: o.replace(b"<nir>", b"<nir>&inconnue;", 1), "ligne"),
        (lambda o: gzip.compress(o)[:-20], "compressé"),
        (lambda o: b"", "vide"),
        (lambda o: b"\x89PNG", "XML"),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted_is_refused_whole(tmp_path: Path, abime: Callable[[bytes], bytes], phrase: str) -> None:
    chemin = pecg(tmp_path / "f", *(dossier(nir=nir, signe="2025-01-02") for nir in NIRS))
    chemin.write_bytes(abime(chemin.read_bytes()))
    with pytest.raises(FichierRefuse, match=phrase):
        tout(chemin)


def test_without_its_last_block_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuse, match=r"bloc de fin .* après 1 dossiers"):
        tout(pecg(tmp_path / "f", dossier(nir=NIRS[0]), fin=False))


def test_a_bomb_stops(tmp_path: Path) -> None:
    chemin = pecg(tmp_path / "f", "<dossier>" + " " * 400_000_000 + "</dossier>")
    comprime = tmp_path / "g"
    comprime.write_bytes(gzip.compress(chemin.read_bytes(), 1))
    chemin.unlink()
    with pytest.raises(FichierRefuse, match=r"démesuré|Mo"):
        tout(comprime)


@settings(max_examples=150)
@given(st.data())
def test_bytes_changed_anywhere_give_lines_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    chemin = pecg(tmp_path_factory.mktemp("x") / "f", *(dossier(nir=nir, signe="2025-01-02") for nir in NIRS))
    octets = bytearray(chemin.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(octets) - 1))
        octets[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    chemin.write_bytes(bytes(octets))
    with suppress(FichierRefuse):
        lues, ecartees, total = tout(chemin)
        assert len(lues) + len(ecartees) == total.lus
