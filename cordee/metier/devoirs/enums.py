"""Closed lists of the duties room."""

from cordee.socle.enums import EnumLibelle


class NatureMesure(EnumLibelle):
    """What a decision does to the allowance."""

    SUSPENSION = "suspension", "Suspension", "Le versement est suspendu, en tout ou partie ; il reprend à la levée."
    REDUCTION = "reduction", "Réduction", "Une part du versement est retirée."
    SUPPRESSION = "suppression", "Suppression", "Le versement est supprimé pour une durée fixée."
    FIN_DE_DROIT = "fin_de_droit", "Fin de droit", "Le Département met fin au droit (CASF R262-40)."


class MotifMesure(EnumLibelle):
    """Why it was decided (CASF L262-37)."""

    CONTRAT_NON_ETABLI = "contrat_non_etabli", "Contrat non établi ou non actualisé du fait de la personne"
    CONTRAT_NON_RESPECTE = "contrat_non_respecte", "Engagements du contrat non respectés"
    CONTROLE_REFUSE = "controle_refuse", "Contrôle refusé"
    INDETERMINE = "indetermine", "Non précisé dans l'ancien outil"


class StatutMesure(EnumLibelle):
    DECIDEE = "decidee", "Décidée"
    LEVEE = "levee", "Levée"
    ANNULEE = "annulee", "Annulée"


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
