"""Distances on the globe and names of communes as files write them. Pure."""

from __future__ import annotations

import re
import unicodedata
from math import asin, cos, radians, sin, sqrt

RAYON_TERRE_KM = 6371.0088
ABREVIATIONS = {"ST": "SAINT", "STE": "SAINTE", "S": "SUR", "SR": "SUR"}


def distance_km(depart: tuple[float, float], arrivee: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two points (latitude, longitude) in degrees (haversine).

    >>> creteil, vitry = (48.7845, 2.4523), (48.7893, 2.3951)
    >>> round(distance_km(creteil, vitry), 1), distance_km(creteil, creteil)
    (4.2, 0.0)
    """
    lat1, lon1, lat2, lon2 = map(radians, (*depart, *arrivee))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * RAYON_TERRE_KM * asin(min(1.0, sqrt(h)))


def cle_commune(nom: str) -> str:
    """A name of commune stripped of what files write differently: accents, case, hyphens, ``ST`` for ``SAINT``.

    >>> cle_commune("Saint-Maur-des-Fossés") == cle_commune("ST MAUR DES FOSSES")
    True
    >>> cle_commune("L'Haÿ-les-Roses"), cle_commune("VITRY S/SEINE CEDEX 2")
    ('L HAY LES ROSES', 'VITRY SUR SEINE')
    """
    sans_accent = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode().upper()
    sans_cedex = re.sub(r"\bCEDEX\b.*", "", sans_accent)
    mots = re.findall(r"[A-Z]+", sans_cedex)
    return " ".join(ABREVIATIONS.get(mot, mot) for mot in mots)


def departement_de(code_insee: str) -> str:
    """The département of an INSEE code: two characters, three overseas.

    >>> departement_de("94028"), departement_de("2A004"), departement_de("97411")
    ('94', '2A', '974')
    """
    return code_insee[:3] if code_insee.startswith(("97", "98")) else code_insee[:2]
