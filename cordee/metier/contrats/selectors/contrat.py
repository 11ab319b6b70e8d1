"""Reads of contracts: the draft, the one in force, what is missing before the signature."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cordee.metier.contrats import regles
from cordee.metier.contrats.enums import EtatEngagement, GenreContrat
from cordee.metier.contrats.models import Contrat, Objectif
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.organismes.models import en_cours
from cordee.metier.personnes.models import Personne, Representant
from cordee.metier.personnes.selectors import ids_du_groupe, representants_courants
from cordee.reglementation.contrat_engagement import Manque


def brouillon_de(personne: Personne) -> Contrat | None:
    """The draft being prepared, if any."""
    lignes = Contrat.objects.filter(personne__in=ids_du_groupe(personne), debut__isnull=True, fin__isnull=True)
    return lignes.order_by("-cree_le", "-pk").first()


def contrat_en_vigueur(personne: Personne, *, au: date) -> Contrat | None:
    """The signed contract not ended by a reorientation or an exit (E04: an overdue update does not end it)."""
    lignes = Contrat.objects.filter(
        en_cours(au), personne__in=ids_du_groupe(personne), genre=GenreContrat.CONTRAT_ENGAGEMENT
    )
    return lignes.order_by("-debut", "-pk").first()


def representant_qui_assiste(personne: Personne, *, au: date) -> Representant | None:
    """Who must assist the person to sign, if anybody (E28)."""
    return representants_courants(personne, au).filter(assiste_signature=True).order_by("-nom", "pk").first()


def contenu_de(contrat: Contrat) -> regles.Contenu:
    """The contract as the rules read it."""
    return regles.Contenu(
        referent=str(contrat.referent) if contrat.referent else "", projet=contrat.projet, lignes=lignes_de(contrat),
        heures=contrat.heures, motif_heures=contrat.motif_heures, precision_heures=contrat.precision_heures,
        demande_dispense_le=contrat.demande_dispense_le, revue_heures_le=contrat.revue_heures_le,
        enfant_ne_le=contrat.enfant_ne_le, prochaine_actualisation=contrat.prochaine_actualisation,
        buts=[o.texte for o in objectifs_de(contrat)],
    )  # fmt: skip


def lignes_de(contrat: Contrat, *, etats: Collection[EtatEngagement] | None = None) -> list[regles.Ligne]:
    """Promises and plan in their order. ``etats``: only those that stand there (all by default)."""
    ecrites = contrat.engagements.order_by("ordre", "pk")
    if etats is not None:
        ecrites = ecrites.filter(etat__in=etats)
    champs = ("engage", "texte", "famille", "heures", "avant_le", "code", "responsable")
    return [regles.ligne({**e, "objectif": e["objectif__code"]}) for e in ecrites.values(*champs, "objectif__code")]


def objectifs_de(contrat: Contrat) -> list[Objectif]:
    """The aims in their order, each followed by its own steps."""
    tous = list(contrat.objectifs.order_by("ordre", "pk"))
    racines = [o for o in tous if o.parent_id is None]
    return [x for racine in racines for x in (racine, *(o for o in tous if o.parent_id == racine.pk))]


def manques_du_contrat(contrat: Contrat, *, au: date, assistance_representant: bool = False) -> list[Manque]:
    """What is missing before this contract may be signed (E35, E36). An empty list: it may be."""
    tete = expediteur(concerne=contrat.structure)
    representant = representant_qui_assiste(contrat.personne, au=au)
    return regles.manques(
        contenu_de(contrat),
        droits_rappeles=True,  # the document always states them (template « contrat_engagement »)
        recours_rappeles=bool(tete.get("adresse_recours") and tete.get("tribunal")),
        assistance_requise=representant is not None,
        assistant=representant.nom if representant and assistance_representant else "",
        au=au,
    )
