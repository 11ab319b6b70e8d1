"""The list of contracts of a perimeter: to prepare, in preparation, to validate, to sign, to update, in force."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cordee.metier.contrats.enums import DecisionCircuit, EtatContrat, EtatEngagement, GenreContrat
from cordee.metier.contrats.models import Contrat, Engagement, EtapeCircuit, PassageCircuit
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle.horloge import jour

SANS_CONTRAT = (Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD)
AVANT_ACTUALISATION = timedelta(days=30)
_CE = GenreContrat.CONTRAT_ENGAGEMENT


def sans_brouillon(*, pour: Agent, droits: Habilitation, le: datetime) -> QuerySet[Situation]:
    """People who are to have a contract and for whom nothing is written yet, by the date of their step."""
    visibles = q_visibles("personne", pour=pour, au=jour(le), droits=droits)
    ecrits = Contrat.objects.filter(personne=OuterRef("personne"), debut__isnull=True, fin__isnull=True)
    return Situation.objects.filter(visibles, ~Exists(ecrits), etat__in=SANS_CONTRAT)


def contrats_en(etat: EtatContrat, *, pour: Agent, droits: Habilitation, le: datetime) -> QuerySet[Contrat]:
    """The contracts of the perimeter that stand there. ``A_PREPARER`` has none: see ``sans_brouillon``."""
    au = jour(le)
    lignes = Contrat.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits), genre=_CE)
    if etat in (EtatContrat.EN_VIGUEUR, EtatContrat.A_ACTUALISER):
        lignes = lignes.filter(debut__isnull=False, debut__lte=au, fin__isnull=True)
        if etat is EtatContrat.A_ACTUALISER:
            lignes = lignes.filter(prochaine_actualisation__lte=au + AVANT_ACTUALISATION)
        return lignes
    lignes = lignes.filter(debut__isnull=True, fin__isnull=True)
    if etat is EtatContrat.A_SIGNER:
        return lignes.filter(propose_le__isnull=False)
    lignes = avec_circuit(lignes.filter(propose_le__isnull=True))
    attend = Q(etapes__gt=F("validees"), derniere__in=(DecisionCircuit.DEMANDE, DecisionCircuit.VALIDE))
    if etat is EtatContrat.A_VALIDER:
        return lignes.filter(attend)
    return lignes.exclude(attend) if etat is EtatContrat.BROUILLON else lignes.none()


def avec_circuit(lignes: QuerySet[Contrat]) -> QuerySet[Contrat]:
    """Drafts with ``etapes`` (asked by the structure), ``validees`` and ``derniere`` of their version."""
    passages = PassageCircuit.objects.filter(contrat=OuterRef("pk"), version=OuterRef("version")).order_by("-pk")
    renvoi = passages.filter(decision=DecisionCircuit.RENVOYE).values("pk")[:1]
    etapes = (
        EtapeCircuit.objects.filter(structure=OuterRef("structure"))
        .order_by()
        .values("structure")
        .annotate(n=Count("pk"))
        .values("n")
    )
    apres = lignes.annotate(
        etapes=Coalesce(Subquery(etapes, output_field=IntegerField()), Value(0)),
        dernier_renvoi=Coalesce(Subquery(renvoi), Value(0)),
        derniere=Coalesce(Subquery(passages.values("decision")[:1]), Value("")),  # a null would be lost by ``exclude``
    )
    validees = (
        PassageCircuit.objects.filter(
            contrat=OuterRef("pk"), version=OuterRef("version"), decision=DecisionCircuit.VALIDE,
            pk__gt=OuterRef("dernier_renvoi"),
        )
        .order_by().values("contrat").annotate(n=Count("pk")).values("n")
    )  # fmt: skip
    return apres.annotate(validees=Coalesce(Subquery(validees, output_field=IntegerField()), Value(0)))


def compter(*, pour: Agent, droits: Habilitation, le: datetime) -> dict[EtatContrat, int]:
    """How many stand in each state: one query per state, whatever the perimeter."""
    comptes = {EtatContrat.A_PREPARER: sans_brouillon(pour=pour, droits=droits, le=le).count()}
    for etat in EtatContrat:
        if etat is not EtatContrat.A_PREPARER:
            comptes[etat] = contrats_en(etat, pour=pour, droits=droits, le=le).count()
    return comptes


def engagements_en_retard(*, pour: Agent, droits: Habilitation, au: date) -> QuerySet[Engagement]:
    """Promises whose day is past in contracts in force, ours and theirs alike, the oldest first (R15)."""
    lignes = Engagement.objects.filter(
        q_visibles("contrat__personne", pour=pour, au=au, droits=droits), etat=EtatEngagement.EN_COURS,
        avant_le__lt=au, contrat__debut__isnull=False, contrat__fin__isnull=True,
    )  # fmt: skip
    return lignes.select_related("contrat__personne", "responsable", "contrat__structure").order_by("avant_le", "pk")


def mes_promesses(*, pour: Agent, au: date) -> QuerySet[Engagement]:
    """« Ce que j'ai promis »: what this agent keeps for people, settled left out, the nearest day first."""
    lignes = Engagement.objects.filter(
        engage="organisme", etat=EtatEngagement.EN_COURS, responsable=pour, contrat__debut__isnull=False,
        contrat__fin__isnull=True,
    )  # fmt: skip
    return lignes.select_related("contrat__personne").order_by(F("avant_le").asc(nulls_last=True), "pk")


def chercher(lignes: QuerySet[Any], f: dict[str, Any], *, prefixe: str = "personne__") -> QuerySet[Any]:
    """Keep what the filters of the page ask for.

    Args:
        f: ``q`` (name), ``structure`` and ``referent`` (ids); absent: everything.
        prefixe: how the rows reach the person.
    """
    if mots := str(f.get("q", "")).split():
        for mot in mots[:4]:
            lignes = lignes.filter(
                Q(**{f"{prefixe}nom__istartswith": mot}) | Q(**{f"{prefixe}prenom__istartswith": mot})
            )
    champs = ("referent_structure", "referent_agent") if lignes.model is Situation else ("structure", "referent")
    for cle, nom in zip(("structure", "referent"), champs, strict=True):
        if f.get(cle):
            lignes = lignes.filter(**{nom: f[cle]})
    return lignes
