"""Writes ``docs/indicateurs.md`` from the headers of the SQL files and the tables of the lake.

Usage: ``.venv/bin/python outils/documenter_indicateurs.py``. A test fails when the page no longer says what they do.
"""

from __future__ import annotations

from pathlib import Path

from cordee.pilotage.couverture import ATTENDUS, exigences
from cordee.pilotage.entetes import FAMILLES, Definition, definitions
from cordee.pilotage.enums import Agregat, Niveau
from cordee.pilotage.lac.graphe import sources_des_vues
from cordee.pilotage.lac.tables import TABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "indicateurs.md"
ENTETE = """# Indicators

Written from the code by `outils/documenter_indicateurs.py`; the texts are the ones users read beside the figures.

An indicator is one SQL file of `cordee/pilotage/indicateurs/`: its header is the published definition, its SELECT the
method. It gives **one line per person** (or household, or appointment) and day, with five columns: `au`,
`personne_id`, `numerateur`, `denominateur`, `inconnu`. One and the same statement (`calcul.agregation`) gathers the
lines by territory: a figure and the list behind it cannot differ. Who is unknown is counted apart, never as a failure.

The SQL holds no date: days and rules come from the table `contexte` (one row per day to compute: `au`, the photo it is
compared with, limits of cohorts, legal delays in force). It reads the tables of the lake and the views below, under
their plain names. It is written for DuckDB and translates to Spark (a test does it for every file).

To add one: write the file, run this tool, count a small world by hand in `tests/pilotage`.
"""


def page() -> str:
    """The whole page."""
    lignes = [ENTETE]
    for famille, titre in FAMILLES.items():
        lignes += [f"## {titre}", ""]
        for d in definitions().values():
            if d.famille == famille:
                lignes += [*_indicateur(d), ""]
    lignes[1:1] = _couverture()
    return "\n".join([*lignes, *_agregats(), "", *_vues(), "", *_tables(), ""])


def _couverture() -> list[str]:
    """The questions of steering, and what answers each; what no data feeds yet is said."""
    lignes = ["## Questions asked, indicators that answer", "",
              "| | question | indicators | what is missing |", "|---|---|---|---|"]  # fmt: skip
    for a in ATTENDUS:
        codes = ", ".join(f"`{d.code}`" for d in a.indicateurs) or "none yet"
        lignes.append(f"| {a.code} | {a.texte} | {codes} | {a.manque} |")
    lignes += ["", "| requirement | indicators |", "|---|---|"]
    lignes += [f"| {code} | {', '.join(f'`{d.code}`' for d in trouvees)} |" for code, trouvees in exigences().items()]
    return [*lignes, ""]


def _indicateur(d: Definition) -> list[str]:
    cible = f" Repère : {d.cible.valeur:g}, {d.cible.phrase}." if d.cible else ""
    lignes = [
        f"### {d.libelle} (`{d.code}`)",
        "",
        d.definition + cible,
        "",
        f"- Numérateur : {d.numerateur}. Dénominateur : {d.denominateur}. Unité : {d.unite.libelle}"
        f" ({d.agregat.libelle.lower()}).",
        f"- Périmètre : {d.libelle_perimetre}. Source : {d.source}.",
        f"- {d.sens.libelle}. Territoires : {', '.join(Niveau(n).libelle.lower() for n in d.niveaux)}"
        f" ({d.structure.libelle[0].lower()}{d.structure.libelle[1:]}).",
    ]
    return lignes + ([f"- {d.limites}"] if d.limites else [])


def _agregats() -> list[str]:
    return ["## How lines become a figure", "", "| agrégat | |", "|---|---|",
            *(f"| {a.libelle} (`{a}`) | {a.description} |" for a in Agregat)]  # fmt: skip


def _vues() -> list[str]:
    lignes = ["## Views (`cordee/pilotage/vues/`)", "", "| vue | |", "|---|---|"]
    for nom, sql in sources_des_vues().items():
        commentaire = " ".join(ligne[3:] for ligne in sql.splitlines() if ligne.startswith("-- "))
        lignes.append(f"| `{nom}` | {commentaire} |")
    return lignes


def _tables() -> list[str]:
    lignes = ["## The lake", "", "| table | columns | |", "|---|---|---|"]
    lignes += [f"| `{t.nom}` | {', '.join(f'`{c.nom}`' for c in t.colonnes)} | {t.description} |" for t in TABLES]
    return lignes


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
