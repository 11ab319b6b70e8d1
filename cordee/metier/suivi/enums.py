"""Closed lists of the follow-up room."""

from cordee.socle.enums import EnumLibelle


class GenreContactSuivi(EnumLibelle):
    ENTRETIEN = "entretien", "Entretien"
    APPEL = "appel", "Appel téléphonique"
    MESSAGE = "message", "Message laissé"
    COURRIEL = "courriel", "Courriel ou SMS"
    VISITE = "visite", "Visite à domicile"


class ResultatContact(EnumLibelle):
    """A voice-mail is an attempt, not a contact (R13)."""

    JOINTE = "jointe", "La personne a été jointe"
    MESSAGE = "message", "Message laissé"
    SANS_REPONSE = "sans_reponse", "Pas de réponse"
    ADRESSE_FAUSSE = "adresse_fausse", "Adresse ou numéro faux"


class MotifInterruption(EnumLibelle):
    SANTE = "sante", "Santé"
    MATERNITE = "maternite", "Maternité"
    HOSPITALISATION = "hospitalisation", "Hospitalisation"
    DETENTION = "detention", "Détention"
    ETRANGER = "etranger", "Séjour à l'étranger"
    FAMILLE = "famille", "Événement familial"
