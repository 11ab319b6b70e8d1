"""The history in French: one line per event, from its kind and the few values it carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cordee.metier.parcours.enums import (
    AideDroit,
    Etat,
    GenreEcheance,
    GenreEvenement,
    MotifSortie,
    ReponseCaisse,
    ReponseSanction,
    SuiteCloture,
    Voie,
)
from cordee.reglementation.redaction import date_en_toutes_lettres

E = GenreEvenement
Noms = Mapping[int, str]

# What only the file of the paying body says: absent for those who may not see the rights.
SUR_LES_DROITS = frozenset({E.DROIT_SUSPENDU, E.DROIT_RETABLI, E.DROIT_CLOS, E.DROIT_CONFIRME, E.SDD_CONSTATE,
                            E.DECISION_ATTENDUE, E.DECISION_TRANSMISE, E.SANCTION_CONSTATEE, E.SANCTION_RAPPROCHEE,
                            E.MESURE_REPRISE, E.MESURE_DECIDEE, E.MESURE_NOTIFIEE, E.MESURE_LEVEE, E.MESURE_TERMINEE,
                            E.MESURE_ANNULEE, E.MESURE_TRANSMISE, E.DROIT_FINI, E.MANQUEMENT_SIGNALE,
                            E.MOTIF_EXAMINE, E.PROCEDURE_OUVERTE, E.GRIEFS_ENVOYES, E.GRIEFS_RECUS,
                            E.OBSERVATION_RECUE, E.AUDITION_TENUE, E.CONTRADICTOIRE_CLOS, E.PROCEDURE_CLOSE,
                            E.EP_INSCRITE, E.EP_RETIREE, E.AVIS_EP,
                            E.CONFORMITE_CONSTATEE, E.RECOURS_DEPOSE, E.RECOURS_STATUE})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Souvenir:
    """One event as people read it."""

    pk: int
    genre: GenreEvenement
    survenu_le: datetime
    enregistre_le: datetime
    titre: str
    detail: str
    par: str
    par_le_systeme: bool
    objet_type: str
    objet_id: int | None
    annule: bool = False
    d_une_fiche_reunie: bool = False


def titre(genre: GenreEvenement, donnees: Mapping[str, Any]) -> str:
    """The title of an event, with what changes its meaning.

    >>> titre(E.ABSENCE, {"excusee": True}), titre(E.CONTACT, {"resultat": "message"})
    ('Absence excusée', 'Message laissé')
    """
    if genre is E.ABSENCE and donnees.get("excusee"):
        return "Absence excusée"
    if genre is E.CONTACT and donnees.get("resultat") not in (None, "jointe"):
        return {"message": "Message laissé", "sans_reponse": "Appel sans réponse"}.get(
            str(donnees["resultat"]), "Tentative de contact"
        )
    if genre is E.MESURE_TRANSMISE and donnees.get("rejetee"):
        return "Décision renvoyée par la caisse"
    return genre.libelle


def detail(genre: GenreEvenement, donnees: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    """One short sentence, or nothing.

    >>> detail(E.ENTREE_SDD, {"recu_le": "2026-01-09"}, {}, {})
    'Information reçue le 9 janvier 2026.'
    >>> detail(E.ORIENTATION_DECIDEE, {"voie": "socio_pro", "structure": 3}, {3: "EDS de Vitry"}, {})
    'Parcours socio-professionnel, EDS de Vitry.'
    """
    ecrire = _DETAILS.get(genre)
    return ecrire(donnees, structures, agents) if ecrire else ""


def _jour(iso: Any) -> str:
    return date_en_toutes_lettres(date.fromisoformat(str(iso))) if iso else ""


def _le(cle: str, phrase: str) -> Callable[[Mapping[str, Any], Noms, Noms], str]:
    return lambda d, structures, agents: phrase.format(_jour(d[cle])) if d.get(cle) else ""


def _orientation(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    morceaux = [Voie(d["voie"]).libelle if d.get("voie") else "", structures.get(d.get("structure", 0), "")]
    texte = ", ".join(m for m in morceaux if m)
    return f"{texte}." if texte else ""


def _referent(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    morceaux = [agents.get(d.get("agent") or 0, ""), structures.get(d.get("structure") or 0, "")]
    texte = ", ".join(m for m in morceaux if m)
    return f"{texte}." if texte else ""


def _sortie(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    return f"{MotifSortie(d['motif_sortie']).libelle}." if d.get("motif_sortie") else ""


def _situation(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    texte = f"{Etat(d['etat']).libelle}." if d.get("etat") else ""
    revue = f" À revoir le {_jour(d['revue_le'])}." if d.get("revue_le") else ""
    return (texte + revue).strip()


def _aller_vers(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    return {
        "jointe": "La personne a été jointe.",
        "sans_reponse": "Pas de réponse.",
        "adresse_fausse": "Adresse ou numéro faux.",
    }.get(str(d.get("resultat", "")), "")


def _partenaire(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    """A date said only in part stays so (« 2020 », « 03/2020 »)."""
    if d.get("contrat_le"):
        return _le("contrat_le", "Contrat signé chez le partenaire le {}.")(d, structures, agents)
    if d.get("contrat_partiel"):
        annee, _, mois = str(d["contrat_partiel"]).partition("-")
        quand = f"{mois}/{annee}" if mois else annee
        return f"Contrat signé chez le partenaire en {quand} (date exacte inconnue)."
    return ""


def _echeance(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    aide = f" {AideDroit(d['aide']).libelle}." if d.get("aide") else ""
    return f"{GenreEcheance(d['echeance']).libelle}.{aide}" if d.get("echeance") in set(GenreEcheance) else ""


def _disparition(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    return {
        "presente": "La personne est toujours présente.",
        "sortie": "La personne est sortie du dispositif.",
        "attendre": "À revoir au prochain fichier.",
    }.get(str(d.get("resultat", "")), "")


def _suite(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    return f"{SuiteCloture(d['suite']).libelle}." if d.get("suite") else ""


def _reponse(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    quand = f", décidé le {_jour(d['le'])}" if d.get("le") else ""
    return f"{ReponseCaisse(d['reponse']).libelle}{quand}." if d.get("reponse") else ""


def _reponse_sanction(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    return f"{ReponseSanction(d['reponse']).libelle}." if d.get("reponse") else ""


def _motif(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    return "Motif légitime retenu." if d.get("retenu") else "Aucun motif légitime retenu à ce jour."


def _recours(d: Mapping[str, Any], structures: Noms, agents: Noms) -> str:
    devant = {"rapo": "Devant le Département", "tribunal": "Devant le tribunal administratif"}
    issue = {"accueilli": "accueilli", "rejete": "rejeté", "rejet_implicite": "rejeté par le silence gardé"}
    suite = issue.get(str(d.get("issue", "")), "")
    lieu = devant.get(str(d.get("genre", "")), "")
    return f"{lieu}{', ' + suite if suite else ''}." if lieu else ""


_DETAILS: dict[GenreEvenement, Callable[[Mapping[str, Any], Noms, Noms], str]] = {
    E.ENTREE_SDD: _le("recu_le", "Information reçue le {}."),
    E.RETOUR_SDD: _le("recu_le", "Information reçue le {}."),
    E.DROIT_CLOS: _sortie,
    E.DISPARITION_VERIFIEE: _disparition,
    E.ORIENTATION_DECIDEE: _orientation,
    E.ORIENTATION_OPERATEUR: _orientation,
    E.ORIENTATION_ACCUSEE: _le("notifiee_le", "Notifiée à la personne le {}."),
    E.DATE_CERTAINE: _le("le", "Reçue par la personne le {}."),
    E.REFERENT_NOMME: _referent,
    E.COREFERENT_NOMME: _referent,
    E.GLOBAL_OUVERT: _referent,
    E.RELAIS_PROPOSE: _referent,
    E.RELAIS_ACCEPTE: _referent,
    E.ACCUEIL_TERMINE: _referent,
    E.REFUS_NOTIFIE: _le("le", "Reçu par la personne le {}."),
    E.MOTIF_EXAMINE: _motif,
    E.GRIEFS_RECUS: _le("jusquau", "Elle peut présenter ses observations jusqu'au {}."),
    E.MESURE_NOTIFIEE: _le("le", "Reçue par la personne le {}."),
    E.MESURE_LEVEE: _le("le", "À compter du {}."),
    E.RECOURS_DEPOSE: _recours,
    E.RECOURS_STATUE: _recours,
    E.CONTRAT_SIGNE: _le("actualisation_le", "À actualiser le {}."),
    E.CONTRAT_ACTUALISE: _le("actualisation_le", "Prochaine actualisation le {}."),
    E.CONTACT: _le("prochain_contact_le", "Prochain contact convenu le {}."),
    E.INFORMATION_PARTENAIRE: _partenaire,
    E.INTERRUPTION: _le("revue_le", "À revoir le {}."),
    E.SITUATION_PARTICULIERE: _situation,
    E.REPRISE: _situation,
    E.POINT_SITUATION: _situation,
    E.REVUE_CONJOINTE: _le("revision_le", "Contrat à réviser avant le {}."),
    E.PIECE_NOTEE: _le("expire_le", "Valable jusqu'au {}."),
    E.ALLER_VERS: _aller_vers,
    E.ECHEANCE_TRAITEE: _echeance,
    E.ECART_LEVE: _echeance,
    E.ATTENTE_PROLONGEE: _echeance,
    E.CLOTURE_DECIDEE: _suite,
    E.DECISION_TRANSMISE: _reponse,
    E.SANCTION_RAPPROCHEE: _reponse_sanction,
}
