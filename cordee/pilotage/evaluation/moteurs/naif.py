"""The naive contrast: two shares side by side. A gap, never an effect: it also says who was chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.stats.proportion import confint_proportions_2indep

from cordee.pilotage.evaluation.moteurs.donnees import Donnees, Reels


@dataclass(frozen=True, slots=True)
class Ecart:
    """A gap in points between two shares in per cent, its 95 % interval (Newcombe), the numbers under them."""

    libelle: str
    ici: float
    la: float
    n_ici: int
    n_la: int
    valeur: float
    bas: float
    haut: float

    def en_json(self) -> dict[str, Any]:
        return asdict(self)


def ecart(y: Reels, ici: NDArray[np.bool_], la: NDArray[np.bool_], *, libelle: str) -> Ecart | None:
    """Two groups compared as they are; ``None`` when one is empty."""
    connus = ~np.isnan(y)
    a, b = y[ici & connus], y[la & connus]
    if not len(a) or not len(b):
        return None
    bas, haut = confint_proportions_2indep(a.sum(), len(a), b.sum(), len(b), method="newcomb", compare="diff")
    pa, pb = float(a.mean()), float(b.mean())
    return Ecart(libelle, 100 * pa, 100 * pb, len(a), len(b), 100 * (pa - pb), 100 * float(bas), 100 * float(haut))


def ecarts_territoriaux(d: Donnees, y: Reels, ici: NDArray[np.bool_], apres: NDArray[np.bool_]) -> list[Ecart]:
    """The gaps that people publish: accompanied here and everybody elsewhere, here and elsewhere, before and after."""
    lus = [
        ecart(y, ici & apres & d.accompagnee, ~ici & apres,
              libelle="Personnes accompagnées ici, toutes les entrantes ailleurs"),
        ecart(y, ici & apres, ~ici & apres, libelle="Toutes les entrantes, ici et ailleurs, depuis le début"),
        ecart(y, ici & apres, ici & ~apres, libelle="Toutes les entrantes ici, depuis et avant le début"),
    ]  # fmt: skip
    return [e for e in lus if e is not None]
