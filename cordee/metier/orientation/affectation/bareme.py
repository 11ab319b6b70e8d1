"""The published table of weights, read and checked once: a wrong value is refused with a sentence, nothing changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from cordee.metier.orientation.affectation.enums import RegleCouples
from cordee.socle.erreurs import ErreurMetier

FICHIER: Final = "bareme.yaml"
SEMAINES_COMPTEES: Final = 26
_SECTIONS: Final = ("criteres", "charge", "regles", "capacites")


class BaremeInvalide(ErreurMetier):
    """The table of weights cannot be used; the sentence names the line."""


@dataclass(frozen=True, slots=True)
class Poids:
    """One line of the table, as the page prints it."""

    cle: str
    valeur: int | str
    libelle: str
    pourquoi: str = ""


@dataclass(frozen=True, slots=True)
class Bareme:
    """The weights in points, loads in hundredths of a person, capacities in people.

    ``remplissage``: (share from which it holds, in percent; extra points), ascending: the cost of a référent is convex.
    """

    version: str
    criteres: Mapping[str, int]
    remplissage: tuple[tuple[int, int], ...]
    charge: Mapping[str, int]
    regles: Mapping[str, int]
    couples: RegleCouples
    capacites: Mapping[str, int]
    lignes: Mapping[str, tuple[Poids, ...]]
    empreinte: str

    def poids_de(self, voie: str, *, nouveau: bool, interprete: bool = False) -> int:
        """Load of one person, in hundredths (R18).

        >>> bareme().poids_de("social", nouveau=True), bareme().poids_de("emploi", nouveau=False)
        (180, 80)
        """
        poids = self.charge.get(voie) or self.charge["socio_pro"]
        if nouveau:
            poids = poids * self.charge["nouveaute"] // 100
        return poids * self.charge["interprete"] // 100 if interprete else poids

    def paliers(self, capacite: int, deja: int, places: int) -> list[tuple[int, int]]:
        """The next ``places`` of a référent as (number, extra points), dearer and dearer as she fills up.

        Args:
            capacite, deja: people she may follow, people she follows; the same unit as ``places``.

        >>> bareme().paliers(100, 80, 20)
        [(5, 2), (10, 5), (5, 9)]

        """
        seuils = [(-(-capacite * part // 100), points) for part, points in self.remplissage]
        paliers, pris = [], 0
        for rang, (_, points) in enumerate(seuils):
            jusqu_a = seuils[rang + 1][0] if rang + 1 < len(seuils) else deja + places
            nombre = min(max(jusqu_a - deja - pris, 0), places - pris)
            if nombre:
                paliers.append((nombre, points))
                pris += nombre
        return paliers


@cache
def bareme() -> Bareme:
    """The table of the package."""
    return lire_bareme((files(__package__) / FICHIER).read_text("utf-8"))


def lire_bareme(texte: str) -> Bareme:
    """A table from its text.

    Raises:
        BaremeInvalide: not a table, a missing or unknown line, a value that is no whole number or out of its interval.

    """
    brut = _charger(texte)
    modele = yaml.safe_load((files(__package__) / FICHIER).read_text("utf-8"))
    lus = {section: _section(brut, modele, section) for section in _SECTIONS}
    valeurs = {section: {p.cle: p.valeur for p in poids} for section, poids in lus.items()}
    couples = valeurs["regles"].pop("couples")
    entiers: dict[str, dict[str, int]] = {s: {c: int(v) for c, v in d.items()} for s, d in valeurs.items()}
    return Bareme(
        version=str(brut.get("version", "")), criteres=entiers["criteres"], remplissage=_remplissage(brut),
        charge=entiers["charge"], regles=entiers["regles"], couples=RegleCouples(str(couples)),
        capacites=entiers["capacites"], lignes=lus, empreinte=hashlib.sha256(texte.encode()).hexdigest()[:12],
    )  # fmt: skip


def _charger(texte: str) -> dict[str, Any]:
    try:
        brut = yaml.safe_load(texte)
    except yaml.YAMLError as e:
        raise BaremeInvalide("Le barème n'est pas lisible : ce n'est pas du YAML. Rien n'a été changé.") from e
    if not isinstance(brut, dict) or not brut.get("version"):
        raise BaremeInvalide("Le barème doit porter une version. Rien n'a été changé.")
    return brut


def _section(brut: Mapping[str, Any], modele: Mapping[str, Any], section: str) -> tuple[Poids, ...]:
    lignes, attendues = brut.get(section) or {}, modele[section]
    if not isinstance(lignes, dict):
        raise BaremeInvalide(f"« {section} » du barème doit être une liste de lignes nommées.")
    inconnues, manquantes = sorted(lignes.keys() - attendues.keys()), sorted(attendues.keys() - lignes.keys())
    if inconnues:
        raise BaremeInvalide(f"Le barème a une ligne inconnue dans « {section} » : « {inconnues[0]} ».")
    if manquantes:
        raise BaremeInvalide(f"Il manque au barème, dans « {section} », la ligne « {manquantes[0]} ».")
    return tuple(_poids(cle, lignes[cle], attendues[cle]) for cle in attendues)


def _poids(cle: str, ligne: Any, attendue: Mapping[str, Any]) -> Poids:
    valeur = ligne.get("valeur") if isinstance(ligne, dict) else ligne
    libelle, pourquoi = attendue["libelle"], attendue.get("pourquoi", "")
    if "entre" not in attendue:
        if valeur not in list(RegleCouples):
            raise BaremeInvalide(f"« {libelle} » : la valeur « {valeur} » n'existe pas.")
        return Poids(cle, str(valeur), libelle, pourquoi)
    bas, haut = attendue["entre"]
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not bas <= valeur <= haut:
        raise BaremeInvalide(
            f"« {libelle} » : la valeur « {valeur} » est impossible, il faut un nombre entier entre {bas} et {haut}."
        )
    return Poids(cle, valeur, libelle, pourquoi)


def _remplissage(brut: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    """Convex, or the flow would not be exact: the fuller, the dearer."""
    try:
        paliers = tuple((int(p["des"]), int(p["points"])) for p in brut["remplissage"])
    except (KeyError, TypeError, ValueError) as e:
        raise BaremeInvalide("Les paliers de remplissage du barème doivent dire « des » et « points ».") from e
    parts, points = [p for p, _ in paliers], [n for _, n in paliers]
    if not paliers or parts[0] != 0 or parts != sorted(set(parts)) or parts[-1] > 100:
        raise BaremeInvalide("Les paliers de remplissage vont de 0 à 100 %, dans l'ordre, chacun une fois.")
    if points != sorted(points) or points[0] < 0 or points[-1] > 200:
        raise BaremeInvalide("Plus un référent est chargé, plus une place coûte : les points ne peuvent pas baisser.")
    return paliers
