"""The objectives tree mapped to the families of the law, of the DREES and of the ministry, read from a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from cordee.metier.contrats.enums import FamilleActivite
from cordee.metier.orientation.regles.vocabulaire import vocabulaire
from cordee.reglementation.chargement import ReglesInvalides

_FICHIER = "familles.yaml"
_CONFIANCES = ("H", "M", "L")


@dataclass(frozen=True, slots=True)
class Correspondance:
    """How one objective or action is counted. ``confiance``: H read in the source, M from the labels, L a choice."""

    activite: FamilleActivite
    drees: str
    ministere: str
    confiance: str


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """The list of a body: code → label, with where it comes from."""

    reference: str
    confiance: str
    natures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Familles:
    drees: Nomenclature
    ministere: Nomenclature
    themes: Mapping[str, Correspondance]
    objectifs: Mapping[str, Correspondance]
    actions: Mapping[str, Correspondance]

    def de(self, code: str) -> Correspondance | None:
        """How a whole code (« mobilite.permis ») is counted: the action, else the objective, else its theme."""
        theme = code.partition(".")[0]
        return self.actions.get(code) or self.objectifs.get(code) or self.themes.get(theme)


@cache
def familles() -> Familles:
    """The correspondences of this installation, read once.

    >>> trouvee = familles().de("emploi.siae")
    >>> trouvee.activite.value, familles().drees.natures[trouvee.drees], familles().ministere.natures["03"]
    ('recherche', "Insertion par l'activité économique", "Insertion par l'activité économique")
    >>> familles().de("inconnu") is None
    True
    """
    texte = files("cordee.metier.contrats.regles").joinpath(_FICHIER).read_text(encoding="utf-8")
    return lire(yaml.safe_load(texte))


def lire(fiche: Mapping[str, Any]) -> Familles:
    """Check the file and build the correspondences.

    Raises:
        ReglesInvalides: unknown code, unknown nature, theme of the vocabulary without a line.
    """
    listes = {nom: _nomenclature(fiche[nom]) for nom in ("drees", "ministere")}
    tables = {
        nom: MappingProxyType({code: _lire(code, ligne, listes) for code, ligne in fiche[nom].items()})
        for nom in ("themes", "objectifs", "actions")
    }
    vocab = vocabulaire()
    connus = {"themes": vocab.themes, "objectifs": vocab.objectifs, "actions": vocab.actions}
    for nom, table in tables.items():
        if inconnus := set(table) - set(connus[nom]):
            raise ReglesInvalides(f"{_FICHIER}, {nom} : code inconnu « {sorted(inconnus)[0]} ».")
    if absents := set(vocab.themes) - set(tables["themes"]):
        raise ReglesInvalides(f"{_FICHIER} : thème sans famille « {sorted(absents)[0]} ».")
    return Familles(
        listes["drees"], listes["ministere"], tables["themes"], tables["objectifs"], tables["actions"]
    )  # fmt: skip


def _nomenclature(fiche: Mapping[str, Any]) -> Nomenclature:
    return Nomenclature(fiche["reference"], fiche["confiance"], MappingProxyType(dict(fiche["natures"])))


def _lire(code: str, ligne: Mapping[str, str], listes: Mapping[str, Nomenclature]) -> Correspondance:
    for nom, liste in listes.items():
        if ligne[nom] not in liste.natures:
            raise ReglesInvalides(f"{_FICHIER}, {code} : nature inconnue « {ligne[nom]} ».")
    if ligne["confiance"] not in _CONFIANCES:
        raise ReglesInvalides(f"{_FICHIER}, {code} : confiance inconnue « {ligne['confiance']} ».")
    return Correspondance(FamilleActivite(ligne["activite"]), ligne["drees"], ligne["ministere"], ligne["confiance"])
