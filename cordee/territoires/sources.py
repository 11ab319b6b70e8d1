"""Where the map comes from: our own facts for the Val-de-Marne, the national npm package for any other département.

Other départements: ``npm install`` puts ``@etalab/decoupage-administratif`` (MIT, INSEE and La Poste data) under
``node_modules``; its current communes (``type == 'commune-actuelle'``), EPT and EPCI are read from there. It holds no
coordinates: distances are then unknown until they are filled in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from cordee.socle.erreurs import ErreurMetier

DEPARTEMENT_FOURNI = "94"
PAQUET = Path(__file__).resolve().parents[2] / "node_modules" / "@etalab" / "decoupage-administratif" / "data"


class DecoupageIntrouvable(ErreurMetier):
    """The national list of communes is not installed, or knows no such département."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitsCommune:
    """One commune as a source gives it; ``ept`` is a code of ``FaitsDepartement.epts``."""

    insee: str
    nom: str
    codes_postaux: list[str]
    ept: str | None
    population: int | None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitsDepartement:
    """The map of one département. ``epts``: name by code."""

    code: str
    epts: dict[str, str]
    communes: list[FaitsCommune]


def lire_departement(code: str, *, paquet: Path = PAQUET) -> FaitsDepartement:
    """The map of a département, from our own file or from the national package.

    Raises:
        DecoupageIntrouvable: package absent, or unknown département.
    """
    if code == DEPARTEMENT_FOURNI:
        return _lire_fourni()
    return _lire_paquet(code, paquet)


def _lire_fourni() -> FaitsDepartement:
    chemin = files("cordee.territoires").joinpath("donnees", f"communes_{DEPARTEMENT_FOURNI}.yaml")
    brut = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    communes = [FaitsCommune(**fiche) for fiche in brut["communes"]]
    return FaitsDepartement(code=brut["departement"], epts=brut["epts"], communes=communes)


def _lire_paquet(code: str, paquet: Path) -> FaitsDepartement:
    groupes = {
        membre["code"]: (groupe["code"], groupe["nom"])
        for fichier in ("epci.json", "ept.json")  # an EPT is closer to people than the metropolis it belongs to
        for groupe in _lire_json(paquet / fichier)
        for membre in groupe["membres"]
    }
    communes = [
        FaitsCommune(
            insee=c["code"],
            nom=c["nom"],
            codes_postaux=c.get("codesPostaux", []),
            ept=groupes[c["code"]][0] if c["code"] in groupes else None,
            population=c.get("population"),
        )
        for c in _lire_json(paquet / "communes.json")
        if c.get("departement") == code and c["type"] == "commune-actuelle"
    ]
    if not communes:
        raise DecoupageIntrouvable(f"Aucune commune n'est connue dans le département « {code} ». Vérifiez le code.")
    return FaitsDepartement(
        code=code, epts=dict(groupes[c.insee] for c in communes if c.insee in groupes), communes=communes
    )


def _lire_json(chemin: Path) -> list[dict[str, Any]]:
    try:
        contenu: list[dict[str, Any]] = json.loads(chemin.read_text(encoding="utf-8"))
    except FileNotFoundError as erreur:
        raise DecoupageIntrouvable(
            "La liste nationale des communes n'est pas installée : lancez « npm ci » puis recommencez."
        ) from erreur
    return contenu
