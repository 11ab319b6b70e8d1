"""Views kept: listed, opened, shared, made the first page. Opening one never gives more than its page would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.entetes import definitions
from cordee.pilotage.models import VueGardee
from cordee.pilotage.selectors import ChiffresAbsents, territoires
from cordee.pilotage.vues_gardees import selectors, services
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.administration.saisie import soumettre
from cordee.web.composants.formulaires import FormulaireRange
from cordee.web.pilotage.commun import LIRE
from cordee.web.pilotage.onglets import gardable, onglet_de
from cordee.web.socle.acces import acces, agent_courant, habilitation_de

RACINE: Final = "/pilotage/"
IGNORES: Final = frozenset({"page", "format", "tri", "tri_lieux", "ouvrir"})
"""What an address says of the moment, not of the view."""
MAXIMUM: Final = 1_500


class FormulaireVue(FormulaireRange):
    """The name of a view, and for whom."""

    nom = forms.CharField(label="Nom de la vue", max_length=services.NOM_MAXIMUM)
    partagee = forms.BooleanField(
        label="La partager", required=False,
        help_text="Vos collègues qui ont le droit d'ouvrir cette page la trouveront. Chacun y lit ce que ses droits "
                  "permettent.",
    )  # fmt: skip
    premiere = forms.BooleanField(label="En faire ma première page", required=False,
                                  help_text="Elle s'ouvre quand vous vous connectez.")  # fmt: skip


@acces(*LIRE)
def liste(request: HttpRequest) -> HttpResponse:
    """Hers, those of others, what she receives."""
    agent = agent_courant(request)
    siennes, partagees = selectors.vues(pour=agent, droits=habilitation_de(request))
    noms = _noms_des_territoires()
    contexte = {
        "siennes": [_ligne(v, noms) for v in siennes], "partagees": [_ligne(v, noms) for v in partagees],
        "recues": selectors.recues_par(agent), "fil": fil(),
    }  # fmt: skip
    return render(request, "pilotage/vues.html", contexte)


@acces(*LIRE)
def garder(request: HttpRequest) -> HttpResponse:
    """Keep the page she comes from, under a name."""
    adresse = request.GET.get("adresse", "")
    page = page_de(adresse)
    formulaire = FormulaireVue(request.POST or None, initial={"nom": _nom_propose(page)})
    retour = adresse if url_has_allowed_host_and_scheme(adresse, allowed_hosts=None) else reverse("pilotage_vues")
    return soumettre(
        request, formulaire,
        lambda lus: services.garder(page=page, **lus, par=agent_courant(request), le=horloge.maintenant()),
        titre="Garder cette vue", retour=retour,
        message="La vue est gardée : vous la retrouverez dans « Mes vues ».", envoyer="Garder cette vue",
        gabarit="pilotage/vue.html", detail=_detail(page, _noms_des_territoires()), fil=fil("Garder une vue"),
    )  # fmt: skip


@acces(*LIRE)
def ouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to its page, with its filters."""
    try:
        vue = selectors.vue_de(pk=pk, pour=agent_courant(request), droits=habilitation_de(request))
    except selectors.VueIntrouvable as absente:
        messages.info(request, str(absente))
        return redirect("pilotage_vues")
    adresse = adresse_de(vue)
    if not adresse:
        messages.info(request, "La page de cette vue n'existe plus : vous pouvez supprimer la vue.")
        return redirect("pilotage_vues")
    return redirect(adresse)


@acces(*LIRE)
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share, start from it."""
    vue = sienne(request, pk)
    initial = {"nom": vue.nom, "partagee": vue.partagee, "premiere": vue.premiere}
    formulaire = FormulaireVue(request.POST or None, initial=initial)
    return soumettre(
        request, formulaire,
        lambda lus: services.modifier(vue=vue, **lus, par=agent_courant(request), le=horloge.maintenant()),
        titre="Modifier la vue", retour=reverse("pilotage_vues"), message="La vue est modifiée.",
        gabarit="pilotage/vue.html", detail=_detail_de(vue, _noms_des_territoires()), fil=fil(vue.nom),
    )  # fmt: skip


@acces(*LIRE)
@require_POST
def premiere(request: HttpRequest, pk: int) -> HttpResponse:
    """Start from it."""
    return _agir(request, pk, services.mettre_en_premier, "Elle s'ouvrira quand vous vous connecterez.")


@acces(*LIRE)
@require_POST
def supprimer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep it no more."""
    return _agir(request, pk, services.supprimer, "La vue est supprimée, et ne s'envoie plus.")


# Parts --------------------------------------------------------------------------------------------------------------
def page_de(adresse: str) -> services.Page:
    """What an address of steering is: its page, what it is about, its filters, what opens it. 404 for any other."""
    coupee = urlsplit(adresse)
    if coupee.netloc or coupee.scheme or not coupee.path.startswith(RACINE) or len(adresse) > MAXIMUM:
        raise Http404
    try:
        trouvee = resolve(coupee.path)
    except Resolver404 as inconnue:
        raise Http404 from inconnue
    if trouvee.url_name is None or not gardable(trouvee.url_name):
        raise Http404
    objets = [str(v) for v in (*trouvee.args, *trouvee.kwargs.values())]
    if trouvee.url_name == "pilotage_indicateur" and objets[0] not in definitions():
        raise Http404
    lus = QueryDict(coupee.query)
    exige = getattr(trouvee.func, "acces", None)
    return services.Page(
        page=trouvee.url_name, objet=objets[0] if objets else "",
        parametres={cle: lus[cle] for cle in lus if cle not in IGNORES and lus[cle]},
        permissions=sorted(exige.permissions) if exige is not None else (Permission.ANALYSER,),
    )  # fmt: skip


def adresse_de(vue: VueGardee) -> str:
    """The address of its page with its filters; empty when that page exists no more."""
    return _adresse(vue.page, vue.objet, vue.parametres)


def sienne(request: HttpRequest, pk: int) -> VueGardee:
    """One of hers, or 404."""
    try:
        return selectors.vue_de(pk=pk, pour=agent_courant(request), droits=habilitation_de(request), sienne=True)
    except selectors.VueIntrouvable as absente:
        raise Http404 from absente


def fil(*suite: str) -> list[tuple[str, str]]:
    debut = [("Pilotage", reverse("pilotage")), ("Mes vues", reverse("pilotage_vues") if suite else "")]
    return [*debut, *((nom, "") for nom in suite)]


def _adresse(page: str, objet: str, parametres: dict[str, Any]) -> str:
    try:
        chemin = reverse(page, args=[objet] if objet else [])
    except NoReverseMatch:
        return ""
    suite = urlencode(parametres)
    return f"{chemin}?{suite}" if suite else chemin


def _agir(request: HttpRequest, pk: int, acte: Callable[..., object], phrase: str) -> HttpResponse:
    try:
        acte(vue=sienne(request, pk), par=agent_courant(request), le=horloge.maintenant())
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, phrase)
    return redirect("pilotage_vues")


def _ligne(vue: VueGardee, noms: dict[str, str]) -> dict[str, Any]:
    return {
        "vue": vue, "detail": _detail_de(vue, noms), "disponible": bool(adresse_de(vue)),
        "identifiant": f"supprimer-{vue.pk}",
    }  # fmt: skip


def _detail_de(vue: VueGardee, noms: dict[str, str]) -> str:
    return _detail(services.Page(page=vue.page, objet=vue.objet, parametres=vue.parametres), noms)


def _detail(page: services.Page, noms: dict[str, str]) -> str:
    """« Tableau de bord, Créteil, 2026-03 »."""
    quoi = definitions()[page.objet].libelle if page.objet in definitions() else onglet_de(page.page)
    lieu = noms.get(page.parametres.get("territoire", ""), "")
    autres = [f"{v}" for cle, v in page.parametres.items() if cle in ("mois", "niveau", "periode")]
    return ", ".join(filter(None, [quoi, lieu, *autres]))


def _nom_propose(page: services.Page) -> str:
    return _detail(page, _noms_des_territoires())[: services.NOM_MAXIMUM]


def _noms_des_territoires() -> dict[str, str]:
    try:
        return {code: nom for noms in territoires().values() for code, nom in noms.items()}
    except ChiffresAbsents:
        return {}
