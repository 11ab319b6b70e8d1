"""Writes ``docs/parcours.md`` from the tables of the code: the étapes, the échéances, the upward reactions.

Usage: ``.venv/bin/python outils/documenter.py``. A test fails when the page no longer says what the code does.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cordee.metier.parcours.cycle import A_TOUT_MOMENT, ECHEANCES, ETAPES, ETATS
from cordee.metier.parcours.enums import GenreEcheance, GenreEtape
from cordee.metier.parcours.reactions import ATTENDUES
from cordee.reglementation.delais import delai

PAGE = Path(__file__).resolve().parent.parent / "docs" / "parcours.md"
AU = date(2026, 1, 1)
ENTETE = """# The path: étapes, échéances, reactions

Written from the code by `outils/documenter.py`; the texts are the ones users read. Every person subject to
*droits et devoirs* has
exactly one open étape principale; échéances run beside it and never displace it.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([ENTETE, *_etapes(), "", *_echeances(), "", *_reactions(), ""])


def _etapes() -> list[str]:
    lignes = ["## Étapes principales", "", "| étape | states | owner | rule | nature | warned when late | closed by |",
              "|---|---|---|---|---|---|---|"]  # fmt: skip
    for genre in GenreEtape:
        d = ETAPES[genre]
        regle = delai(d.regle, au=AU)
        etats = ", ".join(f"`{etat}`" for etat, ouverte in ETATS.items() if ouverte is genre)
        unites = ", ".join(u.libelle for u in d.unites)
        alerte = f"{d.escalade.unite.libelle}, +{d.escalade.apres_jours} j"
        actes = ", ".join(f"`{e}`" for e in sorted(d.clot_par - A_TOUT_MOMENT))
        lignes.append(
            f"| {genre.libelle} (`{genre}`) | {etats} | {unites} | {regle.libelle} ({regle.reference}) "
            f"| {regle.nature.libelle} | {alerte} | {actes} |"
        )
    partout = ", ".join(f"`{e}`" for e in sorted(A_TOUT_MOMENT))
    return [*lignes, "", f"Facts that may close any of them: {partout}."]


def _echeances() -> list[str]:
    lignes = ["## Échéances", "", "| échéance | owner | rule | nature | closed by |", "|---|---|---|---|---|"]
    for genre in GenreEcheance:
        d = ECHEANCES[genre]
        regle = delai(d.regle, au=AU)
        actes = ", ".join(f"`{e}`" for e in sorted(d.clot_par))
        unites = ", ".join(u.libelle for u in d.unites)
        lignes.append(
            f"| {genre.libelle} (`{genre}`) | {unites} | {regle.libelle} ({regle.reference}) | {regle.nature.libelle} "
            f"| {actes} |"
        )
    return lignes


def _reactions() -> list[str]:
    lignes = ["## Reactions", "", "What upper rooms do when something happens, in the same transaction.", "",
              "| event | reactions |", "|---|---|"]  # fmt: skip
    return lignes + [f"| {e.libelle} (`{e}`) | {', '.join(f'`{n}`' for n in noms)} |" for e, noms in ATTENDUES.items()]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
