"""What is missing before one may go on: one sentence and one article each, never a mere « no »."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cordee.reglementation.regimes import CleEtape, Refus
from cordee.socle.erreurs import ErreurMetier

MOTS_DES_MOTIFS = 25
"""Reasons shorter than this are no reasons: facts, rule and why they meet do not fit in fewer words (CRPA L211-5)."""
# Step of the procedure that each refusal of the engine belongs to.
_ETAPES = {
    "motif_non_examine": CleEtape.MOTIF, "motif_legitime": CleEtape.MOTIF, "griefs_non_recus": CleEtape.GRIEFS,
    "contradictoire": CleEtape.CONTRADICTOIRE, "audition": CleEtape.CONTRADICTOIRE, "avis_ep": CleEtape.AVIS,
    "representant": CleEtape.GRIEFS,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Manque:
    """One thing to do, or one reason why it cannot be. ``etape``: the step of the law it belongs to."""

    etape: CleEtape
    code: str
    phrase: str
    article: str


class ProcedureIrreguliere(ErreurMetier):
    """The act would be unlawful or comes too soon. ``manques``: every reason, each with its article."""

    def __init__(self, manques: Iterable[Manque]) -> None:
        self.manques = tuple(manques)
        super().__init__(" ".join(f"{m.phrase} ({m.article})" for m in self.manques))


def depuis_refus(refus: Iterable[Refus]) -> tuple[Manque, ...]:
    """The refusals of the law engine, step by step.

    >>> depuis_refus([Refus(code="avis_ep", phrase="L'avis manque.", article="CASF L262-37 III")])[0].etape.value
    'avis'
    """
    return tuple(
        Manque(etape=_ETAPES.get(r.code, CleEtape.DECISION), code=r.code, phrase=r.phrase, article=r.article)
        for r in refus
    )


def motifs_suffisants(motifs: str) -> bool:
    """Whether reasons are written in full sentences: long enough, at least two, ended.

    >>> motifs_suffisants("Refus de contrat.")
    False
    >>> motifs_suffisants("Vous avez refusé par écrit, le 3 mars 2026, d'élaborer votre contrat d'engagement, alors "
    ...                   "que deux rendez-vous vous étaient proposés. Aucun motif légitime n'a été recueilli.")
    True
    """
    texte = motifs.strip()
    phrases = [p for p in texte.replace("!", ".").replace("?", ".").split(".") if len(p.split()) >= 3]
    return len(texte.split()) >= MOTS_DES_MOTIFS and len(phrases) >= 2 and texte[-1] in ".!?»)"


def dernier_jour_pour_repondre(recus: Iterable[date], *, jours: int) -> date:
    """Last day on which observations may come: from the *last* reception, hers or her representative's (E27, E28).

    >>> dernier_jour_pour_repondre([date(2026, 3, 2), date(2026, 3, 5)], jours=10)
    datetime.date(2026, 3, 15)
    """
    return max(recus) + timedelta(days=jours)
