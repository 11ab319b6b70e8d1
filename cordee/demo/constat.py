"""What was built beside what is published: each figure with its source and its date, hypotheses named as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from cordee.pilotage.enums import Unite
from cordee.pilotage.selectors import DateHorsHistoire, Valeur, indicateurs

PERSONNES_PUBLIEES: Final = 47_265
"""Persons subject at 2021-12-31, all the département: sizes asked for are a share of it."""

_LARGEUR: Final = 58


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """One figure: what the source says (``publie``, at the size asked for) and what was built (``ici``)."""

    libelle: str
    au: date
    publie: float
    ici: float | None
    unite: str
    source: str
    au_moins: bool = False

    @property
    def ecart(self) -> float | None:
        """Difference in percent of the published number; in points for a share."""
        if self.ici is None:
            return None
        return self.ici - self.publie if self.unite == "%" else 100 * (self.ici - self.publie) / self.publie


def constater(personnes: int) -> list[Constat]:
    """Read every published figure's counterpart, when the history reaches its date.

    Args:
        personnes: how many were asked for at the first photo; numbers of people are compared at that scale.
    """
    brut = _brut()
    constats = []
    for chiffre in brut["chiffres"]:
        valeurs = _lire(chiffre)
        if not valeurs:
            continue
        part = personnes / PERSONNES_PUBLIEES if chiffre.get("echelle") else 1.0
        lieu = f", {chiffre['ou']}" if "ou" in chiffre else ""
        constats.append(
            Constat(
                libelle=valeurs[0].libelle + lieu, au=chiffre["au"], publie=round(chiffre["valeur"] * part, 1),
                ici=_ensemble(valeurs), unite=valeurs[0].unite, source=brut["sources"][chiffre["source"]],
                au_moins=chiffre.get("au_moins", False),
            )
        )  # fmt: skip
    return constats


def hypotheses() -> list[str]:
    """What no source gives."""
    return list(_brut()["hypotheses"])


def phrases(constats: Sequence[Constat], *, reduit: bool) -> Iterator[str]:
    """The comparison, as the end of ``cordee demo`` prints it.

    Args:
        reduit: a smaller département was asked for: published numbers are scaled and say so.
    """
    sources = list(dict.fromkeys(c.source for c in constats))
    yield f"{'La démonstration à côté des chiffres publiés':<{_LARGEUR}} {'au':>10}  {'publié':>18}  {'ici':>9}"
    for c in constats:
        publie = ("plus de " if c.au_moins else "") + nombre(c.publie, c.unite)
        ici = "—" if c.ici is None else nombre(c.ici, c.unite)
        rang = sources.index(c.source) + 1
        yield f"{c.libelle:<{_LARGEUR}} {c.au:%d/%m/%Y}  {publie:>14} [{rang}]  {ici:>9}"
    yield from (f"[{rang}] {source}." for rang, source in enumerate(sources, start=1))
    if reduit:
        yield "Les nombres publiés sont ramenés à la taille demandée ; les parts ne le sont pas."
    yield "Ce qui n'est publié nulle part est une hypothèse de la démonstration :"
    *toutes, derniere = hypotheses()
    yield from (f"- {hypothese} ;" for hypothese in toutes)
    yield f"- {derniere}."


def nombre(valeur: float, unite: str) -> str:
    """A number as French people write it.

    >>> nombre(47265, "personnes"), nombre(42.63, "%"), nombre(50.0, "%")
    ('47\\u202f265', '42,6 %', '50 %')
    """
    if unite == Unite.POUR_CENT.libelle:
        return f"{valeur:.1f}".rstrip("0").rstrip(".").replace(".", ",") + " %"
    return f"{round(valeur):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


@cache
def _brut() -> dict[str, Any]:
    return yaml.safe_load((files("cordee.demo") / "chiffres.yaml").read_text("utf-8"))


def _lire(chiffre: dict[str, Any]) -> list[Valeur]:
    lues = []
    for territoire in chiffre.get("territoires", [""]):
        try:
            lues += indicateurs(pour=None, au=chiffre["au"], territoire=territoire, codes=[chiffre["indicateur"]])
        except DateHorsHistoire:
            return []
    return lues


def _ensemble(valeurs: Sequence[Valeur]) -> float | None:
    """One value for several territories: their numerators over their denominators."""
    if len(valeurs) == 1:
        return valeurs[0].valeur
    hauts, bas = (sum(getattr(v, champ) or 0 for v in valeurs) for champ in ("numerateur", "denominateur"))
    return 100 * hauts / bas if bas else None
