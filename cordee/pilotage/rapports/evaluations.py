"""The experiments that were published, each with its sentence: null results as plainly as the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from cordee.pilotage.enums_evaluation import EtatExperience
from cordee.pilotage.models import Experience
from cordee.pilotage.rapports import blocs
from cordee.pilotage.rapports.blocs import Bloc
from cordee.socle.horloge import PARIS

E: Final = EtatExperience


def blocs_des_evaluations(au: date) -> list[Bloc]:
    """Those published, oldest first; those registered whose result nobody has published, so that none disappears."""
    lus = [_bloc(e) for e in Experience.objects.filter(etat=E.PUBLIEE, resultats__isnull=False).order_by("publiee_le")]
    soir = datetime.combine(au, time.max, tzinfo=PARIS)
    autres = Experience.objects.filter(etat__in=(E.ENREGISTREE, E.EN_COURS, E.CLOSE, E.ABANDONNEE))
    attendues = [
        f"{e.titre} ({E(e.etat).libelle.lower()})"
        for e in autres.filter(enregistree_le__lte=soir).order_by("enregistree_le")
    ]
    if attendues:
        lus += [blocs.paragraphe("Enregistrées, sans résultat publié :"), blocs.puces(attendues)]
    return lus or [blocs.paragraphe("Aucune évaluation n'a encore été publiée.")]


def _bloc(e: Experience) -> Bloc:
    r: Mapping[str, Any] = e.resultats or {}
    lue: Mapping[str, Any] = r.get("conclusion") or {}
    textes = [f"Hypothèse : {e.hypothese}", lue.get("phrase", ""), lue.get("interdit", ""), *lue.get("reserves", [])]
    return blocs.encadre(e.titre, [t for t in map(str, textes) if t])
