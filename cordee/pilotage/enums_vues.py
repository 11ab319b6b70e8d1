"""Closed lists of the views kept: how often they are sent, what came of each sending."""

from cordee.socle.enums import EnumLibelle


class Cadence(EnumLibelle):
    CHAQUE_LUNDI = "chaque_lundi", "Chaque lundi", "Le lundi à sept heures."
    PREMIER_DU_MOIS = "premier_du_mois", "Le premier du mois", "Le premier jour de chaque mois à sept heures."
    SEUIL = "seuil", "Quand un seuil est franchi", "Le jour où le chiffre passe le seuil, pas les jours d'après."


class Franchissement(EnumLibelle):
    AU_DESSUS = "au_dessus", "monte au-dessus de"
    AU_DESSOUS = "au_dessous", "descend au-dessous de"


class EtatEnvoi(EnumLibelle):
    A_ENVOYER = "a_envoyer", "En attente"
    EN_COURS = "en_cours", "Remis au serveur de messagerie"
    ENVOYE = "envoye", "Envoyé"
    REFUSE = "refuse", "Adresse refusée"
    ABANDONNE = (
        "abandonne",
        "Abandonné",
        "Cinq essais sans succès, ou un envoi coupé en chemin.",
    )
    SANS_DROIT = "sans_droit", "Plus le droit de lire", "Rien n'est parti : l'envoi est arrêté."
    SANS_CHIFFRE = "sans_chiffre", "Pas de chiffre ce jour-là", "Rien n'est parti."


class FinAbonnement(EnumLibelle):
    DEMANDE = "demande", "Arrêté à la demande"
    LIEN = "lien", "Arrêté par le lien du message"
    SANS_DROIT = "sans_droit", "Le destinataire n'a plus le droit de lire ces chiffres"
    ADRESSE = "adresse", "Son adresse est refusée"
    VUE = "vue", "La vue est supprimée, ou n'est plus partagée"
