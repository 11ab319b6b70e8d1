"""Reads of interviews: the draft to resume, the current diagnosis, its former versions, and who may read the detail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import NatureConstat
from cordee.metier.orientation.models import Constat, DetailDiagnostic, Diagnostic
from cordee.metier.orientation.regles.contenu import Competence, Contenu, Detail, Experience, Projet

_SIMPLES = (
    "situation_pro", "niveau", "diplome", "projection", "projet_pro", "travailleur_handicape", "francais_oral",
    "francais_lu", "francais_ecrit", "numerique", "heures_semaine", "metier_vise",
)  # fmt: skip
_LISTES = ("permis", "transports", "disponibilites")
_PROJET = ("libelle", "appellation", "rome", "rayon_km", "heures", "salaire_horaire")
_EXPERIENCE = ("libelle", "appellation", "rome", "annee_fin", "duree_mois")


def diagnostics_de(ids: Collection[int]) -> QuerySet[Diagnostic]:
    """The interviews of a person (ids of her group), the last one first, drafts and replaced ones included."""
    lignes = Diagnostic.objects.filter(personne__in=ids).select_related("mene_par")
    return lignes.order_by("-mene_le", "-pk")


def brouillon_de(ids: Collection[int]) -> Diagnostic | None:
    """The interview that was begun and not finished: one at most is resumed, the last one."""
    return diagnostics_de(ids).filter(brouillon=True).first()


def diagnostic_courant(ids: Collection[int]) -> Diagnostic | None:
    """The last finished interview that no correction replaced."""
    return diagnostics_de(ids).filter(brouillon=False, correction__isnull=True).first() or (
        diagnostics_de(ids).filter(brouillon=False).first()
    )


def mes_brouillons(*, pour: Agent) -> QuerySet[Diagnostic]:
    """Interviews this agent began or took over and did not finish, the last one first. Hers only: no perimeter."""
    return (
        Diagnostic.objects.filter(mene_par=pour, brouillon=True).select_related("personne").order_by("-mene_le", "-pk")
    )


def contenu_de(diagnostic: Diagnostic) -> Contenu:
    """The shared answers of a row. Two queries, none when they were prefetched (``projets``, ``experiences``)."""
    simples: dict[str, Any] = {nom: getattr(diagnostic, nom) for nom in _SIMPLES}
    listes: dict[str, Any] = {nom: tuple(getattr(diagnostic, nom)) for nom in _LISTES}
    return Contenu(
        **simples,
        **listes,
        themes=MappingProxyType(dict(diagnostic.themes)),
        competences=tuple(Competence(code=c["code"], libelle=c["libelle"]) for c in diagnostic.competences),
        projets=tuple(
            Projet(**{nom: getattr(p, nom) for nom in _PROJET}, contrats=tuple(p.contrats))
            for p in diagnostic.projets.all()
        ),
        experiences=tuple(
            Experience(**{nom: getattr(e, nom) for nom in _EXPERIENCE}) for e in diagnostic.experiences.all()
        ),
    )


def chaine_de(diagnostic: Diagnostic, parmi: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The row and those it replaces, one after the other, among rows already read."""
    par_pk = {d.pk: d for d in parmi}
    chaine = [diagnostic]
    while (suivante := par_pk.get(chaine[-1].remplace_id or 0)) is not None and suivante not in chaine:
        chaine.append(suivante)
    return chaine


def details_lisibles(
    diagnostics: Sequence[Diagnostic], *, pour: Agent, ouvert: bool
) -> dict[int, list[DetailDiagnostic]]:
    """What may be read of the detail of these interviews, by interview. One query.

    Args:
        ouvert: whether the agent stands in the référent body with the right to read (V3, R5312-42). When not, she
            reads what she wrote herself and nothing else.

    """
    lignes = DetailDiagnostic.objects.filter(diagnostic__in=[d.pk for d in diagnostics]).select_related("par")
    par_diagnostic: dict[int, list[DetailDiagnostic]] = {}
    for ligne in lignes.order_by("ecrit_le", "pk"):
        if (ouvert or ligne.par_id == pour.pk) and not ligne.vide:
            par_diagnostic.setdefault(ligne.diagnostic_id, []).append(ligne)
    return par_diagnostic


def details_fermes(diagnostics: Sequence[Diagnostic], *, pour: Agent, ouvert: bool) -> set[int]:
    """Interviews whose detail exists and stays closed to this agent: she is told so. One query at most."""
    if ouvert:
        return set()
    lignes = DetailDiagnostic.objects.filter(diagnostic__in=[d.pk for d in diagnostics]).exclude(par=pour)
    return {ligne.diagnostic_id for ligne in lignes if not ligne.vide}


def detail_de(diagnostic: Diagnostic, *, par: Agent) -> Detail:
    """What this agent wrote in this interview, to go on with it. One query."""
    ligne = DetailDiagnostic.objects.filter(diagnostic=diagnostic, par=par).first()
    if ligne is None:
        return Detail()
    return Detail(
        notes=ligne.notes, contraintes=ligne.contraintes, situations=tuple(ligne.situations),
        objectifs=tuple(ligne.objectifs),
    )  # fmt: skip


def constats_ouverts(ids: Collection[int], *, nature: NatureConstat | None = None) -> list[Constat]:
    """Situations and objectives that stand for a person, the oldest first, whoever said them. One query.

    They open with the detail (V3): callers ask only for who may read it.
    """
    filtre: dict[str, Any] = {"nature": nature} if nature else {}
    lignes = Constat.objects.filter(personne__in=ids, fin__isnull=True, **filtre).select_related("par")
    return list(lignes.order_by("debut", "pk"))
