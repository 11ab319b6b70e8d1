"""What was sent to a person, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import EtatDate, date_certaine
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe


def courriers_de(personne: Personne) -> QuerySet[Courrier]:
    """Letters of a person (and of the rows merged into her), latest first, with the states of their delivery (R81)."""
    lignes = Courrier.objects.filter(personne__in=ids_du_groupe(personne)).order_by("-cree_le", "-pk")
    return lignes.select_related("cree_par").prefetch_related("suivis")


def courriers_de_l_objet(objet_type: str, objet_id: int) -> QuerySet[Courrier]:
    """Letters about one appointment, decision or contract."""
    return Courrier.objects.filter(objet_type=objet_type, objet_id=objet_id).order_by("pk").prefetch_related("suivis")


def a_envoyer(*, genre: GenreCourrier | None = None) -> QuerySet[Courrier]:
    """Letters written and not gone yet, oldest first: what the post room has to print."""
    lignes = Courrier.objects.filter(etat="", annule_le__isnull=True).order_by("cree_le", "pk")
    return lignes.filter(genre=genre) if genre else lignes


def en_attente_d_envoi(personne: Personne) -> QuerySet[Courrier]:
    """Letters of one person written and not gone, oldest first."""
    return a_envoyer().filter(personne__in=ids_du_groupe(personne))


def date_certaine_de(courrier: Courrier) -> date | None:
    """The day on which the law holds this letter to have been received (C. trav. R5411-8-1), or ``None``."""
    if not courrier.moyen:
        return None
    return date_certaine(_etats(courrier), moyen=MoyenRemise(courrier.moyen))


def _etats(courrier: Courrier) -> Iterator[EtatDate]:
    for etat, le in courrier.suivis.order_by("le", "pk").values_list("etat", "le"):
        yield EtatDate(EtatRemise(etat), le)
