"""The rows of one person: her own and those merged into her. Rows keep their owner; reads span the group."""

from __future__ import annotations

from collections.abc import Iterable

from cordee.metier.personnes.models import Fusion, Personne
from cordee.socle.memoire import retenir


def ids_du_groupe(personne: Personne) -> list[int]:
    """Her row and every row merged into her (or into the one she is merged into). Rows keep their owner: reads span
    the group.
    """
    canonique = personne.canonique_id or personne.pk
    reunies = Personne.objects.filter(canonique_id=canonique).order_by("pk").values_list("pk", flat=True)
    return [canonique, *retenir(("reunies", canonique), lambda: tuple(reunies))]


def ids_des_groupes(ids: Iterable[int]) -> dict[int, list[int]]:
    """``ids_du_groupe`` for many canonical rows, in one query."""
    groupes = {pk: [pk] for pk in ids}
    for pk, canonique in Personne.objects.filter(canonique__in=list(groupes)).values_list("pk", "canonique_id"):
        groupes[canonique].append(pk)  # type: ignore[index]
    return groupes


def ids_reunis_a(pk: int) -> list[int]:
    """A row and all those merged into it, directly or not, by the merges in force: what undoing its merge gives back.

    One query per level; chains are short.
    """
    ids, frontiere = [pk], [pk]
    while frontiere:
        lignes = Fusion.objects.filter(canonique__in=frontiere, annulee_le=None).order_by("pk")
        frontiere = list(lignes.values_list("absorbee_id", flat=True))
        ids += frontiere
    return ids
