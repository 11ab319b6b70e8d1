"""The door of the strong access: her number, then the code that comes to her or that was handed to her."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cordee.echanges.messagerie import taches
from cordee.metier.participation import services
from cordee.metier.participation.enums import MoyenAcces
from cordee.metier.participation.models import CodeUnique
from cordee.metier.participation.regles import ecrire
from cordee.socle import horloge
from cordee.web.espace import session
from cordee.web.espace.acces import sans_compte
from cordee.web.espace.formulaires import FormulaireCodeUnique, FormulaireNumero

NUMERO = "espace_numero"


@sans_compte
def porte(request: HttpRequest) -> HttpResponse:
    """Ask for the number of her card. The answer is the same whether it exists or not."""
    if session.personne_ouverte(request) is not None:
        return redirect("espace_accueil")
    formulaire = FormulaireNumero(request.POST or None, initial={"numero": request.GET.get("n", "")[:40]})
    if request.method == "POST":
        if not ratelimit.consume(request, action="espace_personnel"):
            return ratelimit.respond_429(request)
        if formulaire.is_valid():
            numero = formulaire.cleaned_data["numero"]
            demo = ""
            if request.POST.get("action") != "papier":
                code = services.demander_code(numero=numero, le=horloge.maintenant())
                demo = mettre_en_route(code)
            request.session[NUMERO] = {"numero": numero, "papier": request.POST.get("action") == "papier", "demo": demo}
            return redirect("espace_code_unique")
    return render(
        request, "espace/porte.html", {"form": formulaire}, status=422 if formulaire.errors else 200
    )  # fmt: skip


@sans_compte
def saisir(request: HttpRequest) -> HttpResponse:
    """The code: from a message, or from the sheet that was handed over."""
    garde = request.session.get(NUMERO)
    if not garde:
        return redirect("espace_porte")
    formulaire = FormulaireCodeUnique(request.POST or None)
    if request.method == "POST":
        if not ratelimit.consume(request, action="espace_personnel"):
            return ratelimit.respond_429(request)
        if formulaire.is_valid():
            maintenant = horloge.maintenant()
            lu = services.ouvrir_session(numero=garde["numero"], code=formulaire.cleaned_data["code"], le=maintenant)
            if lu.acces is not None:
                session.ouvrir(request, lu.acces, le=maintenant)
                return redirect("espace_accueil")
            formulaire.add_error(None, lu.refus)
    return render(
        request, "espace/code_unique.html", {"form": formulaire, "papier": garde["papier"], "demo": garde["demo"]},
        status=422 if formulaire.errors else 200,
    )  # fmt: skip


@sans_compte
@require_POST
def sortir(request: HttpRequest) -> HttpResponse:
    """Close the space on a shared computer."""
    if session.CLE in request.session or NUMERO in request.session:
        request.session.flush()
    return render(request, "espace/sorti.html")


def mettre_en_route(code: CodeUnique | None) -> str:
    """Hand the code to the provider, out of the page. Its text, in a demonstration only: nobody receives anything."""
    if code is None or code.moyen != MoyenAcces.CONTACT:
        return ""
    taches.envoyer_code.defer(code_id=code.pk)
    return ecrire(services.texte_a_envoyer(code)) if settings.MODE_DEMO else ""
