"""Which criteria apply on a day: the national version in force, refined by the joint arrêté in force, if any."""

from __future__ import annotations

from datetime import date

from cordee.metier.organismes.models import en_cours
from cordee.metier.orientation.enums import StatutArrete
from cordee.metier.orientation.models import ArreteCriteres
from cordee.metier.orientation.regles import Proposition, Reponses, proposer
from cordee.reglementation.criteres_orientation import (
    Criteres,
    CriteresAbsents,
    criteres_nationaux,
    preciser,
    versions_nationales,
)


def arrete_en_vigueur(au: date) -> ArreteCriteres | None:
    """The joint arrêté that applies on a day."""
    return ArreteCriteres.objects.filter(en_cours(au), statut=StatutArrete.ACTIF).first()


def criteres_applicables(au: date) -> Criteres:
    """The criteria of an interview held on that day (C. trav. L5411-5-1 III). One query.

    An arrêté refines the national version it names: when another one has come since, it no longer applies and the
    national criteria stand alone until a new arrêté.

    Raises:
        CriteresAbsents: no criteria on that day.

    """
    nationaux = criteres_nationaux(au)
    arrete = arrete_en_vigueur(au)
    if arrete is None or arrete.version_nationale != nationaux.version:
        return nationaux
    return preciser(nationaux, arrete.precisions, arrete=arrete.reference)


def proposition_pour(reponses: Reponses, *, au: date) -> Proposition | None:
    """What the criteria of that day propose; ``None`` when no criteria apply (before 2025)."""
    try:
        return proposer(reponses, criteres_applicables(au))
    except CriteresAbsents:
        return None


def criteres_nommes(version: str) -> Criteres | None:
    """The criteria a proposal was made with, by the name kept with it; ``None``: that version is gone."""
    nom, _, reference = version.partition("+arrete-")
    nationaux = next((v for v in versions_nationales() if v.version == nom), None)
    if nationaux is None or not reference:
        return nationaux
    arrete = ArreteCriteres.objects.filter(statut=StatutArrete.ACTIF, reference=reference).first()
    return preciser(nationaux, arrete.precisions, arrete=reference) if arrete else None
