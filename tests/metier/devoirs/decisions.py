"""Decisions of the unit, ready to be told to a paying body."""

from __future__ import annotations

from datetime import date
from typing import Any

from cordee.metier.devoirs.enums import MotifMesure, NatureMesure
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.personnes.models import Personne
from tests import fabriques as f

DECISION: dict[str, Any] = {
    "nature": NatureMesure.SUSPENSION, "motif": MotifMesure.CONTRAT_NON_RESPECTE, "type": "non_respect_contrat",
    "regime": "NAT-2025", "taux": 50, "mois": 2, "decidee_le": date(2026, 2, 2), "notifiee_le": date(2026, 2, 9),
    "debut": date(2026, 2, 1), "fin": date(2026, 4, 1), "preuve": "2026-DD-12",
}  # fmt: skip


def decision(personne: Personne, **champs: Any) -> MesureDecidee:
    """A suspension of half the allowance over two months, notified and not told yet."""
    valeurs = {**DECISION, "saisie_le": f.MAINTENANT, "saisie_par": f.systeme(), **champs}
    return MesureDecidee.objects.create(personne=personne, **valeurs)
