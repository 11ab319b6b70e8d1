"""« Telle que connue au »: the published state of the lake a cohort may be read on."""

from __future__ import annotations

from typing import Any

from cordee.pilotage.cohortes.definition import DefinitionIllisible
from cordee.pilotage.instantanes.selectors import instantanes, manifeste_de
from cordee.pilotage.lac.manifeste import Manifeste


def manifeste_au(present: Manifeste, instantane: Any) -> Manifeste:
    """The state of a snapshot by its number, the present one without any.

    Raises:
        DefinitionIllisible: no snapshot has this number.
    """
    if not instantane:
        return present
    trouve = instantanes().filter(pk=int(instantane)).first()
    if trouve is None:
        raise DefinitionIllisible("Cet état publié n'existe pas : choisissez-en un autre, ou l'état présent.")
    return manifeste_de(trouve)
