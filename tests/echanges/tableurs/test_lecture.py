"""Tables of any form, read as values; hostile ones refused before anything is built."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.partenaires.valeurs import CorrespondanceInadaptee, LigneEcartee, LigneLue, Total
from cordee.echanges.tableurs import classeurs
from cordee.echanges.tableurs.lecture import Plan, lire, reconnaitre
from tests.echanges.partenaires.scenes import csv_de, xlsx_de

LIMITE = date(2026, 2, 20)
TITRES = ["Nom", "Prénom", "Né(e) le", "Contrat signé", "Vu le", "Notes"]
PLAN = Plan({"nom": "NOM", "prenom": "prenom", "naissance": "Né(e) le", "contrat": "Contrat signé", "contact": "Vu le"})
LEA = ["Exemple", "Léa", "12/03/1988", "05/01/2026", "2026", "=1+1"]


def tout(chemin: Path, plan: Plan = PLAN) -> tuple[list[LigneLue], list[LigneEcartee], int]:
    resultats = list(lire(chemin, plan, limite=LIMITE))
    total = resultats[-1]
    assert isinstance(total, Total)
    lues = [x for x in resultats if isinstance(x, LigneLue)]
    ecartees = [x for x in resultats if isinstance(x, LigneEcartee)]
    assert len(lues) + len(ecartees) == total.lus
    return lues, ecartees, total.lus


@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encodage", ["cp1252", "utf-8", "utf-8-sig"])
def test_csv_of_any_make(tmp_path: Path, separateur: str, encodage: str) -> None:
    chemin = csv_de(tmp_path / "f", TITRES, LEA, [""] * 6, separateur=separateur, encodage=encodage)
    (ligne,), ecartees, lus = tout(chemin)
    assert (ligne.etat_civil.prenom, str(ligne.contrat), str(ligne.contact)) == ("Léa", "2026-01-05", "2026")
    assert (ligne.ligne, ecartees, lus) == (2, [], 1)


def test_xlsx_dates_numbers_and_formulas_as_values(tmp_path: Path) -> None:
    classeur = xlsxwriter.Workbook(tmp_path / "f")
    page = classeur.add_worksheet("Suivi")
    page.write_row(0, 0, ["Suivi du partenaire"])
    page.write_row(2, 0, TITRES)
    page.write_row(3, 0, ["Exemple", "Léa"])
    page.write_datetime(3, 2, date(1988, 3, 12), classeur.add_format({"num_format": "dd/mm/yy"}))
    page.write_number(3, 3, 46027)
    page.write_formula(3, 4, '=TEXT(A1,"x")', None, "10/02/2026")
    classeur.close()
    (ligne,), _, _ = tout(tmp_path / "f")
    assert (str(ligne.contrat), str(ligne.contact), ligne.ligne) == ("2026-01-05", "2026-02-10", 4)
    assert ligne.etat_civil.date_naissance == date(1988, 3, 12)


def test_the_row_of_titles_and_the_sheet_may_move(tmp_path: Path) -> None:
    chemin = xlsx_de(tmp_path / "f", ["Mars"], [None], TITRES, LEA, feuille="Autre nom")
    assert len(tout(chemin, Plan(PLAN.colonnes, feuille="Suivi", ligne_entete=1))[0]) == 1


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    chemin = csv_de(tmp_path / "f", [t for t in TITRES if t != "Vu le"], LEA[:5])
    with pytest.raises(CorrespondanceInadaptee, match="Manquent : « Vu le »"):
        tout(chemin)


def test_the_titles_are_found_among_the_first_rows(tmp_path: Path) -> None:
    (feuille,) = reconnaitre(csv_de(tmp_path / "f", ["Suivi", "", "", "", "", ""], TITRES, LEA))
    assert (feuille.entete_probable, feuille.entetes(2)) == (2, TITRES)


def test_an_open_quote_and_an_endless_line_are_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(";".join(TITRES) + '\n"' + "a;b\n" * 60_000)
    with pytest.raises(FichierRefuse, match="guillemet"):
        tout(tmp_path / "f")
    (tmp_path / "g").write_text(";".join(TITRES) + "\n" + "a" * 100_000)
    with pytest.raises(FichierRefuse, match="démesurée"):
        tout(tmp_path / "g")


def classeur(**parties: str) -> bytes:
    """A minimal XLSX with the sheet given."""
    espace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    liens = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    paquet = "http://schemas.openxmlformats.org/package/2006"
    base = {
        "[Content_Types].xml": f'<Types xmlns="{paquet}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{paquet}/relationships"><Relationship Id="a" Target="xl/workbook.xml" '
                       f'Type="{liens}/officeDocument"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{espace}" xmlns:r="{liens}"><sheets>'
                           '<sheet name="F" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{paquet}/relationships"><Relationship Id="b" '
                                      f'Target="worksheets/sheet1.xml" Type="{liens}/worksheet"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{espace}"><sheetData>{parties.pop("feuille", "")}</sheetData>'
                                    "</worksheet>",
        **parties,
    }  # fmt: skip
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in base.items():
            archive.writestr(nom, contenu)
    return tampon.getvalue()


def ods(lignes: str) -> bytes:
    o = "urn:oasis:names:tc:opendocument:xmlns"
    espaces = f'xmlns:office="{o}:office:1.0" xmlns:table="{o}:table:1.0" xmlns:text="{o}:text:1.0"'
    table = f'<table:table table:name="F">{lignes}</table:table>'
    corps = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{o}:manifest:1.0"/>')
        archive.writestr("content.xml", f"<office:document-content {espaces}>{corps}</office:document-content>")
    return tampon.getvalue()


def cellule(valeur: str, repete: int = 1) -> str:
    attributs = f'office:value-type="string" table:number-columns-repeated="{repete}"'
    return f"<table:table-cell {attributs}><text:p>{valeur}</text:p></table:table-cell>"


def rangee(contenu: str, repete: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repete}">{contenu}</table:table-row>'


def test_ods_with_the_usual_empty_million(tmp_path: Path) -> None:
    vides, vide = (f'<table:table-cell table:number-columns-repeated="{n}"/>' for n in (16378, 16384))
    lignes = [rangee("".join(map(cellule, ligne)) + vides) for ligne in (TITRES, LEA)]
    (tmp_path / "f").write_bytes(ods("".join(lignes) + rangee(vide, 1_048_574)))
    (ligne,), _, lus = tout(tmp_path / "f")
    assert (str(ligne.contrat), lus) == ("2026-01-05", 1)


ENTITE = '<!DOCTYPE a [<!ENTITY x "y">]><worksheet>&x;</worksheet>'
BOMBES: dict[str, Callable[[], bytes]] = {
    "a far cell": lambda: classeur(feuille='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a far cell without its row": lambda: classeur(feuille='<row><c r="A1"/><c r="XFD999999"><v>1</v></c></row>'),
    "rows numbered high": lambda: classeur(feuille='<row r="1048000"><c r="A1048000"/><c r="Z1048000"/></row>'),
    "an endless part": lambda: classeur(feuille="<row>" + "<!-- -->" * 45_000_000 + "</row>"),
    "a cell repeated": lambda: ods(rangee(cellule("a", 9_000_000))),
    "a row repeated": lambda: ods(rangee(cellule("a"), 9_000_000)),
    "too many parts": lambda: classeur(**{f"p{n}": "" for n in range(2100)}),
    "binary": lambda: classeur(**{"xl/workbook.bin": ""}),
    "truncated": lambda: classeur(feuille="<row/>")[:-40],
    "an old Office document": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 4096,
    "an archive": lambda: ods("")[:60],
    "an entity": lambda: classeur(**{"xl/worksheets/sheet1.xml": ENTITE}),
}  # fmt: skip


@pytest.mark.parametrize("nom", BOMBES)
def test_hostile_workbooks_are_refused_at_once(tmp_path: Path, nom: str) -> None:
    (tmp_path / "f").write_bytes(BOMBES[nom]())
    demesure = nom.startswith(("a far", "rows", "an endless", "a cell", "a row", "too many"))
    with pytest.raises((FichierRefuse, CorrespondanceInadaptee), match="démesuré" if demesure else None):
        tout(tmp_path / "f")


def test_a_workbook_too_heavy_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classeurs, "TAILLE_MAX", 1000)
    with pytest.raises(FichierRefuse, match="démesuré"):
        tout(xlsx_de(tmp_path / "f", TITRES, LEA))


@settings(max_examples=120)
@given(st.data())
def test_bytes_changed_in_a_workbook_give_lines_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    chemin = xlsx_de(tmp_path_factory.mktemp("x") / "f", TITRES, LEA, LEA)
    octets = bytearray(chemin.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    chemin.write_bytes(bytes(octets))
    with suppress(FichierRefuse, CorrespondanceInadaptee):
        tout(chemin)


@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=6))
def test_any_text_gives_lines_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, lignes: list[list[str]]) -> None:
    chemin = tmp_path_factory.mktemp("x") / "f"
    chemin.write_text("\n".join(";".join(ligne) for ligne in (TITRES, *lignes)), "utf-8", errors="surrogatepass")
    with suppress(FichierRefuse, CorrespondanceInadaptee):
        tout(chemin)


def test_nothing_but_values_is_asked_of_a_sheet(tmp_path: Path) -> None:
    """A macro-enabled workbook is read like any other: its macros stay bytes."""
    chemin = xlsx_de(tmp_path / "f.xlsm", TITRES, LEA)
    with zipfile.ZipFile(chemin, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")
    lues: list[Any] = tout(chemin)[0]
    assert len(lues) == 1
