"""What a page of structures is about: outcome, month, whom one is compared with, which structures she may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.comparaisons.enums import Groupe
from cordee.pilotage.comparaisons.issues import ISSUES, Issue
from cordee.pilotage.selectors import DateHorsHistoire, fraicheur
from cordee.web.equipe.perimetre import dirigees
from cordee.web.pilotage.mois import Mois, lire_mois, mois_de
from cordee.web.pilotage.perimetre import publication_seule
from cordee.web.socle.acces import habilitation_de, peut

P = Permission
MOIS_CHOISIS: Final = 24
RECUL: Final = 6
"""Months of history without which nothing can be compared."""
SECTIONS: Final = (
    ("pilotage_structures", "Comparer", "indicateur"),
    ("pilotage_structures_temps", "Dans le temps", "historique"),
    ("pilotage_structures_dossiers", "Dossiers", "document"),
    ("pilotage_structures_sources", "Sources", "echange"),
    ("pilotage_structures_file", "Files actives", "liste"),
)


@dataclass(frozen=True, slots=True)
class Demande:
    """What the address asks for. ``visibles``: codes of the structures she may read; ``None``: all of them."""

    issue: Issue
    groupe: Groupe
    mois: Mois
    choix_mois: tuple[Mois, ...]
    visibles: frozenset[str] | None

    @property
    def au(self) -> date:
        return self.mois.dernier_jour

    def etude(self) -> dict[str, Any]:
        """The question put to the worker: all outcomes of a month and a group at once."""
        return {"au": self.au.isoformat(), "groupe": str(self.groupe)}

    def adresse(self, nom: str, *args: str, **autres: str) -> str:
        """Another page about the same month, group and outcome."""
        ecrits = {"issue": self.issue.code, "groupe": str(self.groupe), "mois": str(self.mois), **autres}
        defauts = {"groupe": str(Groupe.TOUTES), "mois": str(self.choix_mois[0]), "issue": next(iter(ISSUES))}
        gardes = {cle: v for cle, v in ecrits.items() if v and defauts.get(cle) != v}
        url = reverse(nom, args=args)
        return f"{url}?{urlencode(gardes)}" if gardes else url


def demande_de(request: HttpRequest) -> Demande:
    """Read the address: unknown words give the first choice.

    Raises:
        PermissionDenied: she reads what is published only: with few agents behind a figure, it would rank them (V10).
        ChiffresAbsents, DateHorsHistoire: nothing to compare yet.
    """
    visibles = structures_lisibles(request)
    frais = fraicheur()
    if frais.premiere_photo is None:
        raise DateHorsHistoire("Aucun fichier de droits n'a encore été chargé : il n'y a rien à comparer.")
    dernier = mois_de(frais.au).decale(-1)
    premier = max(mois_de(frais.premiere_photo).decale(RECUL), dernier.decale(1 - MOIS_CHOISIS))
    if premier > dernier:
        raise DateHorsHistoire("Les comparaisons commencent six mois après le premier fichier de droits.")
    issue = request.GET.get("issue", "")
    groupe = request.GET.get("groupe", "")
    return Demande(
        ISSUES.get(issue) or next(iter(ISSUES.values())), Groupe(groupe) if groupe in set(Groupe) else Groupe.TOUTES,
        lire_mois(request.GET.get("mois", ""), premier=premier, dernier=dernier),
        tuple(_mois(premier, dernier)), visibles,
    )  # fmt: skip


def structures_lisibles(request: HttpRequest) -> frozenset[str] | None:
    """The structures whose figures she may read: all for who steers, hers for the head of one (V10).

    Raises:
        PermissionDenied: who reads what is published only.
    """
    droits = habilitation_de(request)
    if publication_seule(droits):
        raise PermissionDenied
    if droits.peut(P.PILOTER):
        return None
    return frozenset(Structure.objects.filter(pk__in=dirigees(droits)).values_list("code", flat=True))


def sections(request: HttpRequest, ici: str) -> list[dict[str, Any]]:
    """The pages of structures, the present one marked."""
    peut_file = peut(request, P.SUIVRE, P.ENCADRER)
    return [
        {"libelle": libelle, "url": reverse(nom), "icone": icone, "actif": nom == ici}
        for nom, libelle, icone in SECTIONS
        if nom != "pilotage_structures_file" or peut_file
    ]


def _mois(premier: Mois, dernier: Mois) -> list[Mois]:
    mois, m = [], dernier
    while m >= premier:
        mois.append(m)
        m = m.decale(-1)
    return mois
