"""Roll-outs in random order: announced, drawn on another day, shown with what lets anybody do the draw again."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums_evaluation import GenreUnite
from cordee.pilotage.evaluation.selectors import ordres
from cordee.pilotage.evaluation.services.ordres import annoncer_ordre, en_experience, ordre_verifie, tirer_ordre
from cordee.pilotage.models import OrdreAleatoire
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne
from cordee.web.pilotage.evaluation.formulaires import FormulaireOrdre, FormulaireOrdreExperience
from cordee.web.pilotage.evaluation.views import fil
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
GABARIT: Final = "pilotage/evaluation/formulaire.html"
COLONNES: Final = [
    Colonne("rang", "Rang", triable=False, nombre=True), Colonne("unite", "Unité", triable=False),
    Colonne("depuis", "Commence le", triable=False),
]  # fmt: skip


@acces(P.ANALYSER)
def annoncer(request: HttpRequest) -> HttpResponse:
    """Seal a seed and publish its fingerprint."""
    form = FormulaireOrdre(request.POST or None)
    if request.method == "POST" and form.is_valid():
        d = form.cleaned_data
        try:
            fait = annoncer_ordre(
                titre=d["titre"], genre=GenreUnite(d["genre"]), unites=form.unites(), debut=d["debut"],
                vagues=d["vagues"], ecart_jours=d["ecart_jours"], par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, "Le déploiement est annoncé. Son ordre pourra être tiré à partir de demain.")
            return htmx.rediriger(request, reverse("pilotage_ordre", args=[fait.pk]))
    contexte = {
        "form": form, "gabarit": htmx.gabarit(request), "titre": "Tirer un ordre au sort", "envoyer": "Annoncer",
        "retour": reverse("pilotage_evaluation"), "fil": fil("Tirer un ordre au sort"),
        "intro": "Quand tout le monde ne peut pas commencer le même jour, le sort est juste, et il permet de mesurer. "
        "Une graine est scellée aujourd'hui et son empreinte publiée ; l'ordre se tire un autre jour, puis la graine "
        "est publiée pour que chacun puisse refaire le tirage.",
    }  # fmt: skip
    return render(request, GABARIT, contexte, status=422 if request.method == "POST" else 200)


@acces(P.ANALYSER)
def ordre(request: HttpRequest, pk: int) -> HttpResponse:
    """One roll-out: its seals, its order, the experiment it feeds."""
    ici = _ordre(pk)
    contexte = {
        "o": ici, "genre": GenreUnite(ici.genre), "verifie": ordre_verifie(ici), "lignes": _lignes(ici),
        "colonnes": COLONNES, "fil": fil(ici.titre),
        "peut_tirer": ici.tire_le is None and horloge.aujourdhui() > horloge.jour(ici.annonce_le),
        "peut_nourrir": ici.ordre is not None and ici.experience_id is None and ici.genre != GenreUnite.SEMAINES,
    }  # fmt: skip
    return render(request, "pilotage/evaluation/ordre.html", contexte)


@acces(P.ANALYSER)
@require_POST
def tirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the order, publish the seed."""
    try:
        tirer_ordre(ordre=_ordre(pk), par=agent_courant(request), le=horloge.maintenant())
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "L'ordre est tiré et la graine publiée.")
    return redirect("pilotage_ordre", pk)


@acces(P.ANALYSER)
def nourrir(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft experiment from the order drawn."""
    ici = _ordre(pk)
    form = FormulaireOrdreExperience(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            e = en_experience(ordre=ici, par=agent_courant(request), le=horloge.maintenant(), **form.cleaned_data)
        except ErreurMetier as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Le brouillon est prêt : enregistrez-le avant la première vague.")
            return htmx.rediriger(request, reverse("pilotage_experience", args=[e.code]))
    contexte = {
        "form": form, "gabarit": htmx.gabarit(request), "titre": f"Mesurer : {ici.titre}",
        "envoyer": "Écrire le brouillon",
        "retour": reverse("pilotage_ordre", args=[pk]), "fil": fil(ici.titre),
        "intro": "L'ordre tiré devient l'affectation : chaque unité sert de comparaison jusqu'à son tour.",
    }  # fmt: skip
    return render(request, GABARIT, contexte, status=422 if request.method == "POST" else 200)


@acces(P.ANALYSER)
def exporter(request: HttpRequest, pk: int) -> HttpResponse:
    """The order as a file, for those who carry it out.

    Raises:
        Http404: not drawn yet.
    """
    ici = _ordre(pk)
    if ici.ordre is None:
        raise Http404
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    entetes = ("Rang", "Code", "Unité", "Commence le")
    return fabrique(f"ordre-{ici.pk}", entetes, [[x["rang"], x["code"], x["nom"], x["depuis"]] for x in _lignes(ici)])


def _ordre(pk: int) -> OrdreAleatoire:
    trouve = ordres().filter(pk=pk).first()
    if trouve is None:
        raise Http404
    return trouve


def _lignes(o: OrdreAleatoire) -> list[dict[str, object]]:
    return [
        {"rang": rang, "code": code, "nom": o.unites[code], "depuis": date.fromisoformat(depuis)}
        for rang, (code, depuis) in enumerate(o.ordre or [], start=1)
    ]
