"""Stored rows against a replay, lot by lot: as text, by what COPY gives, so that nothing is parsed for nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from cordee.metier.parcours.regles import Ligne, Situation
from cordee.metier.parcours.services.copie import (
    COLONNES_ECHEANCE,
    COLONNES_ETAPE,
    COLONNES_SITUATION,
    texte_de_tache,
    texte_des_colonnes,
)

_TACHES: Final = """
COPY (SELECT {colonnes} FROM {table} WHERE personne_id = ANY(%s::bigint[])) TO STDOUT
"""
_SITUATIONS: Final = f"""
COPY (
    SELECT s.personne_id, s.etape_id IS NOT DISTINCT FROM e.id, {", ".join(f"s.{c}" for c in COLONNES_SITUATION[2:])}
    FROM parcours_situation s
    LEFT JOIN parcours_etape e ON e.personne_id = s.personne_id AND e.fermee_le IS NULL
    WHERE s.personne_id = ANY(%s::bigint[])
) TO STDOUT
"""


@dataclass(frozen=True, slots=True)
class Ecart:
    """One person whose stored rows differ from the replay of her events."""

    personne_id: int
    quoi: str


@dataclass(frozen=True, slots=True)
class Rejeu:
    """What a person's events say. ``dernier``: id of the last one, 0 when there is none."""

    situation: Situation
    lignes: list[Ligne]
    dernier: int


def comparer(rejeux: Mapping[int, Rejeu]) -> list[Ecart]:
    """People whose stored rows are not those of their replay, in the order given.

    Every column is compared, but the ids of étapes and échéances, which a replay does not know.
    """
    ids = list(rejeux)
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL datestyle = 'ISO'")
        stockees = _situations(_lire(curseur, _SITUATIONS, ids))
        taches = _lire(curseur, _TACHES.format(colonnes=", ".join(COLONNES_ETAPE[1:]), table="parcours_etape"), ids)
        taches += _lire(
            curseur, _TACHES.format(colonnes=", ".join(COLONNES_ECHEANCE[1:]), table="parcours_echeance"), ids
        )
    autrement = _taches_autrement(taches, rejeux)
    ecarts = []
    for pk, rejeu in rejeux.items():
        quoi = _situation_autrement(stockees.get(pk), rejeu) or ("étapes et échéances" if pk in autrement else "")
        if quoi:
            ecarts.append(Ecart(pk, quoi))
    return ecarts


def _lire(curseur: Any, requete: str, ids: Sequence[int]) -> list[str]:
    with curseur.cursor.copy(requete, [ids]) as copie:
        return b"".join(copie).decode().split("\n")[:-1]


def _situations(lignes: list[str]) -> dict[int, tuple[bool, str, str]]:
    """Person → (does she point at her open étape, or at none when none is open; columns; calculation as JSON)."""
    stockees = {}
    for ligne in lignes:
        personne, designee, reste = ligne.split("\t", 2)
        colonnes, calcul = reste.rsplit("\t", 1)
        stockees[int(personne)] = (designee == "t", colonnes, calcul)
    return stockees


def _situation_autrement(stockee: tuple[bool, str, str] | None, rejeu: Rejeu) -> str:
    if stockee is None:
        return "situation absente" if rejeu.lignes else ""
    designee, colonnes, calcul = stockee
    attendues = f"{rejeu.dernier}\t{texte_des_colonnes(rejeu.situation)}"
    if colonnes != attendues or _lu(calcul) != rejeu.situation.vers_json():
        return "situation"
    return "" if designee else "étape désignée"


def _lu(calcul: str) -> Any:
    """As values: PostgreSQL orders the keys of JSON its own way."""
    return json.loads(calcul.replace("\\\\", "\\"))


def _taches_autrement(stockees: list[str], rejeux: Mapping[int, Rejeu]) -> set[int]:
    """People whose étapes and échéances are not those of the replay."""
    attendues: Counter[str] = Counter()
    for pk, rejeu in rejeux.items():
        personne = str(pk)
        attendues.update([texte_de_tache(ligne, personne) for ligne in rejeu.lignes])
    attendues.subtract(stockees)
    return {int(ligne.split("\t", 1)[0]) for ligne, ecart in attendues.items() if ecart}
