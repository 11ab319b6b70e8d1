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


class MotifExcuse(EnumLibelle):
    """Why an absence is excused. Coded, never detailed: a health reason says no more than that (V11)."""

    NON_RECUE = "non_recue", "N'a pas reçu la convocation"
    SANTE = "sante", "Santé"
    GARDE_ENFANT = "garde_enfant", "Garde d'un enfant"
    TRANSPORT = "transport", "Transport"
    TRAVAIL = "travail", "Travail ou formation"
    AUTRE_RENDEZ_VOUS = "autre_rendez_vous", "Autre rendez-vous qui ne se déplace pas"
    FAMILLE = "famille", "Événement familial"
    PARTIE_AVANT = "partie_avant", "Départ avant l'entretien"
    AUTRE = "autre", "Autre raison"


class MotifVenue(EnumLibelle):
    """How somebody nobody expected here came (R2, R3)."""

    SANS_RENDEZ_VOUS = "sans_rendez_vous", "Sans rendez-vous"
    AUTRE_JOUR = "autre_jour", "Rendez-vous un autre jour"
    AUTRE_SITE = "autre_site", "Rendez-vous sur un autre site"
    NOUVELLE = "nouvelle", "Pas encore dans le fichier"


class EtatAccueil(EnumLibelle):
    """Where somebody stands at the desk, today. Computed, never stored."""

    ATTENDUE = "attendue", "À venir"
    EN_RETARD = "en_retard", "Retard annoncé"
    EN_ATTENTE = "en_attente", "En attente"
    RECUE = "recue", "Entretien"
    REPARTIE = "repartie", "Départ avant l'entretien"
    ABSENTE = "absente", "Absence"
    EXCUSEE = "excusee", "Absence excusée"


class EtatCampagne(EnumLibelle):
    BROUILLON = "brouillon", "En préparation"
    PRETE = "prete", "Prête à envoyer"
    EN_COURS = "en_cours", "Envoi en cours"
    EN_PAUSE = "en_pause", "En pause"
    TERMINEE = "terminee", "Terminée"
    ANNULEE = "annulee", "Annulée"


class EtatLigne(EnumLibelle):
    """Where one person of a campaign stands."""

    PLANIFIEE = "planifiee", "Créneau réservé dans le plan"
    SANS_PLACE = "sans_place", "Sans créneau libre"
    CONVOQUEE = "convoquee", "Convoquée"
    REFUSEE = "refusee", "Ne peut pas être convoquée"
    RETIREE = "retiree", "Retirée de la campagne"
    ANNULEE = "annulee", "Convocation annulée"


class RefusCampagne(EnumLibelle):
    """Why somebody of a campaign is not convened."""

    DEJA_CONVOQUEE = "deja_convoquee", "A déjà un rendez-vous"
    AUTRE_CAMPAGNE = "autre_campagne", "Déjà dans une autre campagne"
    INJOIGNABLE = "injoignable", "Joignable par aucun moyen : à aller voir"
    PARCOURS = "parcours", "Son parcours ne le permet pas"
    HORS_SECTEUR = "hors_secteur", "Commune hors de tout secteur"
    CRENEAU_PRIS = "creneau_pris", "Créneau pris entre-temps"
    COURRIER = "courrier", "Le courrier ne peut pas être écrit"


class OrdreCampagne(EnumLibelle):
    URGENCE = "urgence", "L'échéance la plus proche d'abord"
    ANCIENNETE = "anciennete", "La plus ancienne d'abord"
    HASARD = "hasard", "Par tirage au sort", "Chacune a la même chance : les effets pourront être mesurés."


class AlerteService(EnumLibelle):
    """What a service level says of a structure (REQ-27)."""

    CIBLE = "cible", "Au-delà de la cible"
    DERIVE = "derive", "En hausse"


class MomentRappel(EnumLibelle):
    """When a person who asks for a call would rather be called."""

    MATIN = "matin", "Plutôt le matin"
    APRES_MIDI = "apres_midi", "Plutôt l'après-midi"
    INDIFFERENT = "indifferent", "N'importe quand"


class StatutAttente(EnumLibelle):
    EN_ATTENTE = "en_attente", "En attente d'une place"
    SERVIE = "servie", "A un rendez-vous"
    RETIREE = "retiree", "Retirée de la liste"


class StatutInterprete(EnumLibelle):
    A_RESERVER = "a_reserver", "À réserver"
    RESERVE = "reserve", "Réservé"
    INUTILE = "inutile", "Pas nécessaire"
    ANNULE = "annule", "Annulé"


class TypeInterprete(EnumLibelle):
    """Who interprets. An adult the person chose herself, at most; never a child, whatever the urgency (R47)."""

    SUR_PLACE = "sur_place", "Interprète professionnel, sur place"
    TELEPHONE = "telephone", "Interprète professionnel, par téléphone"
    VISIO = "visio", "Interprète professionnel, en visioconférence"
    AGENT = "agent", "Agent qui parle la langue"
    PROCHE_MAJEUR = "proche_majeur", "Proche majeur choisi par la personne"


class DimensionService(EnumLibelle):
    """What a service level is counted by."""

    ACCUEIL = "accueil", "Lieu qui reçoit"
    SECTEUR = "secteur", "Secteur de la personne"
