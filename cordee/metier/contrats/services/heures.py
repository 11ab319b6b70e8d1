"""Hours really done, entered by the person, on her behalf, or by whoever saw them: kept side by side (ADR 0027).

Nothing follows by itself from hours done or not: no event, no étape, no sanction. The path stays what the contract and
the contacts make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from cordee.metier.contrats.enums import Empechement, FamilleActivite, PieceVue, SourceHeures
from cordee.metier.contrats.models import Contrat, HeuresRealisees
from cordee.metier.contrats.regles.heures import PAR_SEMAINE_ET_FAMILLE, UNE_SEMAINE, heures_en_mots, lundi
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.reglementation.parametres import entier
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

Heures = Mapping[FamilleActivite, Decimal]
_ZERO = Decimal(0)
_DEMIE = Decimal("0.5")


class HeuresRefusees(ErreurMetier):
    """These hours cannot be recorded this way; the sentence says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneSaisie:
    """One person's week on a grid. ``vues``: what the screen showed of this source, to notice a colleague's entry."""

    personne: int
    heures: Heures
    vues: Heures | None = None


@dataclass(slots=True)
class BilanSaisie:
    """What a grid changed: lines written, people concerned; ``perimees``: changed meanwhile, nothing written."""

    ecrites: int = 0
    personnes: set[int] = field(default_factory=set)
    perimees: set[int] = field(default_factory=set)


@transaction.atomic
def declarer_heures(
    *, personne: Personne, semaine: date, heures: Heures, empechement: Empechement | None = None, par: Agent | None,
    le: datetime,
) -> int:  # fmt: skip
    """What the person says of her week. Returns how many lines were written; the same word twice writes nothing.

    Args:
        heures: by family; what is left out stays as it was, nought takes back.
        empechement: why nothing could be done, with no hours at all.
        par: ``None`` from her own space; the agent who types on her behalf otherwise (R80).

    Raises:
        HeuresRefusees: a week to come or too old, hours that no week holds.
    """
    if empechement is not None and any(heures.values()):
        raise HeuresRefusees("Une semaine sans heures ne peut pas en porter : retirez les heures ou l'empêchement.")
    bilan = _ecrire(
        [LigneSaisie(personne=personne.pk, heures=heures)], semaine=semaine, source=SourceHeures.DECLAREE,
        structure=None, empechement=empechement, piece_vue=None, par=par, le=le,
    )  # fmt: skip
    return bilan.ecrites


@transaction.atomic
def constater_heures(
    *, lignes: Sequence[LigneSaisie], semaine: date, structure: Structure, piece_vue: PieceVue | None = None,
    par: Agent, le: datetime,
) -> BilanSaisie:  # fmt: skip
    """What a body saw of the week of its people, or checked on a document that is looked at and not kept (V11).

    A constant number of queries, whatever the people. Somebody whose line a colleague changed since the screen was
    drawn is left alone and told of in ``perimees``.

    Raises:
        HeuresRefusees: a week to come or too old, hours that no week holds.
    """
    source = SourceHeures.VERIFIEE if piece_vue else SourceHeures.PRESENTE
    return _ecrire(
        lignes, semaine=semaine, source=source, structure=structure, empechement=None, piece_vue=piece_vue, par=par,
        le=le,
    )  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _ecrire(
    lignes: Sequence[LigneSaisie], *, semaine: date, source: SourceHeures, structure: Structure | None,
    empechement: Empechement | None, piece_vue: PieceVue | None, par: Agent | None, le: datetime,
) -> BilanSaisie:  # fmt: skip
    _verifier_semaine(semaine, le)
    for ligne in lignes:
        _verifier_heures(ligne.heures.values())
    ids = [ligne.personne for ligne in lignes]
    _verrouiller(ids)
    connues = _connues(ids, semaine, source, structure)
    bilan = BilanSaisie()
    nouvelles: list[HeuresRealisees] = []
    remplacees: list[int] = []
    for ligne in lignes:
        siennes = connues.get(ligne.personne, {})
        a_ecrire = _a_ecrire(ligne.heures, siennes, empechement)
        if ligne.vues is not None and any(_dite(siennes, f) != ligne.vues.get(f, _ZERO) for f in a_ecrire):
            bilan.perimees.add(ligne.personne)
            continue
        for famille, valeur in a_ecrire.items():
            if famille in siennes:
                remplacees.append(siennes[famille].pk)
            nouvelles.append(
                HeuresRealisees(
                    personne_id=ligne.personne, semaine=semaine, famille=famille, source=source, structure=structure,
                    heures=valeur, empechement=empechement or "", piece_vue=piece_vue or "", saisie_par=par,
                    saisie_le=le,
                )
            )  # fmt: skip
    HeuresRealisees.objects.filter(pk__in=remplacees).update(remplacee_le=le)
    HeuresRealisees.objects.bulk_create(nouvelles, batch_size=2000)
    bilan.ecrites, bilan.personnes = len(nouvelles), {n.personne_id for n in nouvelles}
    _noter_derniere_semaine(bilan.personnes, semaine)
    return bilan


def _verifier_semaine(semaine: date, le: datetime) -> None:
    au = jour(le)
    if semaine != lundi(semaine):
        raise HeuresRefusees("Choisissez une semaine par son lundi.")
    if semaine > lundi(au):
        raise HeuresRefusees("Cette semaine n'a pas commencé : les heures se notent une fois faites.")
    limite = entier("heures_saisie_semaines", au=au)
    if semaine < lundi(au) - limite * UNE_SEMAINE:
        raise HeuresRefusees(f"Cette semaine a plus de {limite} semaines : elle ne se modifie plus.")


def _verifier_heures(valeurs: Iterable[Decimal]) -> None:
    for heures in valeurs:
        if not _ZERO <= heures <= PAR_SEMAINE_ET_FAMILLE:
            limite = heures_en_mots(PAR_SEMAINE_ET_FAMILLE)
            raise HeuresRefusees(f"Les heures d'une semaine vont de 0 à {limite} : vérifiez ce qui est saisi.")
        if heures % _DEMIE:
            raise HeuresRefusees("Arrondissez à la demi-heure.")


def _verrouiller(ids: Sequence[int]) -> None:
    """Two entries for the same person come one after the other."""
    reunies = list(
        Personne.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("canonique_id")
    )
    if any(canonique is not None for (canonique,) in reunies):
        raise HeuresRefusees("Une fiche a été réunie à une autre : rouvrez la personne depuis la recherche.")


def _connues(
    ids: Sequence[int], semaine: date, source: SourceHeures, structure: Structure | None
) -> dict[int, dict[str, HeuresRealisees]]:
    lignes = HeuresRealisees.objects.filter(
        personne__in=ids, semaine=semaine, source=source, structure=structure, remplacee_le__isnull=True
    )
    connues: dict[int, dict[str, HeuresRealisees]] = {}
    for ligne in lignes:
        connues.setdefault(ligne.personne_id, {})[ligne.famille] = ligne
    return connues


def _a_ecrire(
    heures: Heures, siennes: Mapping[str, HeuresRealisees], empechement: Empechement | None
) -> dict[FamilleActivite, Decimal]:
    """What changes. A week said to be empty leaves one line that says so."""
    changees = {
        f: h
        for f, h in heures.items()
        if h != _dite(siennes, f) or (f in siennes and siennes[f].empechement != (empechement or ""))
    }
    vide = not any(heures.values()) and not siennes
    if vide and heures:
        return {next(iter(heures)): _ZERO}
    return changees


def _dite(siennes: Mapping[str, HeuresRealisees], famille: FamilleActivite) -> Decimal:
    return siennes[famille].heures if famille in siennes else _ZERO


def _noter_derniere_semaine(personnes: set[int], semaine: date) -> None:
    """The contract in force keeps the last week anybody told of: the boards read it without the hours."""
    ids = [pk for groupe in ids_des_groupes(personnes).values() for pk in groupe] if personnes else []
    en_vigueur = Contrat.objects.filter(personne__in=ids, debut__isnull=False, fin__isnull=True)
    anciens = Q(derniere_semaine__isnull=True) | Q(derniere_semaine__lt=semaine)
    en_vigueur.filter(anciens).update(derniere_semaine=semaine)


__all__ = [
    "BilanSaisie", "HeuresRefusees", "LigneSaisie", "constater_heures", "declarer_heures",
]  # fmt: skip
