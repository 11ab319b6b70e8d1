"""Every kind of study and where its computation stands, by name: a web process never loads the statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, Protocol

from cordee.pilotage.lac.manifeste import Manifeste

Parametres = Mapping[str, Any]


class Moteur(Protocol):
    """What computes a study: figures that JSON can hold, none of them a person.

    Raises:
        ErreurMetier: the question cannot be answered; its sentence is shown.
    """

    def __call__(self, manifeste: Manifeste, parametres: Parametres) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of study. ``moteur``: « package.module:function ». ``version``: raised when its method changes."""

    code: str
    moteur: str
    version: str = "1"


GENRES: Final[dict[str, Genre]] = {
    "derive": Genre("derive", "cordee.pilotage.comparaisons.derive:suivre", "1"),
    "dossiers": Genre("dossiers", "cordee.pilotage.comparaisons.dossiers:examiner", "1"),
    "comparaison": Genre("comparaison", "cordee.pilotage.comparaisons.moteur:comparer", "1"),
    "officiels": Genre("officiels", "cordee.pilotage.officiels.moteur:moteur", "1"),
    "evaluation": Genre("evaluation", "cordee.pilotage.evaluation.moteurs.principal:evaluer", "1"),
    "cohortes": Genre("cohortes", "cordee.pilotage.cohortes.moteur:etudier", "2"),
}
"""By code."""


def moteur_de(genre: Genre) -> Moteur:
    """Load what computes it (worker and command line only)."""
    module, _, nom = genre.moteur.partition(":")
    trouve: Callable[..., dict[str, Any]] = getattr(import_module(module), nom)
    return trouve
