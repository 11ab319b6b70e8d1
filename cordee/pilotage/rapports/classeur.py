"""The figures of a document as data: a workbook with one sheet a table, a CSV of every figure."""

from __future__ import annotations

import csv as csv_
import io
import re
from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cordee.pilotage.rapports.blocs import Document, blocs_de
from cordee.pilotage.rapports.contenu import CLES_CSV

_DANGEREUX: Final = ("=", "+", "-", "@", "\t", "\r")
_INTERDITS: Final = re.compile(r"[\[\]:*?/\\']")


def xlsx(document: Document, donnees: Sequence[Sequence[Any]]) -> bytes:
    """A workbook: what it is, every figure, then each table of the document under its title."""
    tampon = io.BytesIO()
    sans_magie = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    classeur = Workbook(tampon, {"in_memory": True, **sans_magie})
    gras = classeur.add_format({"bold": True, "bg_color": "#E6F1F0", "text_wrap": True, "valign": "top"})
    presentation = classeur.add_worksheet("Lisez-moi")
    presentation.set_column(0, 0, 34)
    presentation.set_column(1, 1, 90)
    lignes = [(document["titre"], document["sous_titre"]), (document["departement"], document["mention"])]
    for rang, (terme, sens) in enumerate([*lignes, *document["reperes"]]):
        presentation.write_string(rang, 0, str(terme))
        presentation.write_string(rang, 1, str(sens))
    _feuille(classeur.add_worksheet("Chiffres"), CLES_CSV, donnees, gras)
    noms = {"Lisez-moi", "Chiffres"}
    for chapitre, b in blocs_de(document, "tableau"):
        feuille = classeur.add_worksheet(_nom(b["legende"], noms))
        _feuille(feuille, b["colonnes"], b["donnees"] or b["lignes"], gras, titre=f"{chapitre} : {b['legende']}",
                 note=b["note"])  # fmt: skip
    classeur.close()
    return tampon.getvalue()


def csv(donnees: Sequence[Sequence[Any]]) -> bytes:
    """A CSV that French spreadsheets open at once: semicolons, decimal commas, UTF-8 with its mark."""
    tampon = io.StringIO()
    ecrivain = csv_.writer(tampon, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow(CLES_CSV)
    ecrivain.writerows([_sain(valeur) for valeur in ligne] for ligne in donnees)
    return ("\ufeff" + tampon.getvalue()).encode()


def _feuille(
    feuille: Worksheet, colonnes: Sequence[str], lignes: Sequence[Sequence[Any]], gras: Format, *, titre: str = "",
    note: str = "",
) -> None:  # fmt: skip
    debut = 0
    if titre:
        feuille.write_string(0, 0, titre)
        debut = 2
    for colonne, nom in enumerate(colonnes):
        feuille.write_string(debut, colonne, str(nom), gras)
    rang = debut
    for rang, ligne in enumerate(lignes, start=debut + 1):
        for colonne, valeur in enumerate(ligne):
            if isinstance(valeur, int | float) and not isinstance(valeur, bool):
                feuille.write_number(rang, colonne, valeur)
            elif valeur is not None:
                feuille.write_string(rang, colonne, _sans_formule(str(valeur)))
    if note:
        feuille.write_string(rang + 2, 0, note)
    feuille.freeze_panes(debut + 1, 1)
    feuille.set_column(0, 0, 44)
    feuille.set_column(1, max(len(colonnes) - 1, 1), 18)


def _nom(legende: str, pris: set[str]) -> str:
    """The name of a sheet: 31 signs, none forbidden, no other bears it."""
    base = _INTERDITS.sub(" ", legende).strip()[:28] or "Tableau"
    nom, n = base, 2
    while nom.lower() in {p.lower() for p in pris}:
        nom, n = f"{base[:26]} {n}", n + 1
    pris.add(nom)
    return nom


def _sain(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, int | float):
        return f"{valeur:.10g}".replace(".", ",")
    return _sans_formule(str(valeur))


def _sans_formule(texte: str) -> str:
    """No spreadsheet takes it for a formula (CWE-1236)."""
    return f"'{texte}" if texte.startswith(_DANGEREUX) else texte
