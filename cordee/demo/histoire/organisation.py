"""The organisation as lives meet it: caseloads as weights, territories, dates of everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cordee.demo.histoire.vies.contexte import ContexteVies
from cordee.demo.histoire.vies.lecture import lire_contexte
from cordee.demo.organisation import Organisation


def contexte_vies(
    organisation: Organisation, *, graine: int, fichiers: Mapping[tuple[str, date], int] | None = None
) -> ContexteVies:
    """Who worked where and when; each référent draws people in proportion of what she may follow.

    Args:
        fichiers: (payer, reference date) → id of the file of that photo.
    """
    fiches = organisation.fiches.values()
    return lire_contexte(
        graine=graine,
        poids={poste.agent_id: float(poste.capacite) for f in fiches for poste in f.postes if poste.capacite},
        territoires={fiche.id: frozenset(fiche.communes) for fiche in fiches if fiche.communes},
        fichiers=fichiers,
    )
