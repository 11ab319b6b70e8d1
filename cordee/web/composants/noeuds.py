"""The knots of the *cordée*: what happened, what comes next, what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Moment(StrEnum):
    """Where a knot stands on the rope."""

    FAIT = "fait"
    PROCHAIN = "prochain"
    A_VENIR = "a_venir"


@dataclass(frozen=True, slots=True)
class Noeud:
    """One knot of the rope.

    ``le`` is the day of the event, or the due date of what is ahead (None: no date yet). ``detail`` is one short
    sentence; ``par`` who did it or who must; ``nature`` and ``regle`` say what sets a due date; ``url`` opens it.
    """

    titre: str
    le: date | datetime | None = None
    icone: str = "noeud"
    moment: Moment | str = Moment.FAIT
    detail: str = ""
    par: str = ""
    nature: str = ""
    regle: str = ""
    url: str = ""

    @property
    def jour(self) -> date | None:
        """The calendar day, an instant being cut to its date as stored (give local instants)."""
        return self.le.date() if isinstance(self.le, datetime) else self.le


def decouper(noeuds: Iterable[Noeud], visibles: int) -> tuple[list[Noeud], list[Noeud]]:
    """Splits the past in two, (folded, shown): the ``visibles`` latest events stay in sight, what is ahead always.

    >>> passe = [Noeud(str(i)) for i in range(5)] + [Noeud("suite", moment="prochain")]
    >>> [[n.titre for n in part] for part in decouper(passe, 2)]
    [['0', '1', '2'], ['3', '4', 'suite']]
    """
    tous = list(noeuds)
    faits = sum(1 for noeud in tous if noeud.moment == Moment.FAIT)
    coupe = max(faits - visibles, 0) if visibles else 0
    return tous[:coupe], tous[coupe:]
