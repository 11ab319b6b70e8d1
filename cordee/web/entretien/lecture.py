"""What the interview screen starts from: the draft to resume, else the last interview, and what may be read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from types import MappingProxyType

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.enums import NatureConstat, SourceConstat
from cordee.metier.orientation.models import Constat, DetailDiagnostic, Diagnostic
from cordee.metier.orientation.regles.contenu import Contenu, Detail
from cordee.metier.orientation.selectors.diagnostic import (
    constats_ouverts,
    contenu_de,
    detail_de,
    details_lisibles,
    diagnostics_de,
)
from cordee.metier.personnes.services import journaliser_lecture
from cordee.web.parcours.formulaires.base import ContexteActe

P = Permission
SUITE = timedelta(days=30)
"""An interview finished, without a decision yet, goes on for that long: later, it is another interview."""


@dataclass(frozen=True, slots=True)
class Depart:
    """``cible``: the row that saving goes on with (draft, or finished one to correct); ``None``: a new interview.

    ``contenu``, ``detail``: what the fields show first. ``marques``: where each shown answer comes from.
    ``constats``: what stands and may be read; ``anterieurs``: former notes that may be read.
    """

    cible: Diagnostic | None
    precedent: Diagnostic | None
    contenu: Contenu
    detail: Detail
    detail_existe: bool
    ouvert: bool
    constats: tuple[Constat, ...]
    anterieurs: tuple[DetailDiagnostic, ...]
    marques: Mapping[str, str]
    versions: int

    @property
    def brouillon(self) -> Diagnostic | None:
        return self.cible if self.cible is not None and self.cible.brouillon else None

    @property
    def corrige(self) -> Diagnostic | None:
        """The finished interview that this one goes on with or corrects."""
        if self.cible is None:
            return None
        return self.cible.remplace if self.cible.brouillon else self.cible

    def d_autrui(self, agent: Agent) -> bool:
        """Whether the detail of somebody else is shown: that read is logged apart."""
        auteurs = {note.par_id for note in self.anterieurs} | {constat.par_id for constat in self.constats}
        return bool(auteurs - {agent.pk})

    @property
    def vus(self) -> frozenset[str]:
        """Standing codes on this agent's screen: only those may end with this interview."""
        return frozenset(c.code for c in self.constats if c.source == SourceConstat.AGENT)


def detail_ouvert(contexte: ContexteActe) -> bool:
    """Whether the agent stands in the référent body and may read the detail (V3, C. trav. R5312-42)."""
    s = contexte.situation.situation
    referente = bool(s and s.referent_structure_id in contexte.droits.structures)
    return contexte.dossier.peut(P.VOIR_DIAGNOSTIC_DETAIL) and referente


def journaliser_detail(contexte: ContexteActe) -> None:
    """Each read of what a colleague noted is written on its own line of the log (R5312-42, CASF R262-107)."""
    journaliser_lecture(
        personne_id=contexte.personne.pk, par=contexte.agent, finalite=Finalite.DIAGNOSTIC, page="diagnostic/detail",
        le=contexte.maintenant,
    )  # fmt: skip


def depart(contexte: ContexteActe, *, relire: bool = False) -> Depart:
    """What this page starts from, read once for the forms of one request; again after a conflict (``relire``)."""
    memoire = contexte.__dict__  # as ``cached_property`` does on this same object
    if relire or "_depart" not in memoire:
        memoire["_depart"] = _lire(contexte)
    lu: Depart = memoire["_depart"]
    return lu


def _lire(contexte: ContexteActe) -> Depart:
    """Read it all, in a number of queries that does not grow."""
    lignes = list(diagnostics_de(contexte.ids).select_related("mene_par", "remplace").prefetch_related(
        "projets", "experiences", "orientations"
    )[:20])  # fmt: skip
    remplaces = {d.remplace_id for d in lignes if not d.brouillon}
    finis = [d for d in lignes if not d.brouillon]
    precedent = next((d for d in finis if d.pk not in remplaces), None)
    brouillon = next((d for d in lignes if d.brouillon), None)
    cible = brouillon or _a_corriger(contexte, precedent, finis)
    base = cible or precedent
    ouvert = detail_ouvert(contexte)
    siens = tuple(c for c in constats_ouverts(contexte.ids) if ouvert or _sien(c, contexte))
    detail = detail_de(cible, par=contexte.agent) if cible is not None else Detail()
    existe = detail != Detail()
    if not existe:
        detail = _du_dossier(siens)
    lisibles = details_lisibles(finis[:3], pour=contexte.agent, ouvert=ouvert)
    return Depart(
        cible=cible, precedent=precedent, contenu=contenu_de(base) if base is not None else Contenu(), detail=detail,
        detail_existe=existe, ouvert=ouvert, constats=siens,
        anterieurs=tuple(x for d in finis[:3] for x in lisibles.get(d.pk, []) if d != cible and x.notes),
        marques=_marques(base, precedent), versions=len(finis),
    )  # fmt: skip


def _a_corriger(contexte: ContexteActe, precedent: Diagnostic | None, finis: list[Diagnostic]) -> Diagnostic | None:
    """The finished interview to go on with: the one asked for, else the last one when nothing was decided on it yet."""
    voulu = contexte.parametres.get("corriger", "")
    if voulu:
        return precedent if precedent is not None and voulu == str(precedent.pk) else None
    if precedent is None or precedent.orientations.all() or contexte.maintenant - precedent.mene_le > SUITE:
        return None
    return precedent


def _sien(constat: Constat, contexte: ContexteActe) -> bool:
    return constat.par_id == contexte.agent.pk and constat.source == SourceConstat.AGENT


def _du_dossier(constats: tuple[Constat, ...]) -> Detail:
    """What stands, ticked at first: to be confirmed with the person."""
    return Detail(
        situations=tuple(dict.fromkeys(c.code for c in constats if c.nature == NatureConstat.SITUATION)),
        objectifs=tuple(dict.fromkeys(c.code for c in constats if c.nature == NatureConstat.OBJECTIF)),
    )


def _marques(base: Diagnostic | None, precedent: Diagnostic | None) -> Mapping[str, str]:
    """« entretien du 12/01/2026 » beside each answer that the last finished interview already gave."""
    if base is None or precedent is None:
        return MappingProxyType({})
    avant, ici = contenu_de(precedent), contenu_de(base)
    texte = f"entretien du {precedent.mene_le:%d/%m/%Y}"
    marques = {
        champ.name: texte for champ in fields(ici)
        if champ.name != "themes" and getattr(ici, champ.name) not in (None, "", ())
        and getattr(ici, champ.name) == getattr(avant, champ.name)
    }  # fmt: skip
    marques |= {
        f"theme_{t}": texte for t, i in ici.themes.items() if i != "non_aborde" and avant.themes.get(t) == i
    }  # fmt: skip
    return MappingProxyType(marques)
