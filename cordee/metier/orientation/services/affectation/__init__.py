"""The allocation of everybody oriented to named référents: propose, change, validate (ADR 0020)."""

from cordee.metier.orientation.services.affectation.lettres import Presentation, presenter_referents
from cordee.metier.orientation.services.affectation.propositions import (
    AffectationRefusee,
    abandonner,
    deplacer,
    ecarter,
    proposer,
    recalculer,
    verrouiller_ligne,
)
from cordee.metier.orientation.services.affectation.reglages import (
    ReglageRefuse,
    noter_besoin,
    regler_referent,
    regler_structure,
)
from cordee.metier.orientation.services.affectation.validation import Bilan, annuler_validation, valider

__all__ = [
    "AffectationRefusee", "Bilan", "Presentation", "ReglageRefuse", "abandonner", "annuler_validation", "deplacer",
    "ecarter", "noter_besoin", "presenter_referents", "proposer", "recalculer", "regler_referent",
    "regler_structure", "valider", "verrouiller_ligne",
]  # fmt: skip
