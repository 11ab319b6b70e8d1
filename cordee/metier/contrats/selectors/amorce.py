"""What a contract begins with: read in the last diagnosis and its open findings."""

from __future__ import annotations

from datetime import date

from cordee.metier.contrats.regles.amorce import Amorce, amorcer
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.enums import NatureConstat
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.orientation.selectors.diagnostic import constats_ouverts
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe


def amorce_de(personne: Personne, *, structure: int | None, referent: int | None, pour: Agent, au: date) -> Amorce:
    """The lines to begin with. The findings are read for the référent body alone, as the diagnosis opens them (V3).

    Args:
        structure: the référent body; an agent of another one begins from the wanted job only.
    """
    ids = ids_du_groupe(personne)
    diagnostic = Diagnostic.objects.filter(personne__in=ids, brouillon=False).order_by("-mene_le", "-pk").first()
    projets: list[str] = []
    if diagnostic is not None:
        projets = list(diagnostic.projets.order_by("rang").values_list("libelle", flat=True)[:2])
        projets = projets or [p for p in [diagnostic.metier_vise] if p]
    ouvert = pour.systeme or (structure is not None and structure in habilitation(pour, au=au).structures)
    constats = constats_ouverts(ids) if ouvert else []
    return amorcer(
        projets=projets,
        objectifs=[c.code for c in constats if c.nature == NatureConstat.OBJECTIF],
        situations=[c.code for c in constats if c.nature == NatureConstat.SITUATION],
        referent=referent, au=au,
    )  # fmt: skip
