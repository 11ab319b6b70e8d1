"""The list of campaigns with the queues they are drawn from, and the first step: whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import EtatLigne
from cordee.metier.rendezvous.selectors.campagne import campagnes_visibles
from cordee.metier.rendezvous.services.campagne import MAXIMUM, creer_campagne
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.campagnes import files
from cordee.web.campagnes.commun import ETAPES
from cordee.web.campagnes.formulaires import FormulaireQui
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.personnes.filtres import Filtres
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import communes_de, nom_court

P = Permission
PAR_PAGE = 25
ECHANTILLON = 6
COLONNES = [
    Colonne("libelle", "Campagne", champs=("libelle",)),
    Colonne("etat", "État", champs=("etat",)),
    Colonne("personnes", "Personnes", champs=("personnes",), nombre=True),
    Colonne("convoquees", "Convoquées", champs=("convoquees",), nombre=True),
    Colonne("cree", "Créée le", champs=("cree_le",)),
]


@acces(P.CONVOQUER)
def liste(request: HttpRequest) -> HttpResponse:
    """What waits to be convened, then the campaigns of her perimeter."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    campagnes = campagnes_visibles(pour=agent, au=horloge.jour(maintenant), droits=droits).annotate(
        personnes=Count("lignes"), convoquees=Count("lignes", filter=Q(lignes__etat=EtatLigne.CONVOQUEE))
    )
    tri = lire_tri(request.GET, COLONNES, "-cree")
    page = Paginator(campagnes.order_by(*champs_de_tri(tri, COLONNES)), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "files": files.compter(pour=agent, droits=droits, maintenant=maintenant),
        "page": page, "colonnes": COLONNES, "tri": tri,
    }  # fmt: skip
    return render(request, "campagnes/liste.html", contexte)


@acces(P.CONVOQUER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Whom: the filters of the list of people (in the address), or people ticked there."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    cochees = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()] if request.method == "POST" else []
    if request.method == "POST" and request.POST.get("tout") == "1":
        return redirect(request.get_full_path())
    filtres = Filtres(request.GET, droits=droits, au=horloge.jour(maintenant))
    lus = filtres.lus
    choisies = files.choisir(lus, cochees, pour=agent, droits=droits, maintenant=maintenant)
    creer = request.method == "POST" and request.POST.get("action") == "creer"
    if request.method == "POST" and not creer and not cochees:
        messages.warning(request, "Cochez au moins une personne que vous pouvez convoquer.")
        return redirect(f"{reverse('personnes')}?{request.GET.urlencode()}")
    formulaire = FormulaireQui(
        request.POST if creer else None,
        initial={"libelle": files.nom_de(lus, maintenant), "genre": files.genre_de(lus), **_proposes(request)},
    )
    if creer and formulaire.is_valid():
        try:
            campagne = creer_campagne(
                libelle=formulaire.cleaned_data["libelle"], personnes=choisies.values_list("personne_id", flat=True),
                criteres={"cochees": len(cochees)} if cochees else {c: str(v) for c, v in lus.items()},
                par=agent, le=maintenant, reglages=formulaire.reglages(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            return redirect("campagne_quand", campagne.pk)
    total = choisies.count()
    contexte: dict[str, Any] = {
        "form": formulaire, "filtres": filtres, "cochees": cochees, "total": total, "maximum": MAXIMUM,
        "trop": total > MAXIMUM, "echantillon": _echantillon(choisies), "etape": "qui",
        "etapes": [{"cle": cle, "libelle": libelle} for cle, libelle, _ in ETAPES],
        "files": files.FILES if not cochees else (), "url_liste": f"{reverse('personnes')}?{request.GET.urlencode()}",
        "choix_de_file": [(f, files.url_nouvelle(f.filtres), _est(lus, f)) for f in files.FILES],
        "fil": [("Campagnes", reverse("campagnes")), ("Préparer une campagne", "")],
    }  # fmt: skip
    return render(request, "campagnes/qui.html", contexte, status=422 if formulaire.errors else 200)


def _proposes(request: HttpRequest) -> dict[str, str]:
    """Settings that the page of the backlog has asked for already."""
    return {c: request.GET[c] for c in ("delai_ouvres", "ordre", "par_semaine") if request.GET.get(c)}


def _est(lus: dict[str, Any], file: files.File) -> bool:
    return all(lus.get(c) == v for c, v in file.filtres.items())


def _echantillon(choisies: QuerySet[Situation]) -> list[dict[str, Any]]:
    """A few of them, as an open screen may show them."""
    ids = list(choisies.values_list("personne_id", flat=True)[:ECHANTILLON])
    gens, communes = Personne.objects.in_bulk(ids), communes_de(ids)
    return [{"pk": pk, "qui": nom_court(gens[pk].prenom, gens[pk].nom), "commune": communes.get(pk, "")} for pk in ids]
