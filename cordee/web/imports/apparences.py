"""How a file is named, and how its state is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.defaultfilters import filesizeformat

from cordee.echanges.caf.depot import ECARTE, EN_ATTENTE
from cordee.echanges.fichiers.grille import EtatCellule
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.socle.horloge import PARIS
from cordee.web.socle.fichiers import titre

__all__ = ["CELLULES", "Aspect", "aspect", "charge_en_cours", "en_attente", "faits_du_fichier", "nombre", "titre"]

S = StatutFichier
C = EtatCellule
_AUTRE_IMPORT = "Attend la fin"


@dataclass(frozen=True, slots=True)
class Aspect:
    """A word, a tone, an icon."""

    libelle: str
    ton: str
    icone: str


_ASPECTS = {
    S.RECU: Aspect("À charger", "attention", "importation"),
    S.EN_COURS: Aspect("En cours", "info", "attente"),
    S.A_CONFIRMER: Aspect("À confirmer", "attention", "alerte"),
    S.CHARGE: Aspect("Chargé", "succes", "succes"),
    S.REFUSE: Aspect("Refusé", "danger", "refus"),
}
CELLULES = {
    C.SANS_OBJET: Aspect("", "neutre", ""),
    C.ATTENDU: Aspect("Attendu", "neutre", "rendezvous"),
    C.A_CHARGER: Aspect("Reçu, à charger", "attention", "importation"),
    C.RECU: Aspect("Reçu", "succes", "succes"),
    C.RECU_TARD: Aspect("Reçu en retard", "neutre", "heure"),
    C.CORRIGE: Aspect("Corrigé", "info", "relance"),
    C.PARTIEL: Aspect("Incomplet", "attention", "alerte"),
    C.EN_RETARD: Aspect("En retard", "danger", "retard"),
    C.MANQUANT: Aspect("Manquant", "danger", "echec"),
}


def aspect(fichier: FichierRecu) -> Aspect:
    """The state in the words of the data desk."""
    if en_attente(fichier):
        return Aspect("En attente", "info", "attente")
    if fichier.statut == S.REFUSE and fichier.erreur == ECARTE:
        return Aspect("Mis de côté", "neutre", "pause")
    return _ASPECTS[S(fichier.statut)]


def en_attente(fichier: FichierRecu) -> bool:
    """Whether the loading has been asked for and has not begun: nobody took it yet, or another import runs."""
    demande = fichier.etape_traitement == EN_ATTENTE or fichier.etape_traitement.startswith(_AUTRE_IMPORT)
    return demande and fichier.statut in (S.RECU, S.A_CONFIRMER)


def charge_en_cours(fichier: FichierRecu) -> bool:
    """Whether the page to show is the progress of the loading."""
    return fichier.statut == S.EN_COURS or en_attente(fichier)


def nombre(n: int) -> str:
    """A count as French is written.

    >>> nombre(1204) == "1\\u202f204"
    True
    """
    return f"{n:,}".replace(",", "\u202f")


def faits_du_fichier(f: FichierRecu) -> list[tuple[str, Any]]:
    """What is known of a file as a file: dates, sizes, print, who. No content."""
    par = "en ligne de commande" if f.depose_par.systeme else str(f.depose_par)
    paires: list[tuple[str, Any]] = [
        ("Nom", f.nom),
        ("Type", f.get_type_display() or "non reconnu"),
        ("Organisme", f.organisme.nom if f.organisme else str(f.emetteur or "inconnu")),
        ("Date de référence", _jour(f.reference_le)),
        ("Créé par l'émetteur le", _instant(f.cree_le)),
        ("Reçu le", _jour(f.recu_le)),
        ("Déposé le", f"{_instant(f.depose_le)}, {par}"),
        ("Chargé le", _instant(f.charge_le)),
        ("Annoncés", nombre(f.annonces) if f.annonces is not None else ""),
        ("Lus", nombre(f.lus) if f.lus is not None else ""),
        ("Taille", filesizeformat(f.taille)),
        ("Empreinte SHA-256", f.empreinte),
    ]
    return [(nom, valeur) for nom, valeur in paires if valeur]


def _jour(quand: date | None) -> str:
    return f"{quand:%d/%m/%Y}" if quand else ""


def _instant(quand: datetime | None) -> str:
    return f"{quand.astimezone(PARIS):%d/%m/%Y à %H:%M}" if quand else ""


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
    "telephone_illisible": "un numéro de téléphone illisible, laissé de côté",
    "courriel_illisible": "un courriel illisible, laissé de côté",
    "numero_illisible": "un numéro de dossier illisible",
    "role_inconnu": "le rôle d'une personne inconnu",
    "montant_invalide": "un montant illisible",
    "prochain_illisible": "une date de prochain rendez-vous illisible",
}
