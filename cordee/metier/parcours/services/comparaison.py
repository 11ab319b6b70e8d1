"""Stored rows against a replay, as text: what COPY was given is what is read, and nothing is parsed for nothing."""

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

_BOOLEENS: Final = frozenset({"soumis", "provisoire"})


def _texte(colonnes: Sequence[str], prefixe: str = "") -> str:
    """SQL of columns as one text, the one of COPY: tab between, ``\\N`` for no value, ``t`` and ``f``."""
    textes = (f"{prefixe}{c}" if c in _BOOLEENS else rf"coalesce({prefixe}{c}::text, '\N')" for c in colonnes)
    return rf"concat_ws(E'\t', {', '.join(textes)})"


_TACHES: Final = "SELECT {texte} FROM {table} WHERE personne_id = ANY(%s::bigint[])"
_ETAPES: Final = _TACHES.format(texte=_texte(COLONNES_ETAPE[1:]), table="parcours_etape")
_ECHEANCES: Final = _TACHES.format(texte=_texte(COLONNES_ECHEANCE[1:]), table="parcours_echeance")
_SITUATIONS: Final = f"""
SELECT s.personne_id, s.etape_id IS NOT DISTINCT FROM e.id, {_texte(COLONNES_SITUATION[2:-1], "s.")}, s.calcul::text
FROM parcours_situation s
LEFT JOIN parcours_etape e ON e.personne_id = s.personne_id AND e.fermee_le IS NULL
WHERE s.personne_id = ANY(%s::bigint[])
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
        curseur.execute(_SITUATIONS, [ids])
        stockees = {pk: reste for pk, *reste in curseur.fetchall()}
        taches = []
        for requete in (_ETAPES, _ECHEANCES):
            curseur.execute(requete, [ids])
            taches += [texte for (texte,) in curseur.fetchall()]
    autrement = _taches_autrement(taches, rejeux)
    ecarts = []
    for pk, rejeu in rejeux.items():
        quoi = _situation_autrement(stockees.get(pk), rejeu) or ("étapes et échéances" if pk in autrement else "")
        if quoi:
            ecarts.append(Ecart(pk, quoi))
    return ecarts


def _situation_autrement(stockee: Sequence[Any] | None, rejeu: Rejeu) -> str:
    """``stockee``: does she point at her open étape (at none when none is open), columns, calculation as JSON."""
    if stockee is None:
        return "situation absente" if rejeu.lignes else ""
    designee, colonnes, calcul = stockee
    # The calculation is compared as values: PostgreSQL orders the keys of JSON its own way.
    if (
        colonnes != f"{rejeu.dernier}\t{texte_des_colonnes(rejeu.situation)}"
        or json.loads(calcul) != rejeu.situation.vers_json()
    ):
        return "situation"
    return "" if designee else "étape désignée"


def _taches_autrement(stockees: list[str], rejeux: Mapping[int, Rejeu]) -> set[int]:
    """People whose étapes and échéances are not those of the replay."""
    attendues: Counter[str] = Counter()
    for pk, rejeu in rejeux.items():
        personne = str(pk)
        attendues.update([texte_de_tache(ligne, personne) for ligne in rejeu.lignes])
    attendues.subtract(stockees)
    return {int(ligne.split("\t", 1)[0]) for ligne, ecart in attendues.items() if ecart}
