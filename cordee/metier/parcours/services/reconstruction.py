"""Rebuild from events equals stored: replay, compare, write again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Fait, Ligne, Situation, rejouer
from cordee.metier.parcours.services.ecriture import ecrire, ligne_de_la_base
from cordee.metier.personnes.models import Personne

LOT = 2000


@dataclass(frozen=True, slots=True)
class Ecart:
    """One person whose stored rows differ from the replay of her events."""

    personne_id: int
    quoi: str


@transaction.atomic
def reconstruire(*, verifier: bool, personnes: Sequence[int] | None = None) -> list[Ecart]:
    """Replay everybody (or the people given) and compare with what is stored.

    Args:
        verifier: only compare. Otherwise the rows that differ are written again.

    Returns the differences found (and mended when ``verifier`` is false).
    """
    ecarts: list[Ecart] = []
    for ids in _lots(personnes):
        rejoues, derniers = _rejouer_lot(ids)
        trouves = _comparer(ids, rejoues)
        ecarts += trouves
        if trouves and not verifier:
            reecrire({e.personne_id: rejoues[e.personne_id] for e in trouves}, derniers)
    return ecarts


def rejouer_personnes(ids: Sequence[int]) -> None:
    """Replay these people and write their rows again (after a merge, its undoing, a correction)."""
    rejoues, derniers = _rejouer_lot(ids)
    reecrire(rejoues, derniers)


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


def _rejouer_lot(ids: Sequence[int]) -> tuple[dict[int, tuple[Situation, list[Ligne]]], dict[int, int]]:
    """Replay each person with the events of every row merged into her. Merged rows have no path of their own."""
    groupe = groupe_de(ids)
    absorbees = set(Personne.objects.filter(pk__in=ids, canonique__isnull=False).values_list("pk", flat=True))
    faits: defaultdict[int, list[Fait]] = defaultdict(list)
    derniers: dict[int, int] = dict.fromkeys(ids, 0)
    evenements = Evenement.objects.filter(personne_id__in=list(groupe)).order_by("id")
    for pk, personne_id, genre, survenu_le, donnees in evenements.values_list(
        "pk", "personne_id", "genre", "survenu_le", "donnees"
    ).iterator(chunk_size=5000):
        qui = groupe[personne_id]
        derniers[qui] = pk
        if qui not in absorbees:
            faits[qui].append(Fait(pk, GenreEvenement(genre), survenu_le, donnees))
    return {pk: rejouer(faits[pk]) for pk in ids}, derniers


def _comparer(ids: Sequence[int], rejoues: dict[int, tuple[Situation, list[Ligne]]]) -> list[Ecart]:
    stockees = {s.personne_id: s for s in SituationStockee.objects.filter(personne_id__in=ids)}
    lignes: defaultdict[int, list[Any]] = defaultdict(list)
    pointees: dict[int, int] = {}
    for modele in (Etape, Echeance):
        for ligne in modele.objects.filter(personne_id__in=ids):
            lue = ligne_de_la_base(ligne)
            lignes[ligne.personne_id].append(_comparable(lue))
            if modele is Etape and lue.fermee_le is None:
                pointees[ligne.personne_id] = ligne.pk
    ecarts = []
    for pk in ids:
        situation, attendues = rejoues[pk]
        stockee = stockees.get(pk)
        if stockee is None:
            if attendues:
                ecarts.append(Ecart(pk, "situation absente"))
        elif stockee.calcul != situation.vers_json() or stockee.etat != situation.etat:
            ecarts.append(Ecart(pk, "situation"))
        elif stockee.soumis != situation.soumis or stockee.etape_id != pointees.get(pk):
            ecarts.append(Ecart(pk, "étape désignée"))
        elif sorted(lignes[pk]) != sorted(_comparable(ligne) for ligne in attendues):
            ecarts.append(Ecart(pk, "étapes et échéances"))
    return ecarts


def _comparable(ligne: Ligne) -> tuple[str, ...]:
    t = ligne.tache
    valeurs = (ligne.cle, t.genre, t.unite, t.structure, t.agent, t.ouverte_le, t.echeance, t.terme, t.regle, t.nature,
               t.evenement, t.provisoire, t.attendu, t.objet, ligne.fermee_le, ligne.fermee_par)  # fmt: skip
    return tuple(str(v) for v in valeurs)


def _lots(personnes: Sequence[int] | None) -> Iterator[list[int]]:
    if personnes is None:
        personnes = list(
            Evenement.objects.order_by("personne_id").distinct("personne_id").values_list("personne_id", flat=True)
        )
    for debut in range(0, len(personnes), LOT):
        yield list(personnes[debut : debut + LOT])
