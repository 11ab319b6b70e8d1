"""Where an address puts a person against the Département's sectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.selectors import carte_des_secteurs
from cordee.metier.personnes.enums import Localisation
from cordee.territoires.models import Commune

FRANCE = ("", "FRA")


@dataclass(frozen=True, slots=True)
class Lieu:
    """``structure_id``: the structure of the sector; ``None`` outside every sector."""

    localisation: Localisation
    structure_id: int | None = None


def situer(*, commune: Commune | None, pays: str, public: PublicSecteur | None, au: date) -> Lieu:
    """The sector of a commune for a public on a day.

    The map holds the communes of the Département only. Without any sector rule, the Département is one single sector.
    """
    if pays not in FRANCE:
        return Lieu(Localisation.ETRANGER)
    if commune is None:
        return Lieu(Localisation.INCONNUE)
    carte = carte_des_secteurs(au)
    structure = carte.structure(commune.pk, public)
    if structure is None and carte.regles:
        return Lieu(Localisation.HORS_SECTEUR)
    return Lieu(Localisation.SECTEUR, structure)
