"""Rebuild from events equals stored: replay, compare, write again.

Everybody is taken by lots of ``LOT`` people, each in its own transaction: memory does not grow with the département,
and several processes may share the lots.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from typing import Final

from django.db import connection, connections, transaction

from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Fait, Ligne, Situation, rejouer
from cordee.metier.parcours.services.comparaison import Ecart, Rejeu, comparer
from cordee.metier.parcours.services.ecriture import ecrire
from cordee.metier.personnes.models import Personne
from cordee.socle.horloge import PARIS
from cordee.socle.ramassage import sans_ramassage

__all__ = ["Ecart", "groupe_de", "reconstruire", "reecrire", "rejouer_personnes"]

LOT: Final = 1000
_EVENEMENTS: Final = """
SELECT id, personne_id, genre, survenu_le::text, donnees::text FROM parcours_evenement
WHERE personne_id = ANY(%s::bigint[]) ORDER BY id
"""
_CONCERNEES: Final = """
SELECT personne_id FROM parcours_evenement UNION SELECT personne_id FROM parcours_situation
UNION SELECT personne_id FROM parcours_etape UNION SELECT personne_id FROM parcours_echeance ORDER BY 1
"""
_GENRES: Final = {str(genre): genre for genre in GenreEvenement}


def reconstruire(*, verifier: bool, personnes: Sequence[int] | None = None, processus: int = 1) -> list[Ecart]:
    """Replay everybody (or the people given) and compare with what is stored.

    Args:
        verifier: only compare. Otherwise the rows that differ are written again.
        processus: how many processes share the work; each opens its own connection, so nothing written by an open
            transaction of the caller is seen by them.

    Returns the differences found (and mended when ``verifier`` is false).
    """
    if personnes is None:
        with connection.cursor() as curseur:
            curseur.execute(_CONCERNEES)
            personnes = [pk for (pk,) in curseur.fetchall()]
    lots = [list(personnes[debut : debut + LOT]) for debut in range(0, len(personnes), LOT)]
    traiter = partial(_traiter, verifier=verifier)
    if processus <= 1 or len(lots) <= 1:
        return [ecart for lot in lots for ecart in traiter(lot)]
    connections.close_all()  # a connection is never shared with the processes made now
    with get_context("fork").Pool(min(processus, len(lots))) as groupe:
        return [ecart for ecarts in groupe.imap(traiter, lots) for ecart in ecarts]


def _traiter(ids: Sequence[int], *, verifier: bool) -> list[Ecart]:
    """One lot. Who seems to differ is read again, locked: somebody may have acted between two readings."""
    with sans_ramassage(), transaction.atomic():
        trouves = comparer(_rejouer_lot(ids))
    if not trouves:
        return []
    with transaction.atomic():
        douteux = [ecart.personne_id for ecart in trouves]
        list(Personne.objects.select_for_update(no_key=True).filter(pk__in=douteux).order_by("pk").values_list("pk"))
        rejeux = _rejouer_lot(douteux)
        ecarts = comparer(rejeux)
        if ecarts and not verifier:
            _reecrire({e.personne_id: rejeux[e.personne_id] for e in ecarts})
    return ecarts


def rejouer_personnes(ids: Sequence[int]) -> None:
    """Replay these people and write their rows again (after a merge, its undoing, a correction)."""
    _reecrire(_rejouer_lot(ids))


def _reecrire(rejeux: Mapping[int, Rejeu]) -> None:
    reecrire(
        {pk: (rejeu.situation, rejeu.lignes) for pk, rejeu in rejeux.items()},
        {pk: rejeu.dernier for pk, rejeu in rejeux.items()},
    )


@transaction.atomic
def reecrire(resultats: dict[int, tuple[Situation, list[Ligne]]], derniers: dict[int, int]) -> None:
    """Replace the derived rows of these people by the result of their replay."""
    ids = list(resultats)
    SituationStockee.objects.filter(personne_id__in=ids).update(etape=None, soumis=False)
    Etape.objects.filter(personne_id__in=ids).delete()
    Echeance.objects.filter(personne_id__in=ids).delete()
    ecrire(resultats, derniers)


def groupe_de(ids: Sequence[int]) -> dict[int, int]:
    """Row id → id of the person it now is, for the people given and all the rows merged into them."""
    groupe = {pk: pk for pk in ids}
    frontiere = list(ids)
    while frontiere:
        suivants = list(Personne.objects.filter(canonique_id__in=frontiere).values_list("pk", "canonique_id"))
        frontiere = []
        for pk, canonique in suivants:
            if pk not in groupe or groupe[pk] == pk:
                groupe[pk] = groupe[canonique]
                frontiere.append(pk)
    return groupe


def _rejouer_lot(ids: Sequence[int]) -> dict[int, Rejeu]:
    """Replay each person with the events of every row merged into her. Merged rows have no path of their own."""
    groupe = groupe_de(ids)
    absorbees = set(Personne.objects.filter(pk__in=ids, canonique__isnull=False).values_list("pk", flat=True))
    faits: defaultdict[int, list[Fait]] = defaultdict(list)
    derniers: dict[int, int] = dict.fromkeys(ids, 0)
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL datestyle = 'ISO'")
        curseur.execute(_EVENEMENTS, [list(groupe)])
        for pk, personne_id, genre, texte, donnees in curseur.fetchall():
            if personne_id in derniers:
                derniers[personne_id] = pk
            qui = groupe[personne_id]
            if qui not in absorbees:
                derniers[qui] = pk
                survenu_le = datetime.fromisoformat(texte).astimezone(PARIS)
                faits[qui].append(Fait(pk, _GENRES[genre], survenu_le, json.loads(donnees)))
    return {pk: Rejeu(*rejouer(faits[pk]), derniers[pk]) for pk in ids}
