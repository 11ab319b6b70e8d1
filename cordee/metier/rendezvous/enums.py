"""Closed lists of the appointments room."""

from cordee.socle.enums import EnumLibelle


class GenreRendezVous(EnumLibelle):
    ORIENTATION = "orientation", "Entretien d'orientation"
    ACCOMPAGNEMENT = "accompagnement", "Entretien d'accompagnement"
    CONTRAT = "contrat", "Signature du contrat"
    COLLECTIF = "collectif", "Information collective"


class ModaliteRendezVous(EnumLibelle):
    PHYSIQUE = "physique", "Sur place"
    TELEPHONE = "telephone", "Par téléphone"
    VISIO = "visio", "En visioconférence"
    DOMICILE = "domicile", "À domicile"


class StatutRendezVous(EnumLibelle):
    PREVU = "prevu", "Prévu"
    HONORE = "honore", "La personne est venue"
    ABSENT = "absent", "La personne n'est pas venue"
    EXCUSE = "excuse", "Absence excusée"
    ANNULE = "annule", "Annulé"
    SANS_RENDEZ_VOUS = "sans_rendez_vous", "Venue sans rendez-vous"


class MotifAnnulation(EnumLibelle):
    SERVICE = "service", "À l'initiative du service"
    PERSONNE = "personne", "À la demande de la personne"
    DEPLACE = "deplace", "Déplacé à une autre date"
    ERREUR = "erreur", "Enregistré par erreur"
    PARCOURS = "parcours", "Le parcours a changé"


class StatutCreneau(EnumLibelle):
    OUVERT = "ouvert", "Ouvert"
    FERME = "ferme", "Fermé"


class MotifFermeture(EnumLibelle):
    """Why a slot is closed. What closed it for a time gives it back when it ends."""

    ABSENCE = "absence", "Absence de l'agent"
    FERMETURE = "fermeture", "Fermeture du lieu"
    PLAGE = "plage", "Plage d'accueil fermée"
    SERVICE = "service", "Fermé par le service"
    DEPART = "depart", "Départ de l'agent"
