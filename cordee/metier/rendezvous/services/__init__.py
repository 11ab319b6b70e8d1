"""Convene, receive, move, cancel; open hours of reception, make and share out their slots."""

from cordee.metier.rendezvous.services.abonnements import ouvrir_abonnement, revoquer_abonnement
from cordee.metier.rendezvous.services.absences import (
    annuler_fermeture,
    declarer_absence,
    fermer_creneaux_sans_agent,
    fermer_lieu,
    rouvrir_creneaux,
    terminer_absence,
)
from cordee.metier.rendezvous.services.agenda import (
    RendezVousImpossible,
    annuler,
    constater,
    convoquer,
    deplacer,
    recevoir_sans_rendez_vous,
    reserver,
)
from cordee.metier.rendezvous.services.attente import (
    mettre_en_attente,
    proposer_place_liberee,
    retirer_attente,
    servir_attente,
)
from cordee.metier.rendezvous.services.interpretes import interprete_inutile, reserver_interprete
from cordee.metier.rendezvous.services.invitations import InvitationRefusee, inviter
from cordee.metier.rendezvous.services.plages import (
    HORIZON,
    AgendaRefuse,
    ApercuPlage,
    apercu_plage,
    fermer_creneaux,
    fermer_plage,
    generer_creneaux,
    ouvrir_plage,
)
from cordee.metier.rendezvous.services.reaffectation import (
    BilanDeplacement,
    confier,
    deplacer_en_masse,
    reaffecter_journee,
)
from cordee.metier.rendezvous.services.reprise import constater_en_vie
from cordee.metier.rendezvous.services.surreservation import appliquer_surreservation, fixer_plafond

__all__ = [
    "HORIZON", "AgendaRefuse", "ApercuPlage", "BilanDeplacement", "InvitationRefusee", "RendezVousImpossible",
    "annuler", "annuler_fermeture", "apercu_plage", "appliquer_surreservation", "confier", "constater",
    "constater_en_vie", "convoquer", "declarer_absence", "deplacer", "deplacer_en_masse", "fermer_creneaux",
    "fermer_creneaux_sans_agent", "fermer_lieu", "fermer_plage", "fixer_plafond", "generer_creneaux",
    "interprete_inutile", "inviter", "mettre_en_attente", "ouvrir_abonnement", "ouvrir_plage", "proposer_place_liberee",
    "reaffecter_journee", "recevoir_sans_rendez_vous", "reserver", "reserver_interprete", "retirer_attente",
    "revoquer_abonnement", "rouvrir_creneaux", "servir_attente", "terminer_absence",
]  # fmt: skip
