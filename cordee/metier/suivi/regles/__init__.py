"""Pure rules of the follow-up."""

from cordee.metier.suivi.regles.partenaires import (
    RENOUVELER,
    DateDite,
    InformationConnue,
    InformationDite,
    a_porter,
    completer,
)

__all__ = ["RENOUVELER", "DateDite", "InformationConnue", "InformationDite", "a_porter", "completer"]
