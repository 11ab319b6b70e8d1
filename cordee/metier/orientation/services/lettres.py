"""What the letters of the orientation say."""

from __future__ import annotations

from datetime import date
from typing import Any

from cordee.metier.courriers.expediteurs import adresse_de, expediteur
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.selectors import nom_complet
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.enums import Demandeur, MotifOrientation, MotifRefusReorientation
from cordee.metier.orientation.models import DemandeReorientation, Orientation
from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.enums import PrecisionNaissance, Sexe
from cordee.metier.personnes.models import Personne
from cordee.reglementation.organismes_referents import GenreOrganismeReferent, delai_legal_du_contrat
from cordee.socle.horloge import jour


def donnees_notification(
    orientation: Orientation, *, signataire: Agent, main_propre: bool, remise_le: date | None = None
) -> dict[str, Any]:
    """The decision, its reasons and its remedies."""
    structure = orientation.structure
    tete = expediteur(concerne=structure)
    voie = Voie(orientation.voie)
    contenu: dict[str, Any] = {
        "departement": tete,
        "main_propre": main_propre,
        "decision": {
            "le": jour(orientation.decidee_le),
            "decideur": tete.get("decideur", ""),
            "parcours": voie.libelle,
            "explication": f"{voie.description}.",
            "organisme": {"nom": structure.nom, "adresse": adresse_de(structure), "telephone": structure.telephone},
            "motifs": [f"{MotifOrientation(m).libelle}." for m in orientation.motifs],
        },
        "signataire": {"pour": f"Pour {tete.get('decideur', '')}, par délégation", "nom": str(signataire)},
    }
    if orientation.proposition:
        contenu["traitement_algorithmique"] = "proposer l'accompagnement le plus adapté à vos réponses"
    if remise_le is not None:
        contenu["remise_le"] = remise_le
    return contenu


def donnees_refus_reorientation(
    demande: DemandeReorientation, *, structure: Structure | None, signataire: Agent, remis_le: date | None = None
) -> dict[str, Any]:
    """The refusal of another orientation, its reason and its remedies (D5411-8-2)."""
    tete = expediteur(concerne=structure)
    organisme: dict[str, Any] = {"nom": "votre référent"}
    if structure is not None:
        organisme = {"nom": structure.nom, "adresse": adresse_de(structure), "telephone": structure.telephone}
    contenu: dict[str, Any] = {
        "departement": tete,
        "main_propre": remis_le is not None,
        "demande": {
            "le": jour(demande.demandee_le),
            "par_la_personne": demande.demandeur == Demandeur.PERSONNE,
        },
        "reponse": {
            "le": jour(demande.decidee_le or demande.demandee_le),
            "decideur": tete.get("decideur", ""),
            "motif": f"{MotifRefusReorientation(demande.motif_refus).libelle}.",
            "explication": demande.explication,
            "organisme": organisme,
        },
        "signataire": {"pour": f"Pour {tete.get('decideur', '')}, par délégation", "nom": str(signataire)},
    }
    if remis_le is not None:
        contenu["remise_le"] = remis_le
    return contenu


def delais_enonces(orientation: Orientation) -> tuple[str, ...]:
    """The month of the contract is stated only for the bodies it binds (C. trav. D5411-14-1: 1° to 4°)."""
    legal = delai_legal_du_contrat(GenreOrganismeReferent(orientation.categorie))
    return ("contrat_engagement",) if legal else ()


def donnees_attestation(*, personne: Personne, agent: Agent, structure: Structure, depuis: date) -> dict[str, Any]:
    """That she is accompanied, by whom and since when (R85). Nothing of the benefits, nothing of the path."""
    qui = {"nom": nom_complet(personne)}
    if personne.date_naissance and personne.precision_naissance == PrecisionNaissance.JOUR:
        accord = {Sexe.FEMME: "née", Sexe.HOMME: "né"}.get(Sexe(personne.sexe), "né(e)")
        qui["naissance"] = f"{accord} le {date_fr(personne.date_naissance, avec_jour=False)}"
    return {
        "departement": expediteur(structure),
        "personne": qui,
        "depuis": depuis,
        "organisme": {"nom": structure.nom},
        "referent": {"nom": str(agent), "telephone": agent.telephone or structure.telephone},
        "signataire": {"nom": str(agent), "qualite": structure.nom},
    }


def donnees_nomination(*, agent: Agent, structure: Structure, depuis: date) -> dict[str, Any]:
    """Who accompanies the person and how to reach her."""
    return {
        "departement": expediteur(structure),
        "depuis": depuis,
        "referent": {
            "nom": str(agent),
            "structure": structure.nom,
            "telephone": agent.telephone or structure.telephone,
            "courriel": agent.courriel,
            "adresse": adresse_de(structure),
        },
    }
