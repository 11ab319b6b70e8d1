"""Which years the facts of a state of the lake cover, and up to which day the tables of a year read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.officiels.entetes import FAMILLES
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.erreurs import ErreurMetier

RECUL: Final = 3
"""A month of the poverty plan is judged on what followed it, until three months after the year: then nothing moves."""
MENSUELLE: Final = "pauvrete"


class AnneeHorsHistoire(ErreurMetier):
    """The facts do not go back that far, or the year is not over."""


class FamilleInconnue(ErreurMetier):
    """No such family of tables."""


@dataclass(frozen=True, slots=True)
class Exercice:
    """The year of the tables. ``mois``: the ends of month that files have shown; ``arrete``: nothing later is read."""

    annee: int
    mensuel: bool
    mois: tuple[date, ...]
    arrete: date
    premiere_photo: date

    @property
    def debut(self) -> date:
        return date(self.annee, 1, 1)

    @property
    def fin(self) -> date:
        return date(self.annee, 12, 31)

    @property
    def au(self) -> date:
        """The last day the tables tell of."""
        return self.mois[-1]

    def flux(self, au: date) -> bool:
        """Whether the month before is known too: without it nobody can be said to be new."""
        return veille(au) >= self.premiere_photo


def exercice(manifeste: Manifeste, famille: str, annee: int) -> Exercice:
    """The year, if history covers it.

    Raises:
        FamilleInconnue: AnneeHorsHistoire: with what may be asked for instead.
    """
    if famille not in FAMILLES:
        raise FamilleInconnue(
            f"La famille de tableaux « {famille} » n'existe pas. Familles connues : {', '.join(FAMILLES)}."
        )
    possibles = annees(manifeste, famille)
    if annee not in possibles or manifeste.premiere_photo is None:
        raise AnneeHorsHistoire(_refus(manifeste, famille, annee, possibles))
    mensuel = famille == MENSUELLE
    mois = tuple(_mois_connus(manifeste, annee)) if mensuel else (date(annee, 12, 31),)
    arrete = min(ajouter_mois(date(annee, 12, 31), RECUL), manifeste.au) if mensuel else date(annee, 12, 31)
    return Exercice(annee, mensuel, mois, arrete, manifeste.premiere_photo)


def annees(manifeste: Manifeste, famille: str) -> list[int]:
    """The years that history covers, latest first: to 31 December for a survey, a month at least for a follow-up."""
    premiere, derniere = manifeste.premiere_photo, manifeste.derniere_photo
    if premiere is None or derniere is None:
        return []
    toutes = range(derniere.year, premiere.year - 1, -1)
    if famille == MENSUELLE:
        return [a for a in toutes if any(True for _ in _mois_connus(manifeste, a))]
    return [a for a in toutes if premiere <= date(a, 12, 31) <= derniere]


def _mois_connus(manifeste: Manifeste, annee: int) -> Iterator[date]:
    """The ends of month of a year that a file has shown whole."""
    for mois in range(1, 13):
        au = ajouter_mois(date(annee, mois, 1), 1) - timedelta(days=1)
        if (manifeste.premiere_photo or date.max) <= au <= (manifeste.derniere_photo or date.min):
            yield au


def veille(au: date) -> date:
    """The end of the month before."""
    return au.replace(day=1) - timedelta(days=1)


def _refus(manifeste: Manifeste, famille: str, annee: int, possibles: list[int]) -> str:
    if not possibles:
        return "Aucun fichier de droits ne va encore jusqu'à une fin d'année : il n'y a pas de tableau à donner."
    connues = f"de {possibles[-1]} à {possibles[0]}" if len(possibles) > 1 else f"{possibles[0]}"
    if annee > possibles[0]:
        return (f"L'année {annee} n'est pas encore connue jusqu'à sa fin : le dernier fichier montre le "
                f"{manifeste.derniere_photo:%d/%m/%Y}. Années possibles : {connues}.")  # fmt: skip
    return (f"L'année {annee} est avant l'histoire connue, qui commence le {manifeste.premiere_photo:%d/%m/%Y}. "
            f"Années possibles : {connues}.")  # fmt: skip
