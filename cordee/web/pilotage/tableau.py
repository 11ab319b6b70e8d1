"""The first page of who steers, put together: answers in order, each with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.pilotage.calcul import UNIVERS
from cordee.pilotage.selectors import Valeur, definition, indicateurs
from cordee.web.pilotage import lieux
from cordee.web.pilotage.mesures import Mesure, adresse, compte, mesure
from cordee.web.pilotage.perimetre import Perimetre
from cordee.web.pilotage.questions import QUESTIONS, Question, codes
from cordee.web.pilotage.rebours import Rebours, rebours


@dataclass(frozen=True, slots=True)
class Reponse:
    """One question and what answers it."""

    question: Question
    principale: Mesure
    autres: list[Mesure]
    rebours: Rebours | None
    lieux: dict[str, Any] | None


def trop_petit(reponses: list[Reponse]) -> bool:
    """Whether so few people live there that their very number is hidden: the page then says it once, and what to do."""
    lues = [m for r in reponses for m in (r.principale, *r.autres)]
    return any(m.code == UNIVERS and m.secret for m in lues)


def reponses(p: Perimetre, *, pour: Agent, listes: bool) -> list[Reponse]:
    """Each question with the figures known for this territory; a question without any is left out."""
    valeurs = {v.code: v for v in indicateurs(pour=pour, au=p.au, territoire=p.territoire.code, codes=codes())}
    avant = _un_an_avant(p, pour=pour)
    reponses = []
    for q in QUESTIONS:
        connues = [valeurs[code] for code in q.codes if code in valeurs]
        if not connues:
            continue
        premiere, *autres = (
            mesure(v, avant.get(v.code), p, listes=listes, courbe=v is connues[0] and p.premier < p.mois)
            for v in connues
        )
        reponses.append(
            Reponse(
                q, premiere, autres, rebours(valeurs, p) if q.rebours else None,
                _lieux(premiere.code, p, pour=pour) if q.lieux else None,
            )
        )  # fmt: skip
    return reponses


def _un_an_avant(p: Perimetre, *, pour: Agent) -> dict[str, Valeur]:
    if p.un_an_avant is None:
        return {}
    passees = indicateurs(pour=pour, au=p.un_an_avant, territoire=p.territoire.code, codes=codes())
    return {v.code: v for v in passees}


def _lieux(code: str, p: Perimetre, *, pour: Agent) -> dict[str, Any] | None:
    """Where the number is largest."""
    premiers, masques = lieux.premiers(definition(code), p, pour=pour)
    if not premiers:
        return None
    lignes = [
        {"libelle": x.libelle, "texte": compte(x.valeur.valeur), "valeur": f"{x.valeur.valeur or 0:.0f}",
         "url": f"{reverse('pilotage')}?{p.parametres(territoire=x.valeur.territoire)}"}
        for x in premiers
    ]  # fmt: skip
    url = adresse("pilotage_indicateur", p, code) + "#titre-lieux"
    return {"lignes": lignes, "maximum": lignes[0]["valeur"], "url": url, "masques": masques}
