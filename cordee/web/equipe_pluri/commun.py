"""What every page of the équipe shares: who asks, which session, the thread of pages, an act and its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse

from cordee.metier.devoirs.enums_ep import GenreCollege
from cordee.metier.devoirs.models import PassageEP, SeanceEP
from cordee.metier.devoirs.selectors.ep import SeanceIntrouvable, seance_visible
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.socle.acces import agent_courant, habilitation_de, peut
from cordee.web.socle.identites import nom_court

P = Permission
TITRE = "Équipe pluridisciplinaire"
FORMULAIRE = "equipe_pluri/formulaire.html"
TEINTES = {"acquis": "Quorum acquis", "possible": "Quorum possible", "compromis": "Quorum compromis"}


@dataclass(frozen=True, slots=True)
class Demande:
    """Who asks, when, and whether she keeps the sessions or only sits."""

    agent: Agent
    le: datetime
    tient: bool

    @property
    def au(self) -> date:
        return horloge.jour(self.le)


def demande(request: HttpRequest) -> Demande:
    return Demande(agent_courant(request), horloge.maintenant(), peut(request, P.TENIR_EP))


def lire_seance(request: HttpRequest, pk: int) -> SeanceEP:
    """The session, among hers; the same answer when it does not exist and when it is not hers."""
    d = demande(request)
    try:
        return seance_visible(pour=d.agent, au=d.au, pk=pk, droits=habilitation_de(request))
    except SeanceIntrouvable as absente:
        raise Http404 from absente


def fil(seance: SeanceEP | None = None, *, page: str = "", url: str = "") -> list[tuple[str, str]]:
    """The thread of pages from the calendar down."""
    chemin = [(TITRE, reverse("ep"))]
    if seance is not None:
        chemin.append((titre(seance), url or reverse("ep_seance", args=[seance.pk])))
    if page:
        chemin.append((page, ""))
    return [*chemin[:-1], (chemin[-1][0], "")]


def titre(seance: SeanceEP) -> str:
    """« Séance du 26/03/2026 »."""
    return f"Séance du {horloge.jour(seance.debut):%d/%m/%Y}"


def colleges(genres: Iterable[str]) -> str:
    """Colleges in words, for a sentence: « bénéficiaires »."""
    return ", ".join(GenreCollege(g).libelle.lower() for g in genres)


def qui(passage: PassageEP) -> str:
    """The name an open screen of the secretary may show."""
    if passage.personne.dossier_sensible:
        return "Dossier sensible"
    return nom_court(passage.personne.prenom, passage.personne.nom)


def tenter(request: HttpRequest, acte: Callable[..., Any], phrase: str | Callable[[Any], str], **valeurs: Any) -> Any:
    """Do an act and say so; a refusal of the domain is said in its own words. The act's answer, or nothing."""
    try:
        fait = acte(par=agent_courant(request), le=horloge.maintenant(), **valeurs)
    except ErreurMetier as refus:
        messages.error(request, str(refus))
        return None
    messages.success(request, phrase(fait) if callable(phrase) else phrase)
    return fait
