"""The day a file speaks of, when it does not say it itself (contacts, table of a partner): typed by the desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction

from cordee.echanges.fichiers.depot import ReceptionImpossible
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

SANS_DATE: Final = frozenset({TypeFichier.CONTACTS, TypeFichier.PARTENAIRE})
"""Kinds whose content says no day of its own; by default they speak of the day they came."""
_MODIFIABLES: Final = (StatutFichier.RECU, StatutFichier.A_CONFIRMER)


class DateFigee(ErreurMetier):
    """The file writes its own day, or is loaded already: files are put in order by it."""


def date_a_saisir(fichier: FichierRecu) -> bool:
    """Whether the desk may say of which day a file speaks."""
    return fichier.type in SANS_DATE and fichier.statut in _MODIFIABLES


@transaction.atomic
def corriger_date_du_fichier(
    *, fichier: FichierRecu, date_du_fichier: date, par: Agent, le: datetime
) -> FichierRecu:  # fmt: skip
    """Say of which day a file speaks, before its loading; what it announces is to be looked at again from that day.

    Raises:
        DateFigee: it says it itself, or it is loaded or being loaded.
        ReceptionImpossible: a day after its reception.
    """
    courant = FichierRecu.objects.select_for_update(of=("self",)).get(pk=fichier.pk)
    if not date_a_saisir(courant):
        raise DateFigee("Ce fichier dit lui-même de quel jour il parle, ou il est déjà chargé : sa date reste.")
    if date_du_fichier > min(courant.recu_le, jour(le)):
        raise ReceptionImpossible("La date du fichier suit sa réception : vérifiez les deux dates.")
    courant.reference_le = date_du_fichier
    if isinstance(courant.rapport, dict):
        courant.rapport = {cle: valeur for cle, valeur in courant.rapport.items() if cle != "apercu"}
    courant.save(update_fields=["reference_le", "rapport"])
    return courant
