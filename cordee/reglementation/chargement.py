"""Reading and checking the YAML of the rules. A wrong file stops the program at load, never at the counter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

Fiche = dict[str, Any]


class ReglesInvalides(ValueError):
    """A file of rules breaks its own contract. The message names the rule and the fault."""


def lire_yaml(nom: str) -> list[Fiche]:
    """The list of records of a data file that stands in this package.

    Raises:
        ReglesInvalides: the file does not hold a list of records.
    """
    contenu = yaml.safe_load(files("cordee.reglementation").joinpath(nom).read_text(encoding="utf-8"))
    if not isinstance(contenu, list) or not all(isinstance(fiche, dict) for fiche in contenu):
        raise ReglesInvalides(f"{nom} : une liste de fiches est attendue.")
    return contenu


def versions_completes(fiche: Fiche) -> Iterator[Fiche]:
    """Each version of a rule, completed by what is written at the rule's level.

    >>> list(versions_completes({"id": "x", "unite": "mois", "versions": [{"valeur": 1}]}))
    [{'id': 'x', 'unite': 'mois', 'valeur': 1}]
    """
    commun = {cle: valeur for cle, valeur in fiche.items() if cle != "versions"}
    if not fiche.get("versions"):
        raise ReglesInvalides(f"{fiche.get('id', '?')} : aucune version.")
    for version in fiche["versions"]:
        yield commun | version


def exiger(fiche: Fiche, *, obligatoires: Iterable[str], permis: Iterable[str]) -> None:
    """Check that a completed version has what it must and nothing unknown (a misspelt key is a lost rule).

    >>> exiger({"id": "x", "natur": "legale"}, obligatoires=["id"], permis=["nature"])
    Traceback (most recent call last):
    ...
    cordee.reglementation.chargement.ReglesInvalides: x : clé inconnue « natur ».
    """
    nom = fiche.get("id", "?")
    for cle in obligatoires:
        if fiche.get(cle) in (None, "", [], {}):
            raise ReglesInvalides(f"{nom} : « {cle} » manque.")
    for cle in fiche:
        if cle not in {*obligatoires, *permis}:
            raise ReglesInvalides(f"{nom} : clé inconnue « {cle} ».")


def verifier_periodes(nom: str, periodes: Iterable[tuple[date, date | None]]) -> None:
    """Check that the periods of one rule (end excluded, ``None`` = still in force) are real and never overlap.

    >>> verifier_periodes("x", [(date(2025, 1, 1), None), (date(2012, 4, 1), date(2025, 1, 1))])
    >>> verifier_periodes("x", [(date(2012, 4, 1), None), (date(2025, 1, 1), None)])
    Traceback (most recent call last):
    ...
    cordee.reglementation.chargement.ReglesInvalides: x : deux versions se chevauchent au 2025-01-01.
    """
    fin_precedente: date | None = date.min
    for depuis, jusqu_a in sorted(periodes, key=lambda periode: periode[0]):
        if fin_precedente is None or depuis < fin_precedente:
            raise ReglesInvalides(f"{nom} : deux versions se chevauchent au {depuis}.")
        if jusqu_a is not None and jusqu_a <= depuis:
            raise ReglesInvalides(f"{nom} : la période du {depuis} au {jusqu_a} est vide.")
        fin_precedente = jusqu_a
