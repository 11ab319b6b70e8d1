"""The règlement, version after version, and who sits under it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.devoirs.enums_ep import GenreCollege, StatutReglement
from cordee.metier.devoirs.models import MembreEP, ReglementEP
from cordee.metier.devoirs.selectors.ep import membres_au, regle_du_quorum
from cordee.metier.devoirs.services import ep
from cordee.metier.devoirs.services.ep_reglement import REGLAGES
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.web.administration.saisie import soumettre
from cordee.web.equipe_pluri import commun
from cordee.web.equipe_pluri.formulaires import (
    FormulaireAdoption,
    FormulaireFinMandat,
    FormulaireMembre,
    FormulaireReglement,
)
from cordee.web.socle.acces import acces

P = Permission


@acces(P.TENIR_EP, P.SIEGER)
def reglement(request: HttpRequest) -> HttpResponse:
    """The version in force first, the draft if there is one, those of before."""
    d = commun.demande(request)
    versions = list(ReglementEP.objects.prefetch_related("colleges").order_by("-version"))
    lignes: list[dict[str, Any]] = [
        {"r": r, "quorum": regle_du_quorum(r), "en_vigueur": _en_vigueur(r, d.au),
         "colleges": [(GenreCollege(c.genre).libelle, c) for c in r.colleges.all()]}
        for r in versions
    ]  # fmt: skip
    brouillon = next((x for x in lignes if x["r"].statut == StatutReglement.BROUILLON), None)
    contexte = {
        "tient": d.tient, "brouillon": brouillon if d.tient else None,
        "courant": next((x for x in lignes if x["en_vigueur"]), None),
        "autres": [x for x in lignes if not x["en_vigueur"] and x["r"].statut == StatutReglement.ADOPTE],
        "adoption": FormulaireAdoption(initial={"adopte_le": d.au}), "fil": commun.fil(page="Règlement"),
    }  # fmt: skip
    return render(request, "equipe_pluri/reglement.html", contexte)


def _en_vigueur(r: ReglementEP, au: Any) -> bool:
    return r.statut == StatutReglement.ADOPTE and r.debut <= au and (r.fin is None or r.fin > au)


@acces(P.TENIR_EP)
def preparer(request: HttpRequest) -> HttpResponse:
    """Write the next version from the one in force, or change the draft."""
    d = commun.demande(request)
    versions = ReglementEP.objects.prefetch_related("colleges").order_by("-version")
    brouillon = versions.filter(statut=StatutReglement.BROUILLON).first()
    modele = brouillon or versions.first()
    base = modele or ReglementEP(debut=d.au)
    initial = {nom: getattr(base, nom) for nom in (*REGLAGES, "texte")}
    initial["debut"] = brouillon.debut if brouillon else d.au
    formulaire = FormulaireReglement(request.POST or None, reglement=modele, initial=initial)
    return soumettre(
        request, formulaire,
        lambda lus: ep.preparer_reglement(
            debut=lus["debut"], colleges=formulaire.colleges(), texte=lus["texte"], reglement=brouillon,
            reglages={nom: lus[nom] for nom in REGLAGES}, par=d.agent, le=d.le,
        ),
        titre="Préparer le règlement", retour=reverse("ep_reglement"), gabarit="equipe_pluri/reglement_saisie.html",
        message="La version est préparée. Elle s'appliquera une fois adoptée.",
        fil=commun.fil(page="Préparer le règlement"),
    )  # fmt: skip


@acces(P.TENIR_EP)
def adopter(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt the draft: the version in force ends the day this one begins."""
    ligne = ReglementEP.objects.filter(pk=pk, statut=StatutReglement.BROUILLON).first()
    if ligne is None:
        raise Http404
    d = commun.demande(request)
    return soumettre(
        request, FormulaireAdoption(request.POST or None, initial={"adopte_le": d.au}),
        lambda lus: ep.adopter_reglement(reglement=ligne, par=d.agent, le=d.le, **lus),
        titre=f"Adopter la version {ligne.version}", envoyer="Adopter le règlement", gabarit=commun.FORMULAIRE,
        avant=f"Elle s'applique à partir du {ligne.debut:%d/%m/%Y} ; la version d'avant prend fin ce jour-là. Les "
        "séances déjà planifiées gardent le règlement sous lequel elles l'ont été.",
        message=f"La version {ligne.version} est adoptée.", retour=reverse("ep_reglement"),
        fil=commun.fil(page="Adopter le règlement"),
    )  # fmt: skip


# Members ------------------------------------------------------------------------------------------------------------
@acces(P.TENIR_EP, P.SIEGER)
def membres(request: HttpRequest) -> HttpResponse:
    """Who sits, college by college."""
    d = commun.demande(request)
    siegent = list(membres_au(d.au))
    colleges = [(g.libelle, [m for m in siegent if m.college == g.value]) for g in GenreCollege]
    anciens = MembreEP.objects.filter(fin__lte=d.au).select_related("agent").order_by("-fin")[:50]
    contexte = {
        "tient": d.tient, "colleges": [(nom, qui) for nom, qui in colleges if qui],
        "anciens": anciens if d.tient else [],
        "total": len(siegent), "fil": commun.fil(page="Membres"), "au": d.au,
    }  # fmt: skip
    return render(request, "equipe_pluri/membres.html", contexte)


@acces(P.TENIR_EP)
def nommer(request: HttpRequest) -> HttpResponse:
    """Give a seat to somebody whose account holds the role of member."""
    d = commun.demande(request)
    formulaire = FormulaireMembre(request.POST or None, agents=_nommables(d), initial={"debut": d.au})
    return soumettre(
        request, formulaire,
        lambda lus: ep.nommer_membre(
            agent=formulaire.par_pk[lus["agent"]], college=GenreCollege(lus["college"]), titulaire=lus["titulaire"],
            preside=lus["preside"], organisme=lus["organisme"], debut=lus["debut"], par=d.agent, le=d.le,
        ),
        titre="Nommer un membre", envoyer="Nommer", gabarit=commun.FORMULAIRE,
        avant="Le compte s'ouvre dans « Administration », avec le rôle « Membre de l'équipe pluridisciplinaire ». "
        "Ce rôle ne lit que les dossiers pseudonymisés de ses séances.",
        message=lambda membre: f"{membre.agent} siège à partir du {membre.debut:%d/%m/%Y}.",
        retour=reverse("ep_membres"), fil=commun.fil(page="Nommer un membre"),
    )  # fmt: skip


def _nommables(d: commun.Demande) -> list[Agent]:
    postes = Affectation.objects.filter(en_cours(d.au), role=RoleAgent.MEMBRE_EP)
    prises = MembreEP.objects.filter(en_cours(d.au))
    agents = Agent.objects.filter(actif=True, systeme=False, pk__in=postes.values("agent"))
    return list(agents.exclude(pk__in=prises.values("agent")).order_by("nom", "prenom"))


@acces(P.TENIR_EP)
def finir(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mandate."""
    membre = MembreEP.objects.filter(pk=pk).select_related("agent").first()
    if membre is None:
        raise Http404
    d = commun.demande(request)
    return soumettre(
        request, FormulaireFinMandat(request.POST or None, initial={"dernier_jour": d.au}),
        lambda lus: ep.finir_mandat(membre=membre, par=d.agent, le=d.le, **lus),
        titre=f"Fin du mandat de {membre.agent}", envoyer="Enregistrer la fin", gabarit=commun.FORMULAIRE,
        avant="Les séances d'après ne comptent plus sur ce membre. Ce qu'il a fait reste.",
        message=f"Le mandat de {membre.agent} prend fin.", retour=reverse("ep_membres"),
        fil=commun.fil(page="Fin de mandat"),
    )  # fmt: skip
