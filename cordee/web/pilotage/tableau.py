"""The first page of who steers, put together: answers in order, each with its figures, its targets, its unknowns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.pilotage.calcul import UNIVERS
from cordee.pilotage.models import Calcul
from cordee.pilotage.questions import PARTS, QUESTIONS, STOCK, Forme, Question, codes
from cordee.pilotage.selectors import Valeur, definition, indicateurs
from cordee.web.pilotage import echeance, lieux, nombres
from cordee.web.pilotage.mesures import Mesure, adresse, compte, mesure, texte
from cordee.web.pilotage.perimetre import Perimetre
from cordee.web.pilotage.visees import visees

VERSION: Final = "1"
"""Raised when the page is drawn otherwise: open pages then take the new one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of those who make the mean delay. ``x``, ``largeur``: its place on a bar 100 wide."""

    nom: str
    detail: str
    jours: str
    part: str
    x: str
    largeur: str
    url: str


@dataclass(frozen=True, slots=True)
class Reponse:
    """One question and what answers it."""

    question: Question
    principale: Mesure
    autres: list[Mesure]
    parts: list[Part]
    echeance: echeance.Avance | None
    lieux: dict[str, Any] | None

    @property
    def bref(self) -> str:
        """« 81 personnes » at the top of the page."""
        return self.principale.texte


@dataclass(frozen=True, slots=True)
class Bord:
    """The whole page."""

    reponses: list[Reponse]
    terme: echeance.Terme | None
    trop_petit: bool
    inconnus: list[Mesure]


def etat(p: Perimetre, request: HttpRequest) -> str:
    """The mark of what the page would show: the figures of its day, who reads, what for. One small read."""
    calcul = Calcul.objects.filter(au=p.au).values_list("version_lac", "calcule_le").first()
    lu = f"{VERSION}|{calcul}|{p.frais.rafraichi_le}|{p.au}|{p.territoire.code}|{p.publie}|{request.user.pk}"
    return f'"{hashlib.sha256(lu.encode()).hexdigest()[:20]}"'


def bord(p: Perimetre, *, pour: Agent, listes: bool) -> Bord:
    """Each question with the figures known for this territory; a question without any is left out."""
    valeurs = {v.code: v for v in indicateurs(pour=pour, au=p.au, territoire=p.territoire.code, codes=codes())}
    avant = _un_an_avant(p, pour=pour)
    fixees = visees(list(valeurs), valeurs, p, pour=pour)

    def lire(v: Valeur, *, courbe: bool = False) -> Mesure:
        return mesure(v, avant.get(v.code), p, listes=listes, courbe=courbe, visees=fixees.get(v.code, ()))

    terme = echeance.terme_au(p.au)
    lues = []
    for q in QUESTIONS:
        connues = [valeurs[code] for code in q.codes if code in valeurs]
        if not connues or (q.forme is Forme.ECHEANCE and terme is None):
            continue
        premiere, *autres = (lire(v, courbe=v is connues[0] and p.premier < p.mois) for v in connues)
        lues.append(
            Reponse(
                q, premiere, autres, _parts(valeurs, p) if q.forme is Forme.PARTS else [],
                echeance.ici(valeurs.get(STOCK), p, terme, pour=pour) if q.forme is Forme.ECHEANCE and terme else None,
                _lieux(premiere.code, p, pour=pour) if q.lieux else None,
            )
        )  # fmt: skip
    toutes = [m for r in lues for m in (r.principale, *r.autres)]
    return Bord(
        lues, terme, any(m.code == UNIVERS and m.secret for m in toutes),
        sorted((m for m in toutes if m.inconnu), key=lambda m: -m.inconnu),
    )  # fmt: skip


def _un_an_avant(p: Perimetre, *, pour: Agent) -> dict[str, Valeur]:
    if p.un_an_avant is None:
        return {}
    passees = indicateurs(pour=pour, au=p.un_an_avant, territoire=p.territoire.code, codes=codes())
    return {v.code: v for v in passees}


# Because of whom ----------------------------------------------------------------------------------------------------
def _parts(valeurs: Mapping[str, Valeur], p: Perimetre) -> list[Part]:
    """The mean delay shared between those who make it; nothing when one of them is hidden or unknown."""
    jours = [n for code, _, _ in PARTS if code in valeurs and (n := valeurs[code].valeur) is not None]
    total = sum(jours)
    if len(jours) < len(PARTS) or total <= 0 or min(jours) < 0:
        return []
    parts, x = [], 0.0
    for (code, nom, detail), n in zip(PARTS, jours, strict=True):
        largeur = 100 * n / total
        parts.append(
            Part(
                nom, detail, texte(valeurs[code]), f"{nombres.nombre(largeur)}\u00a0%", f"{x:.2f}", f"{largeur:.2f}",
                adresse("pilotage_indicateur", p, code),
            )
        )  # fmt: skip
        x += largeur
    return parts


# Where --------------------------------------------------------------------------------------------------------------
def _lieux(code: str, p: Perimetre, *, pour: Agent) -> dict[str, Any] | None:
    """Where the number is largest, and on the map."""
    premiers, masques = lieux.premiers(definition(code), p, pour=pour)
    if not premiers:
        return None
    lignes = [
        {"libelle": x.libelle, "texte": compte(x.valeur.valeur), "valeur": f"{x.valeur.valeur or 0:.0f}",
         "url": f"{reverse('pilotage')}?{p.parametres(territoire=x.valeur.territoire)}"}
        for x in premiers
    ]  # fmt: skip
    hauts = ", ".join(f"{x['libelle']} ({x['texte']})" for x in lignes[:3])
    return {
        "lignes": lignes, "maximum": lignes[0]["valeur"], "masques": masques,
        "url": adresse("pilotage_indicateur", p, code) + "#titre-lieux",
        "url_carte": adresse("pilotage_graphique", p, code, forme="carte"),
        "vue_carte": f"Carte des communes. Au plus haut : {hauts}. Un cercle plus grand est un nombre plus grand.",
    }  # fmt: skip
