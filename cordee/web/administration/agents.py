"""Agents: accounts, roles with their dates, end of access."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes import services
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.roles import ROLES, Permission
from cordee.metier.parcours.selectors.charge import personnes_confiees
from cordee.metier.parcours.services.agents import quitter_structure
from cordee.socle import horloge
from cordee.web.administration import lectures, mots_de_passe
from cordee.web.administration.formulaires import (
    FiltresAgents,
    FormulaireAgent,
    FormulaireNouvelAgent,
    FormulaireRole,
    roles_decrits,
)
from cordee.web.administration.onglets import cadre, fil
from cordee.web.administration.phrases import rendues
from cordee.web.administration.saisie import soumettre
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

PAR_PAGE = 50
COLONNES = [
    Colonne("nom", "Agent", champs=("nom", "prenom")),
    Colonne("roles", "Rôles en cours", triable=False),
    Colonne("connexion", "Dernière connexion", champs=("last_login",)),
]


@acces(Permission.ADMINISTRER)
def liste(request: HttpRequest) -> HttpResponse:
    """Accounts by name, structure, role and state of access."""
    au = horloge.aujourdhui()
    filtres = FiltresAgents(request.GET)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    tri = lire_tri(request.GET, COLONNES, "nom")
    trouves = lectures.agents(
        au=au, texte=lus.get("q", ""), structure=lus.get("structure"), role=lus.get("role", ""),
        etat=lus.get("etat", ""),
    ).order_by(*champs_de_tri(tri, COLONNES))  # fmt: skip
    if request.GET.get("export") == "csv":
        return _exporter(list(trouves))
    page = Paginator(trouves, PAR_PAGE).get_page(request.GET.get("page"))
    postes = lectures.postes_de([a.pk for a in page], au)
    contexte = {
        **cadre("agents"),
        "filtres": filtres,
        "colonnes": COLONNES,
        "tri": tri,
        "page": page,
        "lignes": [(agent, _roles(postes.get(agent.pk, []))) for agent in page],
    }
    return render(request, "administration/agents.html", contexte)


@acces(Permission.ADMINISTRER)
def fiche(request: HttpRequest, pk: int) -> HttpResponse:
    """An account, its roles past, present and to come."""
    agent = get_object_or_404(Agent, pk=pk, systeme=False)
    return render(request, "administration/agent.html", _contexte_fiche(request, agent))


@acces(Permission.ADMINISTRER)
def nouveau(request: HttpRequest) -> HttpResponse:
    """Open an account with its first role."""
    au = horloge.aujourdhui()
    formulaire = FormulaireNouvelAgent(
        request.POST or None, structures=lectures.structures_ouvertes(au), initial={"debut": au, "acces": "courriel"}
    )
    if request.method == "POST" and formulaire.is_valid():
        try:
            agent = services.ouvrir_compte(
                **{c: formulaire.cleaned_data[c] for c in ("courriel", "nom", "prenom", "telephone")},
                **_poste(formulaire.cleaned_data), par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except services.OrganisationRefusee as refus:
            formulaire.add_error(None, str(refus))
        else:
            return _remettre_acces(request, agent, formulaire.cleaned_data["acces"])
    contexte = {
        "form": formulaire,
        "roles": roles_decrits(),
        "retour": reverse("admin_agents"),
        "fil": fil(("Agents", reverse("admin_agents")), ("Nouvel agent", "")),
    }
    return render(
        request, "administration/nouvel_agent.html", contexte, status=422 if request.method == "POST" else 200
    )


@acces(Permission.ADMINISTRER)
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an agent's name, phone or e-mail."""
    agent = get_object_or_404(Agent, pk=pk, systeme=False)
    return soumettre(
        request,
        FormulaireAgent(request.POST or None, instance=agent),
        lambda lus: services.modifier_agent(
            agent=agent, champs=lus, par=agent_courant(request), le=horloge.maintenant()
        ),
        titre=f"Modifier {agent}",
        retour=reverse("admin_agent", args=[pk]),
        message="Les changements sont enregistrés.",
    )


@acces(Permission.ADMINISTRER)
def ajouter_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one more role, here or in another structure (R58)."""
    agent = get_object_or_404(Agent, pk=pk, systeme=False)
    au = horloge.aujourdhui()
    return soumettre(
        request,
        FormulaireRole(request.POST or None, structures=lectures.structures_ouvertes(au), initial={"debut": au}),
        lambda lus: services.affecter(agent=agent, **_poste(lus), par=agent_courant(request), le=horloge.maintenant()),
        titre=f"Un rôle de plus pour {agent}",
        retour=reverse("admin_agent", args=[pk]),
        message="Le rôle est donné.",
        envoyer="Donner ce rôle",
        gabarit="administration/role.html",
        roles=roles_decrits(),
    )


@acces(Permission.ADMINISTRER)
@require_POST
def finir_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role today. The last one in a structure: the people she followed there go to its queue (R58)."""
    poste = get_object_or_404(Affectation.objects.select_related("agent", "structure"), pk=pk)
    par, maintenant = agent_courant(request), horloge.maintenant()
    au = horloge.jour(maintenant)
    autres = Affectation.objects.filter(en_cours(au), agent=poste.agent, structure=poste.structure).exclude(pk=pk)
    phrase = f"Le rôle de {poste.agent} à {poste.structure} prend fin aujourd'hui."
    if autres.exists() or poste.debut > au:
        services.mettre_fin_affectation(affectation=poste, fin=au, par=par, le=maintenant)
    else:
        nombre = quitter_structure(agent=poste.agent, structure=poste.structure, par=par, le=maintenant)
        phrase += f" {rendues(nombre)}"
    messages.success(request, phrase)
    return htmx.rediriger(request, reverse("admin_agent", args=[poste.agent_id]))


@acces(Permission.ADMINISTRER)
@require_POST
def mot_de_passe(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a link by e-mail, or show one to hand over."""
    agent = get_object_or_404(Agent, pk=pk, systeme=False)
    return _remettre_acces(request, agent, request.POST.get("moyen", "courriel"))


def _remettre_acces(request: HttpRequest, agent: Agent, moyen: str) -> HttpResponse:
    """The link is drawn once in the answer itself: never in an address, a message or a log."""
    if moyen == "lien":
        contexte = _contexte_fiche(request, agent) | {"lien": mots_de_passe.lien_premier_acces(request, agent)}
        return render(request, "administration/agent.html", contexte)
    mots_de_passe.envoyer_lien(request, agent)
    messages.success(request, f"Un courriel part à {agent.courriel} avec un lien pour choisir son mot de passe.")
    return htmx.rediriger(request, reverse("admin_agent", args=[agent.pk]))


def _poste(lus: Mapping[str, Any]) -> dict[str, Any]:
    structure: Structure = lus["structure"]
    return {"structure": structure, "role": RoleAgent(lus["role"]), "debut": lus["debut"], "fin": lus["fin"]}


def _roles(postes: list[Affectation]) -> list[tuple[str, str]]:
    return [(RoleAgent(p.role).libelle, p.structure.nom) for p in postes]


def _contexte_fiche(request: HttpRequest, agent: Agent) -> dict[str, Any]:
    au = horloge.aujourdhui()
    postes = [(p, RoleAgent(p.role).libelle, ROLES[RoleAgent(p.role)].description)
              for p in lectures.affectations_de(agent)]  # fmt: skip
    return {
        "agent": agent,
        "au": au,
        "moi": agent.pk == agent_courant(request).pk,
        "fil": fil(("Agents", reverse("admin_agents")), (str(agent), "")),
        "en_cours": [p for p in postes if p[0].debut <= au and (p[0].fin is None or p[0].fin > au)],
        "a_venir": [p for p in postes if p[0].debut > au],
        "passes": [p for p in postes if p[0].fin is not None and p[0].fin <= au],
        "confiees": personnes_confiees(agent) if agent.actif else 0,
    }


def _exporter(trouves: list[Agent]) -> HttpResponse:
    postes = lectures.postes_de([a.pk for a in trouves], horloge.aujourdhui())
    lignes = (
        (a.nom, a.prenom, a.courriel, " ; ".join(f"{r} ({s})" for r, s in _roles(postes.get(a.pk, []))),
         a.last_login, a.parti_le)
        for a in trouves
    )  # fmt: skip
    return en_csv("agents", ["Nom", "Prénom", "Courriel", "Rôles", "Dernière connexion", "Accès fermé le"], lignes)
