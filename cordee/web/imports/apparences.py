"""How the state of a file is shown."""

from __future__ import annotations

from dataclasses import dataclass

from cordee.echanges.caf.depot import ECARTE, EN_ATTENTE
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier

S = StatutFichier


@dataclass(frozen=True, slots=True)
class Aspect:
    """A word, a tone, an icon."""

    libelle: str
    ton: str
    icone: str


_ASPECTS = {
    S.RECU: Aspect("À charger", "attention", "importation"),
    S.EN_COURS: Aspect("Chargement en cours", "info", "attente"),
    S.A_CONFIRMER: Aspect("À confirmer", "attention", "alerte"),
    S.CHARGE: Aspect("Chargé", "succes", "succes"),
    S.REFUSE: Aspect("Refusé", "danger", "refus"),
}


def aspect(fichier: FichierRecu) -> Aspect:
    """The state in the words of the data desk."""
    if en_attente(fichier):
        return Aspect("En attente", "info", "attente")
    if fichier.statut == S.REFUSE and fichier.erreur == ECARTE:
        return Aspect("Mis de côté", "neutre", "pause")
    return _ASPECTS[S(fichier.statut)]


def en_attente(fichier: FichierRecu) -> bool:
    """Whether the loading has been asked for and has not begun."""
    return fichier.etape_traitement == EN_ATTENTE and fichier.statut in (S.RECU, S.A_CONFIRMER)


# What was odd and tolerated, in words; unknown codes are shown as they are.
AVERTISSEMENTS = {
    "code_inconnu": "un code que nous ne connaissons pas",
    "etat_absent": "l'état du dossier manque",
    "hors_schema": "un élément inattendu, conservé tel quel",
    "naissance_approchee": "une date de naissance incomplète",
    "nir_cle_fausse": "la clé d'un numéro de sécurité sociale est fausse",
    "nir_illisible": "un numéro de sécurité sociale illisible",
    "numdemrsa_en_double": "un numéro de demande présent deux fois",
    "role_absent": "le rôle d'une personne manque",
    "role_en_double": "deux personnes avec le même rôle",
    "sans_demandeur": "aucun demandeur dans le foyer",
    "soumission_inconnue": "l'indicateur de droits et devoirs d'un adulte manque",
    "texte_trop_long": "des textes plus longs que prévu, raccourcis",
    "total_incoherent": "le nombre de foyers annoncé n'est pas celui lu",
    "date_invalide": "une date illisible",
    "montant_invalide": "un montant illisible",
}
