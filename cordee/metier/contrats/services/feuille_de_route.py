"""The page a person leaves with: who, when, where, why, remedies (R8). One page, kept as proof like any letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.selectors import brouillon_de, contrat_en_vigueur
from cordee.metier.courriers.enums import Canal, EtatNoeud, EtatRemise, GenreCourrier
from cordee.metier.courriers.expediteurs import adresse_de, expediteur
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import emettre
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.regles.fichier import AVANT_ORIENTATION
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services.lettres import POURQUOI
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

ENGAGEMENTS = 3
LONGUEUR = 110
_MODE = {
    ModaliteRendezVous.PHYSIQUE: "sur_place",
    ModaliteRendezVous.DOMICILE: "domicile",
    ModaliteRendezVous.TELEPHONE: "telephone",
    ModaliteRendezVous.VISIO: "visio",
}
_CHEZ = {
    ModaliteRendezVous.TELEPHONE: "Nous vous appelons",
    ModaliteRendezVous.DOMICILE: "Nous venons chez vous",
    ModaliteRendezVous.VISIO: "Par internet : le lien vous est envoyé",
}


class FeuilleImpossible(ErreurMetier):
    """There is nothing to print yet; the sentence says what to do."""


@transaction.atomic
def remettre_feuille_de_route(*, personne: Personne, ici: Structure | None, par: Agent, le: datetime) -> Courrier:
    """Write the page and note that it was handed over.

    It says the next appointment; without one, what comes next and who will call. No service target is cited (E08):
    a date is only that of an appointment.

    Args:
        ici: where she is received, named when nobody else is.

    Raises:
        FeuilleImpossible: nobody and no place to name.
        EnvoiImpossible: her identity is to be arbitrated, or a death is signalled.
    """
    personne = verrouiller(personne)
    return emettre(
        personne=personne, genre=GenreCourrier.FEUILLE_DE_ROUTE, canal=Canal.GUICHET, etat=EtatRemise.RECUE,
        donnees=donnees_feuille(personne, ici=ici, le=le), delais=_delais(personne), par=par, le=le,
    )  # fmt: skip


def donnees_feuille(personne: Personne, *, ici: Structure | None, le: datetime) -> dict[str, Any]:
    """What the page prints (template « feuille_de_route »)."""
    ids = ids_du_groupe(personne)
    situation = (
        Situation.objects.select_related("referent_agent", "referent_structure__commune", "structure_secteur__commune")
        .filter(personne__in=ids)
        .first()
    )
    rdv = (
        RendezVous.objects.select_related("structure__commune", "agent")
        .filter(personne__in=ids, statut=StatutRendezVous.PREVU, debut__gt=le)
        .order_by("debut")
        .first()
    )
    structure = _structure(rdv, situation, ici)
    if structure is None:
        raise FeuilleImpossible("Aucune structure ne suit encore cette personne : donnez-lui d'abord un rendez-vous.")
    etat = Etat(situation.etat) if situation else None
    return {
        "departement": expediteur(structure),
        "qui": _qui(rdv, situation, structure),
        "rdv": _quand(rdv, structure) if rdv else _sans_date(etat, structure),
        "pourquoi": POURQUOI[GenreRendezVous(rdv.genre)] if rdv else _pourquoi(etat),
        "etapes": _corde(situation, rdv),
        **_engagements(personne, le),
    }


# Parts --------------------------------------------------------------------------------------------------------------
def _structure(rdv: RendezVous | None, s: Situation | None, ici: Structure | None) -> Structure | None:
    if rdv is not None:
        return rdv.structure
    return (s and (s.referent_structure or s.structure_secteur)) or ici


def _qui(rdv: RendezVous | None, s: Situation | None, structure: Structure) -> dict[str, Any]:
    agent = rdv.agent if rdv else (s.referent_agent if s else None)
    if agent is None:
        return {"nom": structure.nom, "telephone": structure.telephone}
    referente = s is not None and s.referent_agent_id == agent.pk
    return {
        "nom": str(agent),
        "fonction": f"{'Votre référent' if referente else 'La personne qui vous reçoit'}, {structure.nom}",
        "telephone": agent.telephone or structure.telephone,
    }


def _quand(rdv: RendezVous, structure: Structure) -> dict[str, Any]:
    modalite = ModaliteRendezVous(rdv.modalite)
    lieu: dict[str, Any] = {"nom": _CHEZ.get(modalite, structure.nom)}
    if modalite is ModaliteRendezVous.PHYSIQUE:
        lieu["adresse"] = [rdv.lieu] if rdv.lieu else adresse_de(structure)
    return {"quand": rdv.debut, "mode": _MODE[modalite], "lieu": lieu}


def _sans_date(etat: Etat | None, structure: Structure) -> dict[str, Any]:
    suite = "Nous vous proposons une date par courrier, message ou téléphone"
    if etat is Etat.RENCONTREE:
        suite = "La décision vous est remise ou envoyée dès qu'elle est prise"
    return {"quand": suite, "lieu": {"nom": structure.nom, "adresse": adresse_de(structure)}}


def _pourquoi(etat: Etat | None) -> str:
    if etat is None or etat in AVANT_ORIENTATION:
        return POURQUOI[GenreRendezVous.ORIENTATION]
    if etat in (Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD):
        return POURQUOI[GenreRendezVous.CONTRAT]
    return POURQUOI[GenreRendezVous.ACCOMPAGNEMENT]


def _corde(s: Situation | None, rdv: RendezVous | None) -> list[dict[str, Any]]:
    """Three knots: the meeting, the orientation, the contract."""
    oriente, contrat = (s.oriente_le, s.contrat_le) if s else (None, None)
    rencontree = bool(oriente) or (s is not None and s.etat == Etat.RENCONTREE)
    faits = ((rencontree, None), (bool(oriente), oriente), (bool(contrat), contrat))
    libelles = ("Premier rendez-vous", "Choix de votre accompagnement", "Votre contrat")
    noeuds: list[dict[str, Any]] = []
    for libelle, (fait, quand) in zip(libelles, faits, strict=True):
        ici = not fait and all(n["etat"] == EtatNoeud.FAIT.value for n in noeuds)
        etat = EtatNoeud.FAIT if fait else EtatNoeud.ICI if ici else EtatNoeud.ENSUITE
        noeuds.append({"libelle": libelle, "etat": etat.value} | ({"quand": quand} if quand else {}))
    return noeuds


def _engagements(personne: Personne, le: datetime) -> dict[str, list[str]]:
    """What both sides said they would do first, shortened: the contract itself is a paper of its own."""
    contrat = contrat_en_vigueur(personne, au=jour(le)) or brouillon_de(personne)
    if contrat is None:
        return {}
    lignes = contrat.engagements.filter(tenu_le__isnull=True).order_by("ordre", "pk")
    par_cote: dict[str, list[str]] = {}
    for cote, cle in ((Engage.PERSONNE, "a_faire"), (Engage.ORGANISME, "nous_ferons")):
        textes = [e.texte for e in lignes if e.engage == cote][:ENGAGEMENTS]
        if textes:
            par_cote[cle] = [t if len(t) <= LONGUEUR else f"{t[: LONGUEUR - 1].rstrip()}…" for t in textes]
    return par_cote


def _delais(personne: Personne) -> tuple[str, ...]:
    """The remedy is stated with its delay once a decision exists."""
    decidees = Orientation.objects.filter(personne__in=ids_du_groupe(personne), fin__isnull=True)
    return ("recours_prealable",) if decidees.exists() else ()
