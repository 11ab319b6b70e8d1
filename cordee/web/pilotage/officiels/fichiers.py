"""The tables as files: a workbook with one sheet each and its notice, a flat CSV. Nothing a spreadsheet could run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cordee.web.pilotage.officiels.presentation import DITS, Version, methode, perimetres, quand, univers
from cordee.web.socle.export import cellule

_SANS_MAGIE: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
COLONNES: Final = (
    "Famille", "Année", "Version", "Tableau", "Titre", "Univers", "Unité", "Code de la ligne", "Ligne",
    "Code de la colonne", "Colonne", "Valeur",
)  # fmt: skip
_TETE: Final = 6
"""Lines above a table in its sheet."""


def nom_de_fichier(resultat: Mapping[str, Any], version: Version) -> str:
    """« tableaux-drees-2025-etat »."""
    return f"tableaux-{resultat['famille']}-{resultat['annee']}-{version.value}"


def en_classeur(resultat: Mapping[str, Any], version: Version) -> bytes:
    """A workbook: the sheet « Notice », then one sheet for each table."""
    tampon = io.BytesIO()
    classeur = Workbook(tampon, {"in_memory": True, **_SANS_MAGIE})
    formats = {
        "titre": classeur.add_format({"bold": True, "font_size": 13}),
        "tete": classeur.add_format({"bold": True, "bg_color": "#CFE5E4", "text_wrap": True, "valign": "top"}),
        "groupe": classeur.add_format({"bold": True, "bg_color": "#F4F2EC"}),
        "entier": classeur.add_format({"num_format": "#,##0"}),
        "decimal": classeur.add_format({"num_format": "#,##0.0"}),
        "muet": classeur.add_format({"font_color": "#6B6B6B", "align": "right"}),
        "texte": classeur.add_format({"text_wrap": True, "valign": "top"}),
        **{f"retrait{n}": classeur.add_format({"indent": n}) for n in range(5)},
    }
    _notice(classeur.add_worksheet("Notice"), resultat, version, formats)
    for t in resultat["tableaux"]:
        _feuille(classeur.add_worksheet(_onglet(t)), t, resultat, version, formats)
    classeur.close()
    return tampon.getvalue()


def en_texte(resultat: Mapping[str, Any], version: Version) -> str:
    """One line for each cell: table, line, column, figure. Semicolons, as French spreadsheets expect."""
    tampon = io.StringIO()
    ecrivain = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow(COLONNES)
    for t in resultat["tableaux"]:
        tete = [
            resultat["titre"],
            str(resultat["annee"]),
            version.libelle,
            t["numero"],
            t["titre"],
            t["univers"],
            t["unite"],
        ]
        for ligne, colonne, valeur in _cases(t, version):
            dite = DITS[valeur] if isinstance(valeur, str) else valeur
            codes = [ligne["code"], ligne["libelle"], colonne["code"], colonne["libelle"]]
            ecrivain.writerow([cellule(v) for v in (*tete, *codes, dite)])
    return tampon.getvalue()


def en_version(resultat: Mapping[str, Any], version: Version) -> dict[str, Any]:
    """The figures of one version alone, for JSON: nothing of the other comes along."""
    tableaux = [
        {**{c: v for c, v in t.items() if c not in ("valeurs", "publication")}, "valeurs": _grille(t, version)}
        for t in resultat["tableaux"]
    ]
    return {**resultat, "version": version.value, "univers": perimetres(resultat, version), "tableaux": tableaux}


def _cases(t: Mapping[str, Any], version: Version) -> Iterator[tuple[dict[str, Any], dict[str, Any], Any]]:
    for ligne, valeurs in zip(t["lignes"], _grille(t, version), strict=True):
        if ligne["genre"] != "titre":
            yield from ((ligne, colonne, v) for colonne, v in zip(t["colonnes"], valeurs, strict=True))


def _grille(t: Mapping[str, Any], version: Version) -> list[list[Any]]:
    grille: list[list[Any]] = t["valeurs"] if version is Version.ETAT else t["publication"]
    return grille


def _onglet(t: Mapping[str, Any]) -> str:
    """A name a sheet may bear (31 characters, no brackets nor slashes).

    >>> _onglet({"numero": "3 (signature)"})
    'Tableau 3 (signature)'
    """
    return f"Tableau {t['numero']}"[:31]


def _feuille(
    feuille: Worksheet, t: Mapping[str, Any], resultat: Mapping[str, Any], version: Version, formats: dict[str, Format]
) -> None:
    perimetre = f"Univers : {t['univers']}, {quand(resultat)}. Unité : {t['unite']}."
    entete = (f"{t['numero']}. {t['titre']}", perimetre, f"Source : {t['source']}",
              f"{version.libelle}. {version.description}", f"Indicateur « soumise » non connu, hors du tableau : "
              f"{perimetres(resultat, version)['inconnues']} personnes.")  # fmt: skip
    for rang, texte in enumerate(entete):
        feuille.write_string(rang, 0, texte, formats["titre"] if rang == 0 else None)
    derniere = len(t["colonnes"]) + 1
    for rang, texte in enumerate(["", *(c["libelle"] for c in t["colonnes"]), "Ce que compte la ligne"]):
        feuille.write_string(_TETE, rang, texte, formats["tete"])
    rang = _TETE
    for rang, (ligne, valeurs) in enumerate(zip(t["lignes"], _grille(t, version), strict=True), start=_TETE + 1):
        titre = ligne["genre"] == "titre"
        feuille.write_string(rang, 0, ligne["libelle"], formats["groupe" if titre else f"retrait{ligne['niveau']}"])
        for place, valeur in enumerate(valeurs if not titre else (), start=1):
            _ecrire(feuille, rang, place, valeur, formats)
        feuille.write_string(rang, derniere, ligne["definition"])
    colonnes = [f"{c['libelle']} : {c['definition']}" for c in t["colonnes"] if c["definition"]]
    for texte in (*t["notes"], *colonnes):
        rang += 1
        feuille.write_string(rang + 1, 0, texte)
    feuille.set_column(0, 0, 48)
    feuille.set_column(1, derniere - 1, 14)
    feuille.set_column(derniere, derniere, 70)
    feuille.set_row(_TETE, 60)
    feuille.freeze_panes(_TETE + 1, 1)
    feuille.set_landscape()
    feuille.fit_to_pages(1, 0)


def _ecrire(feuille: Worksheet, rang: int, place: int, valeur: Any, formats: dict[str, Format]) -> None:
    if isinstance(valeur, str):
        feuille.write_string(rang, place, DITS[valeur], formats["muet"])
    else:
        feuille.write_number(rang, place, valeur, formats["decimal" if isinstance(valeur, float) else "entier"])


def _notice(
    feuille: Worksheet, resultat: Mapping[str, Any], version: Version, formats: dict[str, Format]
) -> None:  # fmt: skip
    feuille.set_column(0, 0, 110)
    feuille.set_column(1, 1, 14)
    feuille.set_column(2, 2, 70)
    lignes: list[tuple[str, Any, str]] = [
        (f"{resultat['titre']}, année {resultat['annee']}", None, ""),
        (f"{version.libelle}. {version.description}", None, ""),
        (f"Population {quand(resultat)}", "Personnes", ""),
        *univers(resultat, version), ("Méthode", None, ""), *((phrase, None, "") for phrase in methode(resultat)),
        ("Ce qui ne peut pas être alimenté", None, ""),
        *(
            (f"Tableau {t['numero']}, {e['libelle']} : {e['definition']}", None, "")
            for t in resultat["tableaux"] for e in (*t["lignes"], *t["colonnes"]) if e["genre"] == "absent"
        ),
    ]  # fmt: skip
    for rang, (texte, effectif, sens) in enumerate(lignes):
        feuille.write_string(rang, 0, texte, formats["titre"] if not rang else formats["texte"])
        if isinstance(effectif, int):
            feuille.write_number(rang, 1, effectif, formats["entier"])
        elif effectif:
            feuille.write_string(rang, 1, effectif)
        feuille.write_string(rang, 2, sens, formats["texte"])
