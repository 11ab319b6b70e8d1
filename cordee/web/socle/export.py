"""Lists out as CSV or XLSX, with nothing a spreadsheet could run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from xlsxwriter import Workbook

from cordee.socle import horloge

_DANGEREUX = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def neutraliser(texte: str) -> str:
    """A text that no spreadsheet takes for a formula (CWE-1236): an apostrophe goes first.

    >>> neutraliser('=HYPERLINK("http://x")'), neutraliser("  +33 6"), neutraliser("Dupont-Durand")
    ('\\'=HYPERLINK("http://x")', "'  +33 6", 'Dupont-Durand')
    """
    return f"'{texte}" if texte.startswith(_DANGEREUX) or texte.lstrip().startswith(_DANGEREUX) else texte


def cellule(valeur: Any) -> str:
    """A value as it is written in a CSV: dates as people read them, nothing for nothing."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, datetime):
        return valeur.astimezone(horloge.PARIS).strftime("%d/%m/%Y %H:%M")
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    if isinstance(valeur, int | Decimal | float):
        return str(valeur).replace(".", ",")
    return neutraliser(str(valeur))


def en_csv(nom: str, entetes: Sequence[str], lignes: Iterable[Sequence[Any]]) -> HttpResponse:
    """A CSV that French spreadsheets open at once: semicolons, UTF-8 with its mark."""
    tampon = io.StringIO()
    ecrivain = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow(entetes)
    ecrivain.writerows([cellule(valeur) for valeur in ligne] for ligne in lignes)
    return _fichier(("\ufeff" + tampon.getvalue()).encode(), "text/csv; charset=utf-8", f"{nom}.csv")


def en_xlsx(nom: str, entetes: Sequence[str], lignes: Iterable[Sequence[Any]]) -> HttpResponse:
    """A workbook of one sheet: header frozen and filtered, real dates, texts never read as formulas or links."""
    tampon = io.BytesIO()
    sans_magie = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    classeur = Workbook(tampon, {"in_memory": True, "constant_memory": False, **sans_magie})
    gras = classeur.add_format({"bold": True, "bg_color": "#CFE5E4"})
    jour = classeur.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    feuille = classeur.add_worksheet("Liste")
    feuille.write_row(0, 0, list(entetes), gras)
    rang = 0
    for rang, ligne in enumerate(lignes, start=1):
        for colonne, valeur in enumerate(ligne):
            if isinstance(valeur, date) and not isinstance(valeur, datetime):
                feuille.write_datetime(rang, colonne, datetime(valeur.year, valeur.month, valeur.day), jour)  # noqa: DTZ001
            elif isinstance(valeur, int | float | Decimal) and not isinstance(valeur, bool):
                feuille.write_number(rang, colonne, float(valeur))
            else:
                feuille.write_string(rang, colonne, cellule(valeur))
    feuille.freeze_panes(1, 0)
    feuille.autofilter(0, 0, max(rang, 1), len(entetes) - 1)
    feuille.set_column(0, len(entetes) - 1, 22)
    classeur.close()
    return _fichier(tampon.getvalue(), XLSX, f"{nom}.xlsx")


def _fichier(contenu: bytes, genre: str, nom: str) -> HttpResponse:
    reponse = HttpResponse(contenu, content_type=genre)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
