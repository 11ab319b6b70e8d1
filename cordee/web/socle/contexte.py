"""What every page knows: who is signed in, her menu, the search box, demonstration mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cordee.demo.organisation import DOMAINE, MOT_DE_PASSE
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.socle.acces import habilitation_de
from cordee.web.socle.navigation import menu


def cordee(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    contexte: dict[str, Any] = {"mode_demo": settings.MODE_DEMO}
    agent = getattr(request, "user", None)
    if not isinstance(agent, Agent):
        if settings.MODE_DEMO and request.path == reverse("account_login"):
            contexte["comptes_demo"] = comptes_demo()
        return contexte
    droits = habilitation_de(request)
    contexte["navigation"] = menu(request, droits)
    contexte["utilisateur"] = {"nom": str(agent), **_poste(request, agent)}
    if droits.peut(Permission.VOIR_PERSONNES):
        contexte["url_recherche"] = reverse("recherche")
    return contexte


def comptes_demo() -> list[dict[str, str]]:
    """One line per demonstration account: whom one may sign in as, and with which password."""
    postes = (
        Affectation.objects.filter(en_cours(horloge.aujourdhui()), agent__courriel__endswith=DOMAINE)
        .filter(agent__actif=True)
        .select_related("agent", "structure")
        .order_by("agent_id", "pk")
    )
    comptes: dict[int, dict[str, str]] = {}
    for poste in postes:
        role = RoleAgent(poste.role)
        comptes.setdefault(
            poste.agent_id,
            {
                "courriel": poste.agent.courriel,
                "mot_de_passe": MOT_DE_PASSE,
                "nom": str(poste.agent),
                "role": role.libelle,
                "structure": poste.structure.nom,
                "ordre": f"{list(RoleAgent).index(role):02d}",
            },
        )
    return sorted(comptes.values(), key=lambda c: (c["ordre"], c["nom"]))


def _poste(request: HttpRequest, agent: Agent) -> dict[str, str]:
    """Her roles and where she works, in words: one query, none when she has no role today."""
    droits = habilitation_de(request)
    if not droits.postes:
        return {"role": "Aucun rôle en cours", "structure": ""}
    postes = Affectation.objects.filter(en_cours(horloge.aujourdhui()), agent=agent)
    noms = dict.fromkeys(postes.order_by("pk").values_list("structure__nom", flat=True))
    roles = [role.libelle for role in RoleAgent if role in droits.roles]
    return {"role": ", ".join(roles), "structure": ", ".join(noms)}
