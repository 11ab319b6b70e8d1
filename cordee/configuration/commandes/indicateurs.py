"""``cordee indicateurs``: the figures of a territory on a day, each with its definition."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import FAIT, date_iso, imprimer_json, preparer_django

if TYPE_CHECKING:
    from cordee.pilotage.selectors import Valeur

AIDE = "Donne les indicateurs d'un territoire à une date, d'après les faits datés."
CLES = ("code", "libelle", "valeur", "numerateur", "denominateur", "unite", "au", "territoire")


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--au", type=date_iso, metavar="AAAA-MM-JJ", help="date des chiffres (aujourd'hui)")
    parser.add_argument("--territoire", default="", metavar="CODE", help="département, commune, EPT ou structure (94)")
    parser.add_argument("--complet", action="store_true", help="copie de nouveau tous les faits avant de calculer")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.pilotage.selectors import fraicheur, indicateurs
    from cordee.pilotage.services import rafraichir
    from cordee.socle.horloge import maintenant

    rafraichir(le=maintenant(), complet=options.complet, mois_passes=0, dont=options.au)
    valeurs = indicateurs(pour=None, au=options.au, territoire=options.territoire)
    if options.json:
        imprimer_json([_ligne(v) for v in valeurs])
        return FAIT
    frais = fraicheur()
    if valeurs:
        print(f"{valeurs[0].nom_territoire}, au {valeurs[0].au:%d/%m/%Y}. "
              f"Faits lus le {frais.rafraichi_le:%d/%m/%Y à %H:%M}.")  # fmt: skip
    for v in valeurs:
        print(f"{v.code:<34} {_en_mots(v):>22}   {v.libelle}")
    return FAIT


def _ligne(v: Valeur) -> dict[str, Any]:
    """Exactly the keys that other programs read."""
    valeurs = (v.code, v.libelle, _nombre(v.valeur), _nombre(v.numerateur), _nombre(v.denominateur), v.unite, v.au,
               v.territoire)  # fmt: skip
    return dict(zip(CLES, valeurs, strict=True))


def _nombre(n: float | None) -> int | float | None:
    return int(n) if n is not None and n == int(n) else n


def _en_mots(v: Valeur) -> str:
    if v.secret is not None:
        return "secret"
    if v.valeur is None:
        return "—"
    nombre = f"{v.valeur:,.0f}" if v.valeur == int(v.valeur) else f"{v.valeur:,.1f}"
    unite = "" if v.unite in ("personnes", "foyers") else f" {v.unite}"
    return nombre.replace(",", " ").replace(".", ",") + unite
