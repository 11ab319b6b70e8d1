"""How one path was named before and after 2025, dated (E33): printed under the figures that cross both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from cordee.reglementation.chargement import Fiche, ReglesInvalides, exiger, lire_yaml, verifier_periodes
from cordee.reglementation.criteres_orientation import VOIES
from cordee.reglementation.enums import Confiance

FICHIER: Final = "noms_parcours.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class NomParcours:
    """What a path was called from ``depuis`` to ``jusqu_a`` excluded, in the texts and by the services."""

    voie: str
    lecture: str
    nom: str
    aussi: tuple[str, ...]
    depuis: date
    jusqu_a: date | None
    reference: str
    confiance: Confiance
    reserve: str


def nom_du_parcours(voie: str, *, au: date) -> NomParcours | None:
    """What the path was called on a day; ``None``: before the law knew it.

    >>> [nom_du_parcours("emploi", au=j).nom for j in (date(2024, 12, 31), date(2025, 1, 1))]
    ["Orientation professionnelle vers l'opérateur public de l'emploi", 'Parcours emploi']
    >>> nom_du_parcours("emploi", au=date(2000, 1, 1)) is None
    True
    """
    for nom in noms_des_parcours():
        if nom.voie == voie and nom.depuis <= au and (nom.jusqu_a is None or au < nom.jusqu_a):
            return nom
    return None


@cache
def noms_des_parcours() -> tuple[NomParcours, ...]:
    """Every line of the table, path by path, oldest first."""
    return charger(lire_yaml(FICHIER))


def charger(fiches: Iterable[Fiche]) -> tuple[NomParcours, ...]:
    """The checked table.

    Raises:
        ReglesInvalides: unknown, missing or repeated path, missing key, overlapping or broken periods.
    """
    lignes: list[NomParcours] = []
    vues: list[str] = []
    for fiche in fiches:
        exiger({"id": FICHIER, **fiche}, obligatoires=("id", "voie", "lecture", "periodes", "reserve"), permis=())
        voie = str(fiche["voie"])
        vues.append(voie)
        siennes = [_nom(voie, fiche, periode) for periode in fiche["periodes"]]
        verifier_periodes(voie, [(n.depuis, n.jusqu_a) for n in siennes])
        lignes += sorted(siennes, key=lambda n: n.depuis)
    if sorted(vues) != sorted(VOIES):
        raise ReglesInvalides(f"{FICHIER} : les parcours attendus sont {', '.join(VOIES)}, une fois chacun.")
    return tuple(lignes)


def _nom(voie: str, fiche: Fiche, periode: Fiche) -> NomParcours:
    exiger(
        {"id": voie, **periode}, obligatoires=("id", "depuis", "nom", "reference", "confiance"),
        permis=("jusqu_a", "aussi"),
    )  # fmt: skip
    try:
        confiance = Confiance(periode["confiance"])
    except ValueError as erreur:
        raise ReglesInvalides(f"{voie} : {erreur}") from erreur
    return NomParcours(
        voie=voie, lecture=str(fiche["lecture"]), nom=periode["nom"], aussi=tuple(periode.get("aussi", ())),
        depuis=periode["depuis"], jusqu_a=periode.get("jusqu_a"), reference=periode["reference"], confiance=confiance,
        reserve=fiche["reserve"],
    )  # fmt: skip
