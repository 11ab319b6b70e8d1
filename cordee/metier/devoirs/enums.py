"""Closed lists of the duties room."""

from __future__ import annotations

from cordee.reglementation.regimes.enums import NatureMesure, TypeManquement
from cordee.socle.enums import EnumLibelle

__all__ = [
    "EtatProcedure", "FormeObservation", "GenreRecours", "IssueRecours", "MotifAnnulation", "MotifLegitime",
    "MotifLevee", "MotifMesure", "MotifSansSuite", "NatureMesure", "StatutManquement", "StatutMesure",
    "TypeManquement",
]  # fmt: skip


class MotifMesure(EnumLibelle):
    """Why it was decided (CASF L262-37)."""

    CONTRAT_NON_ETABLI = "contrat_non_etabli", "Contrat non établi ou non actualisé du fait de la personne"
    CONTRAT_NON_RESPECTE = "contrat_non_respecte", "Engagements du contrat non respectés"
    CONTROLE_REFUSE = "controle_refuse", "Contrôle refusé"
    INDETERMINE = "indetermine", "Non précisé dans l'ancien outil"


class StatutMesure(EnumLibelle):
    """Where a decision stands. ``DECIDEE``: it stands, notified or not, applied or not."""

    DECIDEE = "decidee", "Décidée"
    LEVEE = "levee", "Levée"
    TERMINEE = "terminee", "Terminée"
    ANNULEE = "annulee", "Annulée"


class StatutManquement(EnumLibelle):
    """Where a reported breach stands."""

    SIGNALE = "signale", "Signalé, à examiner"
    EXAMINE = "examine", "Examiné : aucun motif légitime retenu"
    EN_PROCEDURE = "en_procedure", "Une procédure est ouverte"
    MOTIF_LEGITIME = "motif_legitime", "Clos : motif légitime"
    REGULARISE = "regularise", "Clos : la situation est régularisée"
    SANS_SUITE = "sans_suite", "Clos sans suite"
    SANCTIONNE = "sanctionne", "A donné lieu à une mesure"

    @property
    def clos(self) -> bool:
        return self not in (StatutManquement.SIGNALE, StatutManquement.EXAMINE, StatutManquement.EN_PROCEDURE)


class MotifLegitime(EnumLibelle):
    """What may explain the facts: looked for with the person before anything. Nothing medical is written (V11)."""

    SANTE = "sante", "Santé", "De la personne ou d'un proche ; aucun détail médical n'est noté."
    GARDE = "garde", "Garde d'enfant ou proche à aider"
    FAMILLE = "famille", "Événement familial"
    EMPLOI = "emploi", "Emploi, entretien ou formation"
    TRANSPORT = "transport", "Transport"
    LOGEMENT = "logement", "Logement"
    ADMINISTRATIF = "administratif", "Démarche administrative ou convocation à la même heure"
    NON_INFORMEE = "non_informee", "Courrier non reçu, reçu trop tard ou non compris"
    LANGUE = "langue", "Langue, lecture ou numérique"
    VIOLENCES = "violences", "Mise en danger, violences"
    NOTRE_FAIT = "notre_fait", "Fait du service : action non proposée, rendez-vous déplacé, erreur"
    AUTRE = "autre", "Autre raison"
    AUCUN = "aucun", "Aucun élément recueilli"


class MotifSansSuite(EnumLibelle):
    """Why a procedure ends without a measure."""

    MOTIF_LEGITIME = "motif_legitime", "Motif légitime"
    REGULARISATION = "regularisation", "La situation est régularisée"
    FAITS_NON_ETABLIS = "faits_non_etablis", "Faits non établis"
    PROCEDURE_IRREGULIERE = "procedure_irreguliere", "Procédure irrégulière de notre fait"
    OPPORTUNITE = "opportunite", "Une mesure n'aiderait pas la personne à avancer"
    SANS_OBJET = "sans_objet", "La personne n'est plus concernée par les droits et devoirs"
    DECES = "deces", "Décès"


class FormeObservation(EnumLibelle):
    ECRITE = "ecrite", "Par écrit"
    ORALE = "orale", "De vive voix"
    REPRESENTANT = "representant", "Par son représentant ou la personne qui l'assiste"


class GenreRecours(EnumLibelle):
    RAPO = "rapo", "Recours administratif préalable", "Devant le président du conseil départemental (CASF L262-47)"
    TRIBUNAL = "tribunal", "Recours devant le tribunal administratif"


class IssueRecours(EnumLibelle):
    """How an appeal ended. Empty as long as it waits."""

    ACCUEILLI = "accueilli", "Accueilli : la mesure est annulée et l'allocation remboursée"
    REJETE = "rejete", "Rejeté"
    REJET_IMPLICITE = "rejet_implicite", "Rejeté par le silence gardé deux mois"
    DESISTEMENT = "desistement", "La personne y renonce"
    SANS_OBJET = "sans_objet", "Sans objet"


class MotifLevee(EnumLibelle):
    """Why a suspension ends before its term (E19: mandatory, never a favour)."""

    CONTRAT_SIGNE = "contrat_signe", "Contrat élaboré ou actualisé (CASF R262-68)"
    CONFORMITE = "conformite", "Conditions fixées avec le référent remplies, en tout ou partie (CASF R262-68-1)"
    INITIATIVE = "initiative", "Le Département retire la mesure de lui-même"
    DECES = "deces", "Décès"


class MotifAnnulation(EnumLibelle):
    """Why a decision is undone as if it had never been: it no longer counts (E17)."""

    RAPO = "rapo", "Recours préalable accueilli"
    JUGEMENT = "jugement", "Jugement du tribunal administratif"
    ERREUR = "erreur", "Erreur du Département"
    REGULARISEE = "regularisee", "La situation s'est régularisée avant la notification"
    SANS_OBJET = "sans_objet", "La personne n'est plus soumise aux droits et devoirs"
    DECES = "deces", "Décès"


class EtatProcedure(EnumLibelle):
    """Where the instruction stands (``cycle.TRANSITIONS``)."""

    OUVERTE = "ouverte", "Ouverte : la lettre qui expose les faits est à envoyer"
    GRIEFS_ENVOYES = "griefs_envoyes", "Lettre envoyée : sa réception est à établir"
    CONTRADICTOIRE = "contradictoire", "La personne peut présenter ses observations"
    DECIDEE = "decidee", "Décidée : la décision est à notifier"
    NOTIFIEE = "notifiee", "Décision notifiée"
    CLOSE = "close", "Close sans suite"
    ANNULEE = "annulee", "Décision annulée"


class EtatTransmission(EnumLibelle):
    """Where a list sent to a paying body stands, and each of its lines (E23)."""

    PREPAREE = "preparee", "Préparée"
    ENVOYEE = "envoyee", "Envoyée"
    ACCUSEE = "accusee", "Accusée par la caisse"
    APPLIQUEE = "appliquee", "Appliquée d'après le fichier"
    PARTIELLEMENT = "partiellement", "Appliquée autrement ou en partie"
    NON_APPLIQUEE = "non_appliquee", "Non appliquée"
    REJETEE = "rejetee", "Rejetée par la caisse"


class GenreLigne(EnumLibelle):
    """What a line asks the paying body to do."""

    APPLIQUER = "appliquer", "Appliquer", "Retirer une part de l'allocation pendant les mois indiqués."
    PLAFONNER = "plafonner", "Ramener au plafond", "Le foyer a changé : la part retirée baisse (CASF R262-68-6)."
    LEVER = "lever", "Lever", "La suspension prend fin : le versement reprend."
    ANNULER = "annuler", "Annuler", "La décision est annulée : tout ce qui a été retiré est rendu."
    FIN_DE_DROIT = "fin_de_droit", "Mettre fin au droit", "Le droit prend fin (CASF R262-40)."


class MotifRejetCaisse(EnumLibelle):
    """Why a paying body does not take a list or a line."""

    DOSSIER_INCONNU = "dossier_inconnu", "Dossier inconnu de la caisse"
    DROIT_CLOS = "droit_clos", "Droit déjà fermé"
    AUTRE_CAISSE = "autre_caisse", "Dossier parti dans une autre caisse"
    INCOMPLETE = "incomplete", "Ligne incomplète ou illisible"
    HORS_DELAI = "hors_delai", "Reçue après la date limite"
    AUTRE = "autre", "Autre motif"


class ConstatCaisse(EnumLibelle):
    """What the file says of a decision once it should be seen in it."""

    APPLIQUEE = "appliquee", "Appliquée", "Le fichier montre ce qui a été décidé."
    NON_APPLIQUEE = "non_appliquee", "Non appliquée", "Le mois d'effet est passé et le fichier ne montre rien."
    DIFFERENTE = "differente", "Appliquée autrement", "Le montant ou les dates du fichier ne sont pas les nôtres."
    MAINTENUE = "maintenue", "Toujours retenue", "La mesure est finie, levée ou annulée et la caisse retient encore."
    NON_DECIDEE = "non_decidee", "Appliquée sans décision", "Le fichier montre une sanction que personne n'a décidée."


class ResultatControle(EnumLibelle):
    """How a random control ends. It never is a breach: a breach is reported apart, by its own act."""

    RIEN_A_SIGNALER = "rien_a_signaler", "Rien à signaler", "La fin ordinaire d'un contrôle."
    CONTRAT_A_REVOIR = "contrat_a_revoir", "Contrat à revoir ensemble", "Le plan ne correspond plus à la situation."
    NOS_ENGAGEMENTS = "nos_engagements", "Nos engagements à tenir", "Ce que l'organisme avait promis manque."
    ECHANGE_A_AVOIR = "echange_a_avoir", "Échange à avoir", "Le référent en parle avec la personne."
    SANS_OBJET = "sans_objet", "Sans objet", "Le contrat ou le droit a pris fin entre-temps."
