"""The texts in force on a day, and the history of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import ModeleCourrier
from cordee.metier.courriers.textes_de_depart import texte_de_depart


@dataclass(frozen=True, slots=True)
class Texte:
    """The words of a letter: those of the Département, or those of the installation (``modele_id`` none)."""

    blocs: Mapping[str, str]
    modele_id: int | None = None
    version: int = 0


class TextesEnVigueur:
    """Every text of a day, read in one query."""

    def __init__(self, au: date) -> None:
        self._propres: dict[tuple[str, str, str], Texte] = {}
        actifs = ModeleCourrier.objects.filter(actif_du__lte=au).order_by("actif_du", "version")
        for m in actifs:
            self._propres[m.genre, m.canal, m.langue] = Texte(m.blocs, m.pk, m.version)

    def de(self, genre: GenreCourrier, canal: Canal, langue: str = "fr") -> Texte:
        """The words to use; a text without a block when there is none."""
        propre = self._propres.get((genre, canal, langue))
        return propre or Texte(texte_de_depart(genre, canal, langue))


def versions_de(genre: GenreCourrier, canal: Canal, langue: str) -> QuerySet[ModeleCourrier]:
    """The history of one text, latest first."""
    return (
        ModeleCourrier.objects.filter(genre=genre, canal=canal, langue=langue)
        .select_related("cree_par", "active_par")
        .order_by("-version")
    )
