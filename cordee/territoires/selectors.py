"""Reads of the map. It holds no personal data: no perimeter applies."""

from __future__ import annotations

from cordee.territoires.models import Commune
from cordee.territoires.regles import cle_commune, distance_km


def commune_par_insee(code_insee: str) -> Commune | None:
    """The commune of an INSEE code, with its EPT; ``None`` if the map does not hold it."""
    return Commune.objects.select_related("ept").filter(code_insee=code_insee).first()


def communes_par_code_postal(code_postal: str) -> list[Commune]:
    """The communes that share a postal code, by name."""
    return list(Commune.objects.select_related("ept").au_code_postal(code_postal).order_by("nom"))


def trouver_commune(*, code_insee: str = "", code_postal: str = "", nom: str = "") -> Commune | None:
    """The commune of an address as a file writes it: by INSEE code, else by postal code and name.

    ``None`` where the address is outside the map or where two communes would fit: never a guess.
    """
    if code_insee and (commune := commune_par_insee(code_insee)):
        return commune
    if not code_postal:
        return None
    candidates = communes_par_code_postal(code_postal)
    if nom:
        candidates = [c for c in candidates if cle_commune(c.nom) == cle_commune(nom)]
    return candidates[0] if len(candidates) == 1 else None


def distance_entre(depart: Commune, arrivee: Commune) -> float | None:
    """Kilometres between the centres of two communes; ``None`` where a position is unknown."""
    if depart.point is None or arrivee.point is None:
        return None
    return distance_km(depart.point, arrivee.point)
