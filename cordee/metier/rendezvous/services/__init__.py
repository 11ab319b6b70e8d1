"""Convene, receive, move, cancel."""

from cordee.metier.rendezvous.services.agenda import (
    RendezVousImpossible,
    annuler,
    constater,
    convoquer,
    deplacer,
    recevoir_sans_rendez_vous,
)

__all__ = [
    "RendezVousImpossible", "annuler", "constater", "convoquer", "deplacer", "recevoir_sans_rendez_vous",
]  # fmt: skip
