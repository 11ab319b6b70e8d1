"""What became of a letter goes to the room whose clock it starts (E11): orientation, letter of facts, decision."""

from __future__ import annotations

from datetime import date, datetime

from cordee.metier.courriers.enums import EtatRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import noter_remise
from cordee.metier.devoirs import services as devoirs
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.services import constater_remise

ORIENTATION = "orientation"


def noter(*, courrier: Courrier, etat: EtatRemise, le_jour: date, par: Agent, le: datetime) -> None:
    """Record one state of a letter by the service that knows what follows.

    Raises:
        RemiseImpossible: the state cannot follow.
    """
    commun = {"courrier": courrier, "etat": etat, "le_jour": le_jour, "par": par, "le": le}
    if courrier.objet_type == ORIENTATION:
        constater_remise(**commun)  # type: ignore[arg-type]
    elif devoirs.fait_courir(courrier):
        devoirs.constater_reception(**commun)  # type: ignore[arg-type]
    else:
        noter_remise(**commun)  # type: ignore[arg-type]
