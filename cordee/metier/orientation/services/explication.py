"""Explaining a proposal to the person who asks (CRPA L311-3-1, R311-3-1-2): the request, then the letter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.services import emettre
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import MotifEcart, MotifOrientation
from cordee.metier.orientation.models import DemandeExplication, Orientation
from cordee.metier.orientation.regles import Reponses
from cordee.metier.orientation.regles.explication import poids
from cordee.metier.orientation.selectors.criteres import criteres_nommes
from cordee.metier.orientation.services.decision import OBJET
from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.reglementation.criteres_orientation import Criteres
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class ExplicationImpossible(ErreurMetier):
    """Nothing to explain, or the request cannot be recorded this way."""


@transaction.atomic
def demander_explication(
    *, orientation: Orientation, demandee_le: date, par: Agent, le: datetime
) -> DemandeExplication:
    """Record that the person asked, on which day: the month to answer runs from it (CRPA R311-13).

    Raises:
        ExplicationImpossible: no proposal was made for this decision, date to come or before the decision, or the
            request is already waiting.
    """
    if manque := sans_explication(orientation):
        raise ExplicationImpossible(manque)
    if not jour(orientation.decidee_le) <= demandee_le <= jour(le):
        raise ExplicationImpossible("Indiquez le jour de la demande : entre la décision et aujourd'hui.")
    if DemandeExplication.objects.filter(orientation=orientation, repondue_le__isnull=True).exists():
        raise ExplicationImpossible("Une demande attend déjà sa réponse : répondez-y.")
    demande = DemandeExplication(
        personne=orientation.personne, orientation=orientation, demandee_le=demandee_le, notee_le=le, notee_par=par
    )
    enregistrer(demande)
    return demande


@transaction.atomic
def repondre_explication(
    *, demande: DemandeExplication, canal: Canal, moyen: MoyenRemise | None = None, par: Agent, le: datetime
) -> DemandeExplication:
    """Write the letter: data, sources, rule, weights, decision, remedies; handed over at the counter, or to be sent.

    Raises:
        ExplicationImpossible: already answered, or the version of the rule is gone.
        EnvoiImpossible: this way is not open (opposition, discreet contact, unknown address…).
    """
    ligne = DemandeExplication.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    if ligne.repondue_le is not None:
        raise ExplicationImpossible("Cette demande a déjà sa réponse.")
    orientation = Orientation.objects.select_related("personne", "structure", "structure__commune").get(
        pk=ligne.orientation_id
    )
    en_main_propre = Canal(canal) is Canal.GUICHET
    ligne.courrier = emettre(
        personne=orientation.personne, genre=GenreCourrier.EXPLICATION_PROPOSITION, canal=canal,
        moyen=MoyenRemise.REMISE_MAIN_PROPRE if en_main_propre else moyen, objet_type=OBJET, objet_id=orientation.pk,
        donnees=donnees_explication(orientation, demandee_le=ligne.demandee_le, signataire=par),
        etat=EtatRemise.RECUE if en_main_propre else None, etat_le=jour(le) if en_main_propre else None,
        par=par, le=le,
    )  # fmt: skip
    ligne.repondue_le = le
    ligne.save(update_fields=["courrier", "repondue_le"])
    return ligne


def sans_explication(orientation: Orientation) -> str:
    """Why there is nothing to explain; empty when there is."""
    if orientation.par_operateur:
        return "Cette décision est celle de l'opérateur de l'emploi : c'est à lui d'expliquer sa proposition."
    if not orientation.proposition.get("reponses"):
        return "Aucun programme n'a servi à cette décision : ses raisons sont écrites dans la décision elle-même."
    if criteres_nommes(orientation.version_regle) is None:
        return "La version de la règle appliquée ce jour-là n'est plus connue : prévenez l'administrateur."
    return ""


def demandes_de(orientation: Orientation) -> list[DemandeExplication]:
    """The requests about a decision, the last one first."""
    demandes = DemandeExplication.objects.filter(
        orientation=orientation, personne__in=ids_du_groupe(orientation.personne)
    )
    return list(demandes.select_related("courrier").order_by("-demandee_le", "-pk"))


def donnees_explication(orientation: Orientation, *, demandee_le: date, signataire: Agent) -> dict[str, Any]:
    """What the letter says. The rule is applied again to the answers kept, under the version of that day.

    Raises:
        ExplicationImpossible: see ``sans_explication``.
    """
    if manque := sans_explication(orientation):
        raise ExplicationImpossible(manque)
    criteres = criteres_nommes(orientation.version_regle)
    assert criteres is not None  # noqa: S101 - checked just above
    tete, proposition = expediteur(concerne=orientation.structure), orientation.proposition
    return {
        "departement": tete,
        "demandee_le": demandee_le,
        "regle": _regle(criteres),
        "donnees": _donnees(orientation, criteres),
        "raisons": list(proposition.get("raisons", ())),
        "ce_qui_changerait": list(proposition.get("ce_qui_changerait", ())),
        "proposition": {
            "parcours": Voie(orientation.voie_proposee).libelle,
            "organisme": GenreOrganismeReferent(orientation.categorie_proposee).libelle,
        },
        "decision": {
            "le": jour(orientation.decidee_le),
            "decideur": tete.get("decideur", ""),
            "parcours": Voie(orientation.voie).libelle,
            "organisme": orientation.structure.nom,
            "motifs": [f"{MotifOrientation(m).libelle}." for m in orientation.motifs],
            "ecart": _ecart(orientation),
        },
        "signataire": {"nom": str(signataire)},
    }


# Parts ----------------------------------------------------------------------------------------------------------------
def _regle(criteres: Criteres) -> dict[str, str]:
    national = criteres.version.partition("+")[0]
    return {
        "nom": criteres.libelle, "reference": criteres.reference, "version": national, "arrete": criteres.arrete,
    }  # fmt: skip


def _donnees(orientation: Orientation, criteres: Criteres) -> list[dict[str, Any]]:
    """What was read, by question of the rule."""
    reponses = Reponses.depuis_json(orientation.proposition["reponses"])
    mene_le = orientation.diagnostic.mene_le if orientation.diagnostic else orientation.decidee_le
    sources = {"votre entretien": f"Entretien du {jour(mene_le):%d/%m/%Y}", "votre dossier": "Votre dossier"}
    par_question: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for p in poids(reponses, criteres):
        par_question.setdefault((p.question, p.role, p.reference), []).append(
            {"nom": p.nom, "valeur": p.valeur, "source": sources[p.source], "pese": p.pese}
        )
    return [
        {"question": question, "role": role, "reference": reference, "lues": lues}
        for (question, role, reference), lues in par_question.items()
    ]


def _ecart(orientation: Orientation) -> str:
    if orientation.suivie or not orientation.motif_ecart:
        return ""
    motif = MotifEcart(orientation.motif_ecart)
    return f"{orientation.precision_ecart if motif is MotifEcart.AUTRE else motif.libelle}."
