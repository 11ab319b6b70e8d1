"""Closed lists of the letters: what is sent, by which means, and what became of it."""

from __future__ import annotations

from cordee.socle.enums import EnumLibelle


class GenreCourrier(EnumLibelle):
    """The kinds of letters. The value is also the name of the template.

    >>> GenreCourrier.CONVOCATION.libelle
    'Convocation à un rendez-vous'
    """

    CONVOCATION = (
        "convocation",
        "Convocation à un rendez-vous",
        "Dit quand, où, avec qui, pourquoi, et comment changer la date.",
    )
    NOTIFICATION_ORIENTATION = (
        "notification_orientation",
        "Notification de la décision d'orientation",
        "Fait courir le délai du contrat à partir de sa réception certaine.",
    )
    NOMINATION_REFERENT = (
        "nomination_referent",
        "Présentation du référent unique",
        "Nomme la personne qui accompagne et dit comment la joindre.",
    )
    CONTRAT_ENGAGEMENT = (
        "contrat_engagement",
        "Contrat d'engagement",
        "Les engagements des deux parties, le plan d'action et la durée hebdomadaire, à signer.",
    )
    FEUILLE_DE_ROUTE = (
        "feuille_de_route",
        "Feuille de route",
        "La page que la personne emporte : qui, quand, où, pourquoi, recours.",
    )
    ATTESTATION_ACCOMPAGNEMENT = (
        "attestation_accompagnement",
        "Attestation d'accompagnement",
        "Prouve l'accompagnement auprès d'un tiers, sans rien dire des prestations perçues.",
    )
    INVITATION = (
        "invitation",
        "Invitation à choisir un rendez-vous",
        "Porte le lien derrière lequel la personne choisit elle-même sa date, et dit jusqu'à quand.",
    )
    RAPPEL = ("rappel", "Rappel de rendez-vous", "Un message court, peu avant le rendez-vous.")
    RENDEZ_VOUS_DEPLACE = (
        "rendez_vous_deplace",
        "Rendez-vous déplacé",
        "Dit la nouvelle date, et que l'ancienne ne compte plus.",
    )
    RENDEZ_VOUS_ANNULE = (
        "rendez_vous_annule",
        "Rendez-vous annulé",
        "Dit de ne pas venir, et ce qui va suivre.",
    )
    EXCUSES = (
        "excuses",
        "Lettre d'excuses",
        "Reconnaît une erreur du service, et dit ce qui est corrigé.",
    )
    PRISE_DE_NOUVELLES = (
        "prise_de_nouvelles",
        "Prise de nouvelles",
        "Le référent propose de se reparler, quand la personne veut.",
    )
    REFUS_REORIENTATION = (
        "refus_reorientation",
        "Refus de réorientation",
        "Dit pourquoi, et les recours. Sa réception certaine fait repartir le mois du contrat.",
    )
    EXPLICATION_PROPOSITION = (
        "explication_proposition",
        "Explication de la proposition d'orientation",
        "Dit les données lues, la règle appliquée, ce que chacune a pesé, et ce qu'une personne a décidé.",
    )
    CONVOCATION_EP = (
        "convocation_ep",
        "Invitation devant l'équipe pluridisciplinaire",
        "Dit quand et où la personne peut être entendue, qui peut l'accompagner, et que rien n'est décidé là.",
    )
    SUITE_EP = (
        "suite_ep",
        "Avis de l'équipe pluridisciplinaire",
        "Dit à la personne ce que l'équipe a pensé ; l'avis n'est pas une décision.",
    )
    GRIEFS = (
        "griefs",
        "Lettre qui expose les faits",
        "Dit les faits, ce qui est envisagé, et comment répondre. Sa réception certaine fait courir le délai.",
    )
    AUDITION = (
        "audition",
        "Invitation à être entendu",
        "Dit quand et où la personne peut être entendue, avec qui elle veut.",
    )
    COMMUNICATION_DOSSIER = (
        "communication_dossier",
        "Communication du dossier",
        "Accompagne les pièces que la personne a demandées.",
    )
    CLASSEMENT = (
        "classement",
        "Classement sans suite",
        "Dit que rien n'est retenu et que l'accompagnement continue.",
    )
    DECISION_SUSPENSION = (
        "decision_suspension",
        "Décision : suspension",
        "Motifs, durée, part, conditions de la levée et recours.",
    )
    DECISION_SUPPRESSION = (
        "decision_suppression",
        "Décision : suppression",
        "Motifs, durée, part et recours.",
    )
    DECISION_FIN_DE_DROIT = (
        "decision_fin_de_droit",
        "Décision : fin de droit",
        "Motifs, date, report possible, nouvelle demande et recours.",
    )
    LEVEE_MESURE = ("levee_mesure", "Levée", "Dit depuis quand et ce qui est remboursé.")
    ACCUSE_RECOURS = ("accuse_recours", "Accusé de réception d'un recours", "Dit quand la réponse sera due.")
    REPONSE_RECOURS = ("reponse_recours", "Réponse à un recours", "Dit ce qui est décidé, pourquoi, et le tribunal.")


class MoyenRemise(EnumLibelle):
    """How one letter reaches its reader."""

    LETTRE_SIMPLE = "lettre_simple", "Lettre simple", "Sans preuve de réception."
    LRAR = "lrar", "Lettre recommandée avec avis de réception", "L'avis de réception fait foi."
    LRE = "lre", "Lettre recommandée électronique", "La preuve de réception du prestataire qualifié fait foi."
    REMISE_MAIN_PROPRE = "remise_main_propre", "Remise en main propre", "La signature datée de la personne fait foi."
    ESPACE_PERSONNEL = "espace_personnel", "Espace personnel", "La preuve d'ouverture par la personne fait foi."
    COURRIEL = "courriel", "Courriel", "Sans preuve de réception."
    SMS = "sms", "SMS", "Sans preuve de réception."


class EtatRemise(EnumLibelle):
    """What is known of a letter once it has left."""

    ENVOYEE = "envoyee", "Envoyée", "Remise à La Poste, au prestataire, ou déposée dans l'espace personnel."
    PRESENTEE = "presentee", "Présentée", "Présentée à l'adresse, ou avis de mise à disposition adressé."
    RECUE = "recue", "Reçue", "Avis signé, remise signée, ou document ouvert par la personne."
    REFUSEE = "refusee", "Refusée", "La personne a refusé le pli."
    NON_RECLAMEE = "non_reclamee", "Non réclamée", "Le pli n'a pas été retiré dans le délai de garde."
    ECHEC = "echec", "Non remis", "Message refusé par le destinataire ou par son prestataire."
    NPAI = "npai", "N'habite pas à l'adresse indiquée", "Pli revenu : l'adresse est à vérifier."

    @property
    def final(self) -> bool:
        """Whether nothing more can happen to the letter."""
        return self not in (EtatRemise.ENVOYEE, EtatRemise.PRESENTEE)


class Canal(EnumLibelle):
    """The ways a person can be reached."""

    COURRIER = "courrier", "Courrier", "À l'adresse postale ou chez l'organisme qui domicilie."
    COURRIEL = "courriel", "Courriel", ""
    SMS = "sms", "SMS", ""
    TELEPHONE = "telephone", "Téléphone", "Appel d'un agent."
    ESPACE_PERSONNEL = "espace_personnel", "Espace personnel", "La page de la personne sur internet."
    GUICHET = "guichet", "Guichet", "De la main à la main."


class EtatNoeud(EnumLibelle):
    """Where a knot of the printed *cordée* stands. The label is printed: a state is never told by colour alone."""

    FAIT = "fait", "Fait", "Une étape passée."
    ICI = "ici", "Vous êtes ici", "L'étape en cours."
    ENSUITE = "ensuite", "Ensuite", "Une étape à venir."


class LangueLettre(EnumLibelle):
    """Languages a letter can be given in beside the French text, which alone has legal force (R48).

    Those whose letters the typeface holds; each translation is to be read by a translator before it is used.
    """

    ANGLAIS = "en", "Anglais", "English"
    PORTUGAIS = "pt", "Portugais", "Português"
    ROUMAIN = "ro", "Roumain", "Română"
    TURC = "tr", "Turc", "Türkçe"


class StatutLot(EnumLibelle):
    """Where a batch of letters stands."""

    A_COMPOSER = "a_composer", "En préparation", "Le fichier à imprimer se prépare."
    COMPOSE = "compose", "À imprimer et à poster", "Le fichier est prêt."
    POSTE = "poste", "Remis à La Poste", "Chaque courrier du lot est noté comme envoyé."
    ANNULE = "annule", "Annulé", "Les courriers attendent de nouveau."


class VueCourriers(EnumLibelle):
    """The tabs of the queue of letters."""

    A_ENVOYER = "a_envoyer", "À envoyer", "Écrits, pas encore partis."
    EN_LOT = "en_lot", "En lot", "Dans un lot à imprimer et à poster."
    RECOMMANDES = (
        "recommandes",
        "Recommandés en cours",
        "Partis sans date certaine de réception : aucun délai ne court.",
    )
    A_REGLER = "a_regler", "Échecs à régler", "Messages qui ne sont pas arrivés : prévenez la personne autrement."
    REVENUS = "revenus", "Revenus", "Plis revenus à l'expéditeur : l'adresse est à vérifier."
    PARTIS = "partis", "Partis", "Tout ce qui a été envoyé ou remis."
    TOUS = "tous", "Tous", "Tous les courriers, annulés compris."

    @property
    def appelle_un_acte(self) -> bool:
        """Whether what it shows waits for somebody here."""
        return self not in (VueCourriers.REVENUS, VueCourriers.PARTIS, VueCourriers.TOUS)


class StatutAcheminement(EnumLibelle):
    """Where a message stands with its provider."""

    EN_ATTENTE = "en_attente", "En attente", "Partira à la première heure permise."
    EN_COURS = "en_cours", "En cours", "Remis au prestataire, réponse attendue."
    REMIS = "remis", "Remis au prestataire", "Le prestataire l'a pris."
    REFUSE = "refuse", "Refusé", "Le destinataire n'existe pas ou refuse les messages."
    ABANDONNE = "abandonne", "Abandonné", "Après plusieurs essais, ou parce qu'il n'a plus de sens."


class MotifExcuses(EnumLibelle):
    """What went wrong with a letter. The description is what the apology says."""

    MAUVAISE_PERSONNE = "mauvaise_personne", "Pas la bonne personne", "Ce courrier ne vous était pas destiné."
    DATE_FAUSSE = "date_fausse", "Date, heure ou lieu faux", "La date, l’heure ou le lieu indiqué était faux."
    CONTENU_FAUX = "contenu_faux", "Information fausse", "Une information de ce courrier était fausse."
    DOUBLON = "doublon", "Envoyé deux fois", "Vous avez reçu deux fois le même courrier."
    SANS_OBJET = "sans_objet", "N'aurait pas dû partir", "Ce courrier n’aurait pas dû vous être envoyé."

    @property
    def courrier(self) -> str:
        """How the apology names the wrong letter, without saying what it was about (V12)."""
        return "un courrier"
