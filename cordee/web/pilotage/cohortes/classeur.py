"""Workbooks of several sheets, with nothing a spreadsheet could run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from xlsxwriter import Workbook

from cordee.web.socle.export import XLSX, neutraliser

Feuille = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def classeur(nom: str, feuilles: Iterable[Feuille]) -> HttpResponse:
    """One sheet per (title, headings, rows); numbers stay numbers, texts are never formulas nor links."""
    tampon = io.BytesIO()
    sans_magie = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    livre = Workbook(tampon, {"in_memory": True, "constant_memory": True, **sans_magie})
    gras = livre.add_format({"bold": True, "bg_color": "#CFE5E4", "text_wrap": True, "valign": "top"})
    for titre, entetes, lignes in feuilles:
        feuille = livre.add_worksheet(titre[:31])
        feuille.set_column(0, max(len(entetes) - 1, 0), 100 if len(entetes) == 1 else 20)
        feuille.freeze_panes(1, 0)
        feuille.write_row(0, 0, list(entetes), gras)
        for rang, ligne in enumerate(lignes, start=1):
            for colonne, valeur in enumerate(ligne):
                if isinstance(valeur, int | float) and not isinstance(valeur, bool):
                    feuille.write_number(rang, colonne, valeur)
                elif valeur not in (None, ""):
                    feuille.write_string(rang, colonne, neutraliser(str(valeur)))
    livre.close()
    reponse = HttpResponse(tampon.getvalue(), content_type=XLSX)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}.xlsx"'
    return reponse
