"""What the pages of the follow-up share: the file of the person, who may read a detail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors import situation_de
from cordee.metier.suivi.selectors.notes import detail_ouvert
from cordee.socle import horloge
from cordee.web.composants import htmx
from cordee.web.socle.acces import Dossier, agent_courant, exiger, habilitation_de, ouvrir_dossier
from cordee.web.socle.identites import nom_court
from cordee.web.socle.sur_un_dossier import SurUnDossier

P = Permission


class Ecran(SurUnDossier):
    """A page of one person: who looks, at whom, when, and what she may read."""

    def __init__(
        self, request: HttpRequest, pk: int, *permissions: Permission, page: str, finalite: Finalite = Finalite.SUIVI
    ) -> None:
        """Open the file; its read is logged.

        Raises:
            PermissionDenied: none of these permissions on this person.
            PersonneIntrouvable: outside the perimeter.
        """
        exiger(request, *permissions)
        self.request = request
        self.dossier: Dossier = ouvrir_dossier(
            request, pk, page=page, finalite=finalite, journal=request.method == "GET"
        )
        if not self.dossier.peut(*permissions):
            raise PermissionDenied
        self.agent: Agent = agent_courant(request)
        self.droits = habilitation_de(request)
        self.maintenant: datetime = horloge.maintenant()

    @property
    def detail(self) -> bool:
        """Whether the detail of notes opens here (V3)."""
        s = situation_de(self.personne).situation
        return detail_ouvert(
            referente=s.referent_structure_id if s else None, droits=self.droits,
            peut=self.dossier.peut(P.VOIR_DIAGNOSTIC_DETAIL),
        )  # fmt: skip

    def adresse(self, onglet: str = "") -> str:
        """Her page."""
        return reverse("personne", args=[self.personne.pk]) + (f"?onglet={onglet}" if onglet else "")

    def page(self, titre: str, **plus: Any) -> dict[str, Any]:
        """The context of a page or a drawer."""
        qui = nom_court(self.personne.prenom, self.personne.nom)
        return {
            "titre": titre,
            "personne": self.personne,
            "qui": qui,
            "au": self.au,
            "gabarit": htmx.gabarit(self.request),
            "retour": self.adresse(),
            "fil": [("Personnes", reverse("personnes")), (qui, self.adresse()), (titre, "")],
            **plus,
        }
