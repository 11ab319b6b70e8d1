"""Reads of the follow-up."""

from __future__ import annotations

from django.db.models import QuerySet

from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.suivi.models import ContactSuivi


def contacts_de(personne: Personne) -> QuerySet[ContactSuivi]:
    """Contacts and attempts, latest first. Corrected ones are left out."""
    lignes = ContactSuivi.objects.filter(personne__in=ids_du_groupe(personne), annule_le__isnull=True)
    return lignes.select_related("par").order_by("-le", "-pk")
