"""Documents: read in their bytes, encrypted on disk, scanned, never medical, erased at their term."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from cordee.metier.personnes.models import Personne
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import EtatAnalyse, FormatDocument, GenreDocument
from cordee.metier.suivi.models import Document
from cordee.metier.suivi.regles.documents import TAILLE_MAX, est_actif, format_de
from cordee.metier.suivi.selectors.documents import documents_de
from cordee.metier.suivi.services import SuiviRefuse, coffre
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.chiffrement import ChiffrementInvalide
from tests.metier.equipe import LE, Equipe

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 30


@pytest.fixture(autouse=True)
def maison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store in a folder of the test, with the keys of the suite."""
    monkeypatch.setattr(coffre, "dossier_cordee", lambda: tmp_path)
    monkeypatch.delenv(coffre.ANALYSE, raising=False)
    return tmp_path


def deposer(equipe: Equipe, octets: bytes = PDF, personne: Personne | None = None, **champs: object) -> Document:
    valeurs: dict[str, object] = {"genre": GenreDocument.CV, "titre": "CV de mars", "par": equipe.lea, "le": LE}
    return services.deposer_document(
        personne=personne or equipe.accompagnee(),
        octets=octets,
        **{**valeurs, **champs},  # type: ignore[arg-type]
    )


def antivirus(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """An antivirus that reads its input and answers with an exit status."""
    programme = f"import sys; sys.exit({code} if sys.stdin.buffer.read().startswith(b'%PDF') else 99)"
    monkeypatch.setenv(coffre.ANALYSE, f'{sys.executable} -c "{programme}"')


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [
        (PDF, FormatDocument.PDF), (PNG, FormatDocument.PNG), (JPEG, FormatDocument.JPEG), (HEIC, FormatDocument.HEIC),
        (b"<html><script>alert(1)</script>", None), (b"MZ\x90", None), (b"GIF89a", None), (b"", None),
        (b"PK\x03\x04", None), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None), (PDF[:30], None),
    ],
)  # fmt: skip
def test_what_a_file_is_stands_in_its_bytes(octets: bytes, attendu: FormatDocument | None) -> None:
    assert format_de(octets) is attendu


@pytest.mark.parametrize("nom", [b"/JavaScript", b"/JS", b"/J#53", b"/Launch", b"/EmbeddedFile", b"/#4caunch"])
def test_a_pdf_that_acts_is_refused(equipe: Equipe, nom: bytes) -> None:
    actif = PDF.replace(b"/Catalog", b"/Catalog " + nom + b" (x)")
    assert est_actif(actif, FormatDocument.PDF)
    with pytest.raises(SuiviRefuse, match="programme"):
        deposer(equipe, actif)


def test_a_harmless_pdf_is_not() -> None:
    assert not est_actif(PDF + b"/JSON /Launcher", FormatDocument.PDF)


def test_it_is_encrypted_on_disk_under_a_name_that_says_nothing(equipe: Equipe, maison: Path) -> None:
    document = deposer(equipe)
    (fichier,) = (p for p in maison.rglob("*") if p.is_file())
    assert PDF not in fichier.read_bytes()
    assert "CV" not in fichier.name
    assert oct(fichier.stat().st_mode)[-3:] == "600"
    assert services.lire_document(document) == PDF
    autre = coffre.ecrire(PNG)
    coffre.chemin_de(document.fichier).write_bytes(coffre.chemin_de(autre).read_bytes())
    with pytest.raises(ChiffrementInvalide):  # a cipher moved under another name does not open
        services.lire_document(document)


@pytest.mark.parametrize(
    ("champs", "mot"),
    [
        ({"genre": GenreDocument.MEDICAL}, "pièce vue"),
        ({"octets": b"<html>"}, "Seuls les PDF"),
        ({"octets": b""}, "vide"),
        ({"octets": PDF + b"0" * TAILLE_MAX}, "10 Mo"),
    ],
)
def test_what_is_not_kept_leaves_nothing(equipe: Equipe, maison: Path, champs: dict[str, object], mot: str) -> None:
    with pytest.raises(SuiviRefuse, match=mot):
        deposer(equipe, **champs)  # type: ignore[arg-type]
    assert not Document.objects.exists()
    assert not [p for p in maison.rglob("*") if p.is_file()]


def test_twice_the_same_is_once(equipe: Equipe, maison: Path) -> None:
    personne = equipe.accompagnee()
    deposer(equipe, personne=personne)
    with pytest.raises(SuiviRefuse, match="déjà"):
        deposer(equipe, personne=personne)
    assert len([p for p in maison.rglob("*") if p.is_file()]) == 1
    assert deposer(equipe).pk  # somebody else's is another document


@pytest.mark.parametrize(
    ("code", "etat"), [(0, EtatAnalyse.SAIN), (1, EtatAnalyse.QUARANTAINE), (2, EtatAnalyse.NON_ANALYSE)]
)
def test_the_antivirus_decides_and_its_silence_is_said(
    equipe: Equipe, monkeypatch: pytest.MonkeyPatch, code: int, etat: EtatAnalyse
) -> None:
    antivirus(monkeypatch, code)
    document = deposer(equipe)
    assert (document.analyse, document.analyse_le is not None) == (etat, etat is not EtatAnalyse.NON_ANALYSE)
    if etat is EtatAnalyse.QUARANTAINE:
        with pytest.raises(SuiviRefuse, match="quarantaine"):
            services.lire_document(document)


def test_scanned_later_once_there_is_an_antivirus(equipe: Equipe, monkeypatch: pytest.MonkeyPatch) -> None:
    document = deposer(equipe)
    assert document.analyse == EtatAnalyse.NON_ANALYSE
    with pytest.raises(SuiviRefuse, match="ne répond pas"):
        services.analyser_document(document=document, par=equipe.lea, le=LE)
    antivirus(monkeypatch, 0)
    assert services.analyser_document(document=document, par=equipe.lea, le=LE).analyse == EtatAnalyse.SAIN


def test_erased_at_its_term_the_trace_stays(
    equipe: Equipe, maison: Path, django_capture_on_commit_callbacks: object
) -> None:
    personne = equipe.accompagnee()
    document = deposer(equipe, personne=personne, genre=GenreDocument.DOMICILE, titre="Facture")
    assert document.conserver_jusquau == ajouter_mois(LE.date(), 12)
    assert services.effacer_documents_echus(par=equipe.lea, le=LE) == 0
    Document.objects.update(conserver_jusquau=date(2026, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert services.effacer_documents_echus(par=equipe.lea, le=LE) == 1
    assert not documents_de(personne).exists()
    assert not [p for p in maison.rglob("*") if p.is_file()]
    reste = Document.objects.get()
    assert (reste.genre, reste.titre, reste.efface_par) == (GenreDocument.DOMICILE, "", equipe.lea)
