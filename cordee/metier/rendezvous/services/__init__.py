"""Convene, receive, move, cancel; open hours of reception and make their slots."""

from cordee.metier.rendezvous.services.agenda import (
    RendezVousImpossible,
    annuler,
    constater,
    convoquer,
    deplacer,
    recevoir_sans_rendez_vous,
    reserver,
)
from cordee.metier.rendezvous.services.plages import (
    HORIZON,
    AgendaRefuse,
    fermer_creneaux,
    fermer_plage,
    generer_creneaux,
    ouvrir_plage,
)
from cordee.metier.rendezvous.services.reprise import constater_en_vie

__all__ = [
    "HORIZON", "AgendaRefuse", "RendezVousImpossible", "annuler", "constater", "constater_en_vie", "convoquer",
    "deplacer", "fermer_creneaux", "fermer_plage", "generer_creneaux", "ouvrir_plage", "recevoir_sans_rendez_vous",
    "reserver",
]  # fmt: skip
