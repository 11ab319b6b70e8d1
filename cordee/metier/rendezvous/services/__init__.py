"""Convene, receive, move, cancel."""

from cordee.metier.rendezvous.services.agenda import (
    RendezVousImpossible,
    annuler,
    constater,
    convoquer,
    deplacer,
    recevoir_sans_rendez_vous,
)
from cordee.metier.rendezvous.services.reprise import constater_en_vie

__all__ = [
    "RendezVousImpossible", "annuler", "constater", "constater_en_vie", "convoquer", "deplacer",
    "recevoir_sans_rendez_vous",
]  # fmt: skip
