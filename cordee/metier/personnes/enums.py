"""Closed lists of the persons room."""

from cordee.socle.enums import EnumLibelle


class Sexe(EnumLibelle):
    FEMME = "femme", "Femme"
    HOMME = "homme", "Homme"
    INCONNU = "inconnu", "Non renseigné"


class PrecisionNaissance(EnumLibelle):
    """CNAF ``TYPEDTNAI``: what is really known of a birth date."""

    JOUR = "jour", "Date complète"
    MOIS = "mois", "Jour inconnu"
    ANNEE = "annee", "Jour et mois inconnus"


class GenreIdentifiant(EnumLibelle):
    NIR = "nir", "Numéro de sécurité sociale", "Chiffré, rapproché par empreinte, jamais affiché"
    NUMDEMRSA = "numdemrsa", "Numéro de demande RSA et rôle", "Valeur « NUMDEMRSA:DEM »"
    MATRICULE = "matricule", "Numéro allocataire", "Valeur « CAF941:1234567 »"
    OPERATEUR_EMPLOI = "operateur_emploi", "Identifiant de l'opérateur de l'emploi"


class RoleFoyer(EnumLibelle):
    """``ROLEPERS`` read in the RSA prestation; stored values are the CNAF's, lowered."""

    DEM = "dem", "Demandeur"
    CJT = "cjt", "Conjoint"
    ENF = "enf", "Enfant"
    AUT = "aut", "Autre personne"


class EtatDroit(EnumLibelle):
    """``ETATDOSRSA`` of the CNAF, in words."""

    ATTENTE_DECISION = "0", "En attente d'une décision du Département"
    REFUSE = "1", "Refusé"
    OUVERT_VERSABLE = "2", "Ouvert et versable"
    OUVERT_SUSPENDU = "3", "Ouvert, droit suspendu"
    VERSEMENT_SUSPENDU = "4", "Ouvert, versement suspendu"
    CLOS = "5", "Clos"
    CLOS_ANTERIEUR = "6", "Clos sur un mois antérieur"
    INCONNU = "inconnu", "Inconnu"


class Presence(EnumLibelle):
    """What the last files of the paying body say of a household (E02: absence is not an exit)."""

    TRANSMIS = "transmis", "Présent dans le dernier fichier"
    NON_TRANSMIS = "non_transmis", "Absent du dernier fichier"
    SORTANT_PRESUME = "sortant_presume", "Absent de deux fichiers mensuels de suite"


class SourceDonnee(EnumLibelle):
    FLUX = "flux", "Fichier de l'organisme payeur"
    CONTACTS = "contacts", "Fichier de contacts"
    PARTENAIRE = "partenaire", "Fichier d'un partenaire"
    AGENT = "agent", "Saisie d'un agent"
    PERSONNE = "personne", "Déclaration de la personne"
    DEMONSTRATION = "demonstration", "Données de démonstration"


class GenreContact(EnumLibelle):
    TELEPHONE = "telephone", "Téléphone"
    COURRIEL = "courriel", "Courriel"


class Autorisation(EnumLibelle):
    """CNAF codes A/R/I on a phone or an e-mail (E37)."""

    ACCORD = "accord", "Accord"
    REFUS = "refus", "Refus"
    INCONNU = "inconnu", "Non renseigné"


class StatutProposition(EnumLibelle):
    EN_ATTENTE = "en_attente", "À décider"
    RETENU = "retenu", "Retenu"
    ECARTE = "ecarte", "Écarté"


class MotifProposition(EnumLibelle):
    """Why a contact of a file waits for an agent (R66)."""

    PLUS_RECENT = "plus_recent", "Un agent a saisi un autre contact depuis la date du fichier"
    VERIFIE = "verifie", "Un autre contact a été vérifié avec la personne"
    CLOS = "clos", "Un agent a indiqué que ce contact n'est plus le bon"


class Protection(EnumLibelle):
    TUTELLE = "tutelle", "Tutelle"
    CURATELLE = "curatelle", "Curatelle"
    HABILITATION = "habilitation", "Habilitation familiale"
    MANDAT = "mandat", "Mandat de protection future"
    AUTORITE_PARENTALE = "autorite_parentale", "Autorité parentale (mineur)"


class NatureAdresse(EnumLibelle):
    DOMICILE = "domicile", "Domicile"
    DOMICILIATION = "domiciliation", "Domiciliation auprès d'un organisme"
    SANS_DOMICILE = "sans_domicile", "Sans domicile fixe"
    HORS_FRANCE = "hors_france", "Hors de France"


class Localisation(EnumLibelle):
    """Where an address puts a person against the Département's sectors."""

    SECTEUR = "secteur", "Dans un secteur"
    HORS_SECTEUR = "hors_secteur", "Commune du département sans secteur"
    HORS_DEPARTEMENT = "hors_departement", "Hors du département"
    ETRANGER = "etranger", "À l'étranger"
    INCONNUE = "inconnue", "Adresse inconnue"


class Confiance(EnumLibelle):
    CERTAINE = "certaine", "Certaine"
    FORTE = "forte", "Forte"
    DOUTEUSE = "douteuse", "Douteuse : à arbitrer"
    AUCUNE = "aucune", "Aucune"


class StatutArbitrage(EnumLibelle):
    OUVERT = "ouvert", "À arbitrer"
    MEME_PERSONNE = "meme_personne", "Même personne : dossiers réunis"
    PERSONNES_DIFFERENTES = "personnes_differentes", "Deux personnes différentes"


class FinaliteRattachement(EnumLibelle):
    """Why a structure or an agent reaches a person; written by the services, joined by every selector."""

    ORIENTATION = "orientation", "Orientation"
    SECTEUR = "secteur", "Structure du secteur"
    REFERENT = "referent", "Organisme référent"
    COREFERENT = "coreferent", "Co-référent"
    ACCUEIL = "accueil", "Reçue au guichet"
    DOMICILIATION = "domiciliation", "Organisme domiciliataire"
