"""The experiments that were published, each with its sentence: null results as plainly as the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from cordee.pilotage.models import Experience
from cordee.pilotage.rapports import blocs
from cordee.pilotage.rapports.blocs import Bloc
from cordee.socle.horloge import PARIS


def blocs_des_evaluations(au: date) -> list[Bloc]:
    """Those published, whenever they were, oldest first; the report says when there is none."""
    publiees = Experience.objects.filter(etat="publiee", resultats__isnull=False).order_by("publiee_le")
    lus = [_bloc(e) for e in publiees]
    en_cours = Experience.objects.filter(
        etat="enregistree", enregistree_le__lte=datetime.combine(au, time.max, tzinfo=PARIS)
    )
    attendues = [e.titre for e in en_cours.order_by("enregistree_le")]
    if attendues:
        lus.append(blocs.paragraphe("Enregistrées, sans résultat publié à ce jour : " + " ; ".join(attendues) + "."))
    return lus or [blocs.paragraphe("Aucune évaluation n'a encore été publiée.")]


def _bloc(e: Experience) -> Bloc:
    r: Mapping[str, Any] = e.resultats or {}
    conclusion = r.get("conclusion") or r.get("phrase") or "La conclusion publiée n'est pas lisible."
    return blocs.encadre(e.titre, [f"Hypothèse : {e.hypothese}", str(conclusion)])
