"""What was built beside what is published: each figure with its source, its date and a verdict."""

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

DIXIEME: Final = 0.1
HASARD: Final = 0.08
"""Two standard deviations of about a thousand people, in share; a quarter of it in points of a rate near one half."""
_LARGEUR: Final = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Chiffre:
    """One published figure (``chiffres.yaml``). ``tolerance``: in points for a share, in share for a number.

    ``quota``: drawn exactly by the simulator; otherwise it comes out of lives. ``derive``: worked out from sources.
    ``au_moins``: published as « plus de »: never below at full size; in a sample, by chance only (``HASARD``).
    """

    figure: str
    indicateur: str
    au: date
    valeur: float
    tolerance: float
    source: str
    territoires: tuple[str, ...] = ()
    ou: str = ""
    publie: str = ""
    echelle: bool = False
    quota: bool = False
    derive: bool = False
    au_moins: bool = False

    def bornes(self, *, part: float) -> tuple[float, float]:
        """Lowest and highest accepted values in a département of that size (1: all of it).

        What comes out of lives differs more in a smaller one: by chance, which grows as the root of its smallness.
        """
        hasard = 1.0 if part >= 1 else max(1.0, (DIXIEME / part) ** 0.5)
        large = self.tolerance if self.quota or part >= 1 else self.tolerance * 1.6 * hasard
        dessous = large
        if self.au_moins:
            dessous = 0.0 if part >= 1 else HASARD * hasard * (1 if self.echelle else 25)
        if self.echelle:
            attendu = self.valeur * part
            return attendu * (1 - dessous) - 1, attendu * (1 + large) + 1
        return self.valeur - dessous, self.valeur + large


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """One figure: what the source says (``publie``, at the size asked for) and what was built (``ici``).

    ``bas``, ``haut``: within which it is held to be the same; ``derive``: no source publishes it as such.
    """

    libelle: str
    au: date
    publie: float
    ici: float | None
    unite: str
    source: str
    au_moins: bool = False
    bas: float | None = None
    haut: float | None = None
    derive: bool = False

    @property
    def ecart(self) -> float | None:
        """Difference in percent of the published number; in points for a share."""
        if self.ici is None:
            return None
        return self.ici - self.publie if self.unite == "%" else 100 * (self.ici - self.publie) / self.publie

    @property
    def tenu(self) -> bool | None:
        """Whether what was built is within tolerance; ``None``: not to be said."""
        if self.ici is None or self.bas is None or self.haut is None:
            return None
        return self.bas <= self.ici <= self.haut


def chiffres() -> tuple[Chiffre, ...]:
    """Every published figure that the demonstration is held to."""
    return tuple(
        Chiffre(**{**lu, "territoires": tuple(lu.get("territoires", ())), "valeur": float(lu["valeur"])})
        for lu in _brut()["chiffres"]
    )


def absentes() -> dict[str, str]:
    """Published figures that it is not held to, and why."""
    return dict(_brut()["absentes"])


def constater(personnes: int) -> list[Constat]:
    """Read every published figure's counterpart, when the history reaches its date.

    Args:
        personnes: how many were asked for at the first photo; numbers of people are compared at that scale.
    """
    constats = []
    for chiffre in chiffres():
        valeurs = _lire(chiffre)
        if not valeurs:
            continue
        taille = personnes / PERSONNES_PUBLIEES
        bas, haut = chiffre.bornes(part=taille)
        constats.append(
            Constat(
                libelle=valeurs[0].libelle + (f", {chiffre.ou}" if chiffre.ou else ""), au=chiffre.au,
                publie=round(chiffre.valeur * (taille if chiffre.echelle else 1.0), 1), ici=_ensemble(valeurs),
                unite=valeurs[0].unite, source=_brut()["sources"][chiffre.source], au_moins=chiffre.au_moins, bas=bas,
                haut=haut, derive=chiffre.derive,
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
    titre = "La démonstration à côté des chiffres publiés"
    yield f"{titre:<{_LARGEUR}} {'au':>10}  {'publié':>18}  {'ici':>9}  verdict"
    for c in constats:
        publie = ("plus de " if c.au_moins else "") + nombre(c.publie, c.unite)
        ici = "—" if c.ici is None else nombre(c.ici, c.unite)
        rang = sources.index(c.source) + 1
        yield f"{c.libelle:<{_LARGEUR}} {c.au:%d/%m/%Y}  {publie:>14} [{rang}]  {ici:>9}  {_verdict(c)}"
    dits = [c.tenu for c in constats if c.tenu is not None]
    if dits:
        yield f"{sum(dits)} chiffres sur {len(dits)} dans leur tolérance."
    yield from (f"[{rang}] {source}." for rang, source in enumerate(sources, start=1))
    if reduit:
        yield "Les nombres publiés sont ramenés à la taille demandée ; les parts ne le sont pas."
    yield "Ce qui n'est publié nulle part est une hypothèse de la démonstration :"
    *toutes, derniere = hypotheses()
    yield from (f"- {hypothese} ;" for hypothese in toutes)
    yield f"- {derniere}."


def _verdict(c: Constat) -> str:
    dit = {None: "", True: "tenu", False: "hors tolérance"}[c.tenu]
    return f"{dit} (calculé, non publié tel quel)".strip() if c.derive else dit


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


def _lire(chiffre: Chiffre) -> list[Valeur]:
    lues: list[Valeur] = []
    for territoire in chiffre.territoires or ("",):
        try:
            lues += indicateurs(pour=None, au=chiffre.au, territoire=territoire, codes=[chiffre.indicateur])
        except DateHorsHistoire:
            return []
    return lues


def _ensemble(valeurs: Sequence[Valeur]) -> float | None:
    """One value for several territories: their numerators over their denominators."""
    if len(valeurs) == 1:
        return valeurs[0].valeur
    hauts, bas = (sum(getattr(v, champ) or 0 for v in valeurs) for champ in ("numerateur", "denominateur"))
    return 100 * hauts / bas if bas else None
