"""A contract at one moment, as plain data, and the readable difference between two of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cordee.metier.contrats.enums import Engage, FamilleActivite
from cordee.metier.contrats.regles.contenu import Ligne, motif_heures_en_mots
from cordee.metier.parcours.enums import Intensite

RUBRIQUES = (
    ("projet", "Son projet et ses objectifs"),
    ("objectifs", "Les objectifs choisis ensemble"),
    ("personne", "La personne s'engage à"),
    ("organisme", "Nous nous engageons à"),
    ("plan", "Le plan d'action"),
    ("heures", "Heures par semaine"),
    ("motif", "Raison d'une durée réduite"),
    ("intensite", "Rythme des échanges"),
    ("actualisation", "Actualisation convenue le"),
    ("referent", "Référent"),
    ("ore", "L'emploi cherché"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the contract: what went, what came, what stays, line by line."""

    rubrique: str
    retire: tuple[str, ...]
    ajoute: tuple[str, ...]
    garde: tuple[str, ...] = ()


def photographier(
    *, projet: Sequence[str], objectifs: Sequence[str], lignes: Iterable[Ligne], heures: Decimal | None, motif: str,
    precision: str, intensite: str, actualisation: date | None, referent: str, ore: Sequence[str],
) -> dict[str, list[str]]:  # fmt: skip
    """A contract as lists of readable lines, by part: what is kept of a version."""
    lignes = list(lignes)
    return {
        "projet": list(projet),
        "objectifs": list(objectifs),
        "personne": [_promesse(x) for x in lignes if x.engage is Engage.PERSONNE and x.famille is None],
        "organisme": [_promesse(x) for x in lignes if x.engage is Engage.ORGANISME and x.famille is None],
        "plan": [_action(x) for x in lignes if x.famille is not None],
        "heures": [] if heures is None else [_heures(heures)],
        "motif": [m for m in [motif_heures_en_mots(motif, precision)] if m],
        "intensite": [Intensite(intensite).libelle] if intensite else [],
        "actualisation": [f"{actualisation:%d/%m/%Y}"] if actualisation else [],
        "referent": [referent] if referent else [],
        "ore": [x for x in ore if x],
    }


def differences(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> list[Difference]:
    """What changed from one version to the next, in the order of the contract; nothing when they say the same.

    >>> differences({"projet": ["Travailler"], "heures": ["15 heures"]}, {"projet": ["Travailler"], "heures": ["8"]})
    [Difference(rubrique='Heures par semaine', retire=('15 heures',), ajoute=('8',), garde=())]
    """
    changees = []
    for cle, libelle in RUBRIQUES:
        vieux, neuf = list(avant.get(cle) or ()), list(apres.get(cle) or ())
        if vieux == neuf:
            continue
        difference = Difference(
            libelle,
            retire=tuple(x for x in vieux if x not in neuf),
            ajoute=tuple(x for x in neuf if x not in vieux),
            garde=tuple(x for x in neuf if x in vieux),
        )
        if difference.retire or difference.ajoute:
            changees.append(difference)
    return changees


def _promesse(ligne: Ligne) -> str:
    return ligne.texte.strip() + (f" (avant le {ligne.avant_le:%d/%m/%Y})" if ligne.avant_le else "")


def _action(ligne: Ligne) -> str:
    famille = FamilleActivite(ligne.famille).libelle if ligne.famille else ""
    heures = f", {_heures(ligne.heures)}" if ligne.heures else ""
    avant = f", avant le {ligne.avant_le:%d/%m/%Y}" if ligne.avant_le else ""
    nous = " — nous" if ligne.engage is Engage.ORGANISME else ""
    return f"{ligne.texte.strip()} ({famille}{heures}{avant}){nous}"


def _heures(valeur: Decimal) -> str:
    """
    >>> _heures(Decimal("1.5")), _heures(Decimal("15.0")), _heures(Decimal(1))
    ('1,5 heure', '15 heures', '1 heure')
    """
    return f"{Decimal(valeur).normalize():f}".replace(".", ",") + (" heures" if valeur >= 2 else " heure")
