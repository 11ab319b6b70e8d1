"""Closed lists of the contracts room."""

from cordee.socle.enums import EnumLibelle


class GenreContrat(EnumLibelle):
    CONTRAT_ENGAGEMENT = "contrat_engagement", "Contrat d'engagement"
    CER = "cer", "Contrat d'engagements réciproques (avant 2025)"
    PPAE = "ppae", "Projet personnalisé d'accès à l'emploi (avant 2025)"


class Engage(EnumLibelle):
    """Who commits: both sides do (REQ-41)."""

    PERSONNE = "personne", "La personne"
    ORGANISME = "organisme", "Le Département et ses partenaires"


class FamilleActivite(EnumLibelle):
    """The six activity families of C. trav. R5411-15."""

    MISE_EN_SITUATION = "mise_en_situation", "Mise en situation professionnelle"
    FORMATION = "formation", "Formation"
    RECHERCHE = "recherche", "Recherche active d'emploi"
    ACCOMPAGNEMENT = "accompagnement", "Actions d'accompagnement social ou professionnel"
    ACCES_DROITS = "acces_droits", "Accès aux droits et levée des difficultés"
    ACTIVITE = "activite", "Maintien ou développement d'une activité"


class MotifMinoration(EnumLibelle):
    """Why fewer than fifteen hours (C. trav. L5411-6 II: any reason drawn from the person's situation)."""

    SANTE = "sante", "La santé"
    FAMILLE = "famille", "La famille ou la garde d'un enfant"
    EMPLOI = "emploi", "Un emploi à horaires réduits ou variables"
    FORMATION = "formation", "Une formation à distance ou personnelle"
    TRANSPORT = "transport", "L'éloignement, les transports"
    DEMARRAGE = "demarrage", "Un démarrage progressif"
    AUTRE = "autre", "Une autre raison"


class MotifProlongation(EnumLibelle):
    """When the joint diagnosis comes at twelve months instead of six (CASF D262-65-2-1: « notamment »)."""

    SANTE = "sante", "L'état de santé"
    HANDICAP = "handicap", "Un handicap"
    INVALIDITE = "invalidite", "Une invalidité"
    LOGEMENT = "logement", "L'absence de logement ou ses conditions"
    FAMILLE = "famille", "La situation familiale"
    AUTRE = "autre", "Une autre raison"


class FormeRefus(EnumLibelle):
    ECRIT = "ecrit", "Par écrit"
    ORAL = "oral", "De vive voix"


class SourceHeures(EnumLibelle):
    """Who says how many hours were done. Sources stand side by side; the strongest one counts (ADR 0027)."""

    DECLAREE = "declaree", "Déclarées par la personne", "Ce que la personne dit de sa semaine."
    PRESENTE = "presente", "Constatées", "Ce qu'a vu qui organise ou suit l'activité."
    VERIFIEE = "verifiee", "Justifiées", "Un document a été vu ; il n'est pas gardé."


class PieceVue(EnumLibelle):
    """The document an agent looked at. Only its kind is kept, never the paper (V11); no medical paper at all."""

    EMARGEMENT = "emargement", "Feuille de présence"
    ATTESTATION = "attestation", "Attestation de l'organisme"
    BULLETIN = "bulletin", "Bulletin de salaire"
    PLANNING = "planning", "Planning de travail"
    CHIFFRE_AFFAIRES = "chiffre_affaires", "Déclaration de chiffre d'affaires"


class Empechement(EnumLibelle):
    """Why a week holds no hours, as the person says it. Never a health detail; nothing follows from it by itself."""

    PAS_D_OFFRE = "pas_d_offre", "Rien ne m'a été proposé"
    A_DIRE = "a_dire", "J'ai eu un empêchement, j'en parlerai"


class EtatEngagement(EnumLibelle):
    """Where a promise stands, whoever made it (R15)."""

    EN_COURS = "en_cours", "En cours"
    TENU = "tenu", "Tenu"
    ABANDONNE = "abandonne", "Ne se fera plus", "Revu ensemble : ce n'est pas un manquement."


class PartieSignature(EnumLibelle):
    PERSONNE = "personne", "La personne"
    ORGANISME = "organisme", "L'organisme référent"
    REPRESENTANT = "representant", "La personne qui l'assiste"


class MoyenSignature(EnumLibelle):
    """How a signature was gathered. Paper is always possible (V4, R80)."""

    CODE = "code", "Code à usage unique", "Envoyé à un contact vérifié en présence de la personne, et à elle seule."
    TRACE = "trace", "Signature tracée à l'écran", "Sur la tablette, devant l'agent."
    PAPIER = "papier", "Papier signé", "Signé sur papier ; une copie numérisée peut être gardée."
    SESSION = "session", "Compte de l'agent", "L'agent a signé depuis son compte."


class NatureVersion(EnumLibelle):
    """Why a version of a contract was kept."""

    BROUILLON = "brouillon", "Brouillon"
    PROPOSE = "propose", "Proposé à la signature"
    SIGNE = "signe", "Signé"


class DecisionCircuit(EnumLibelle):
    """A step of the validation circuit of a structure."""

    DEMANDE = "demande", "Validation demandée"
    VALIDE = "valide", "Validé"
    RENVOYE = "renvoye", "Renvoyé pour correction"


class StatutLotContrats(EnumLibelle):
    EN_COURS = "en_cours", "En préparation"
    FAIT = "fait", "Prêt"


class EtatContrat(EnumLibelle):
    """Where a person's contract stands, as the list of contracts reads it."""

    A_PREPARER = "a_preparer", "À préparer", "Orientée, référent nommé, rien d'écrit."
    BROUILLON = "brouillon", "En préparation", "Un brouillon existe, il n'est pas encore proposé."
    A_VALIDER = "a_valider", "À valider", "Attend une étape du circuit de la structure."
    A_SIGNER = "a_signer", "À signer", "Proposé : il manque la signature de la personne."
    A_ACTUALISER = "a_actualiser", "À actualiser", "La date convenue pour l'actualiser approche ou est passée."
    EN_VIGUEUR = "en_vigueur", "En vigueur", "Signé par les deux parties."
