"""What the models of this room share."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q


class CleRecherche(Func):
    """Lower case, no accent, words separated by one space (SQL function of the first migration)."""

    function = "cle_recherche"
    output_field = models.TextField()


def dates_ordonnees(nom: str) -> models.CheckConstraint:
    """A dated row ends after it begins (``fin`` excluded, open when null)."""
    return models.CheckConstraint(
        condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
        name=nom,
        violation_error_message="La date de fin doit suivre la date de début.",
    )
