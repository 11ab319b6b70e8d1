"""Closed lists of cohorts: what starts the clock, what stops it, where a person stands at the end of a month."""

from __future__ import annotations

from typing import Final

from cordee.socle.enums import EnumLibelle


class Origine(EnumLibelle):
    """The event that starts the clock. The description completes « Personnes … »."""

    OUVERTURE = "ouverture", "Ouverture du droit", "dont le droit s’est ouvert"
    ARRIVEE = (
        "arrivee", "Arrivée dans un droit déjà ouvert",
        "arrivées dans un droit ouvert depuis plus de six mois (transfert d'un autre département, conjoint, personne "
        "devenue soumise)",
    )  # fmt: skip
    ORIENTATION = "orientation", "Première orientation", "orientées pour la première fois"
    CONTRAT = "contrat", "Premier contrat", "qui ont signé un premier contrat"
    GLOBAL = "global", "Entrée en accompagnement global", "entrées en accompagnement global"
    STOCK = "stock", "Présence un mois donné", "présentes dans les droits et devoirs"


class Cause(EnumLibelle):
    """How somebody left. Only the first says a job; none of the others is a success nor a failure by itself."""

    EMPLOI = "emploi", "Emploi dit", "Suivi dans l'emploi décidé, reprise dite ou activité constatée à la sortie."
    RESSOURCES = (
        "ressources",
        "Ressources, emploi non dit",
        "Fin de droit pour ressources trop élevées : la caisse ne dit pas si c'est un emploi.",
    )
    NON_SOUMISE = (
        "non_soumise",
        "Droit ouvert, plus soumise",
        "Le droit du foyer reste ouvert ; la personne n'est plus soumise aux droits et devoirs.",
    )
    PAPIERS = (
        "papiers",
        "Quatre mois sans droit",
        "Pièces ou déclaration manquantes le plus souvent. Ce n'est pas un succès.",
    )
    SANCTION = "sanction", "Décision du Département", "Fin de droit décidée ou suspension pour sanction. Pas un succès."
    DEMENAGEMENT = "demenagement", "Départ du département", "Événement concurrent : la suite n'est pas connue ici."
    DECES = "deces", "Décès", "Événement concurrent."
    AUTRE = "autre", "Autre motif", "Retraite, allocation handicap, réunion de dossiers, radiation pour un autre motif."
    INCONNUE = "inconnue", "Motif non connu", "Aucun fait ne dit pourquoi : ni succès, ni échec."


class EtatMois(EnumLibelle):
    """Where a person stands at the end of a month: the first that holds, from the bottom of this list to the top."""

    ATTENTE = "attente", "En attente d'orientation"
    ORIENTEE = "orientee", "Orientées, sans contrat"
    CONTRAT = "contrat", "Sous contrat"
    INTENSIF = "intensif", "Contrat intensif"
    EN_EMPLOI = "en_emploi", "En activité, soumises"
    SUSPENDUE = "suspendue", "Droit ou versement suspendu"
    SORTIE_EMPLOI = "sortie_emploi", "Sorties : emploi dit"
    SORTIE_RESSOURCES = "sortie_ressources", "Sorties : ressources ou plus soumises"
    SORTIE_CONTRAINTE = "sortie_contrainte", "Sorties : sans droit ou sanction"
    SORTIE_AUTRE = "sortie_autre", "Sorties : départ, décès, autre, inconnu"


ETAT_DE_CAUSE: Final = {
    Cause.EMPLOI: EtatMois.SORTIE_EMPLOI,
    Cause.RESSOURCES: EtatMois.SORTIE_RESSOURCES,
    Cause.NON_SOUMISE: EtatMois.SORTIE_RESSOURCES,
    Cause.PAPIERS: EtatMois.SORTIE_CONTRAINTE,
    Cause.SANCTION: EtatMois.SORTIE_CONTRAINTE,
    Cause.DEMENAGEMENT: EtatMois.SORTIE_AUTRE,
    Cause.DECES: EtatMois.SORTIE_AUTRE,
    Cause.AUTRE: EtatMois.SORTIE_AUTRE,
    Cause.INCONNUE: EtatMois.SORTIE_AUTRE,
}


class Jalon(EnumLibelle):
    """What is waited for on the way, leaving being what may come first."""

    RENDEZ_VOUS = "rendez_vous", "Premier entretien tenu"
    CONTRAT = "contrat", "Premier contrat"
    EMPLOI = "emploi", "Première activité ou sortie vers un emploi"


class Age(EnumLibelle):
    MOINS_30 = "moins_30", "moins de 30 ans"
    DE_30_A_39 = "30_39", "30 à 39 ans"
    DE_40_A_49 = "40_49", "40 à 49 ans"
    DE_50_A_59 = "50_59", "50 à 59 ans"
    PLUS_60 = "60_plus", "60 ans et plus"
    INCONNU = "inconnu", "âge non connu"


class Famille(EnumLibelle):
    SEULE = "seule", "seule sans enfant"
    SEULE_ENFANTS = "seule_enfants", "seule avec enfant"
    COUPLE = "couple", "en couple sans enfant"
    COUPLE_ENFANTS = "couple_enfants", "en couple avec enfant"
    INCONNUE = "inconnue", "situation non connue"


class Anciennete(EnumLibelle):
    """Since the latest entry (DREES bands)."""

    MOINS_6_MOIS = "moins_6_mois", "moins de six mois"
    MOINS_1_AN = "moins_1_an", "six mois à un an"
    MOINS_2_ANS = "moins_2_ans", "un à deux ans"
    MOINS_5_ANS = "moins_5_ans", "deux à cinq ans"
    PLUS_5_ANS = "plus_5_ans", "cinq ans et plus"
    INCONNUE = "inconnue", "ancienneté non connue"


class Sous(EnumLibelle):
    """The contract in force at the starting photo."""

    SANS = "sans", "sans contrat"
    CONTRAT = "contrat", "sous contrat"
    INTENSIF = "intensif", "sous contrat intensif"


class Formation(EnumLibelle):
    """The level of education that the last interview established."""

    SUPERIEUR = "superieur", "diplôme supérieur au bac"
    BAC = "bac", "baccalauréat"
    QUALIFIANT = "qualifiant", "CAP, BEP ou titre professionnel"
    SANS = "sans", "sans diplôme qualifiant"
    INCONNUE = "inconnue", "formation non connue"


class Freins(EnumLibelle):
    """How many of the nine themes of the last interview have a strong impact (never which: V3)."""

    AUCUN = "aucun", "aucune difficulté forte"
    UN_OU_DEUX = "un_ou_deux", "une ou deux difficultés fortes"
    TROIS = "trois", "trois difficultés fortes ou plus"
    INCONNU = "inconnu", "pas encore d'entretien"


class Action(EnumLibelle):
    """The action of the contract in force that is nearest to a job, by its nature."""

    EMPLOI = "emploi", "action vers l'emploi ou la création"
    FORMATION = "formation", "formation, stage ou activité"
    AUTRE = "autre", "autre action"
    SANS = "sans", "sans action au contrat"
