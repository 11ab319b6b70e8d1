"""The acts of the register: write, register, begin, amend, explore, close, publish, give up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums_evaluation import EtatExperience
from cordee.pilotage.evaluation.regles.protocole import lire
from cordee.pilotage.evaluation.services import registre
from cordee.pilotage.models import Experience
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.pilotage.evaluation.formulaires import (
    FormulaireAmendement,
    FormulaireExploration,
    FormulaireMotif,
    FormulaireProtocole,
)  # fmt: skip
from cordee.web.pilotage.evaluation.views import fil, trouver
from cordee.web.socle.acces import acces, agent_courant

P = Permission
FAITS: Final = {
    "enregistrer": (registre.enregistrer, "Le protocole est scellé. Son empreinte figure au registre."),
    "demarrer": (registre.demarrer, "L'expérimentation a commencé."),
    "clore": (registre.clore, "L'expérimentation est close."),
    "publier": (registre.publier, "Les résultats sont publiés et ne bougeront plus."),
}
GABARIT: Final = "pilotage/evaluation/formulaire.html"


@acces(P.ANALYSER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Write a draft."""
    form = FormulaireProtocole(request.POST or None)

    def ecrire() -> Experience:
        d = form.cleaned_data
        return registre.ecrire_brouillon(
            titre=d["titre"], hypothese=d["hypothese"], protocole=form.protocole(), par=agent_courant(request),
            le=horloge.maintenant(),
        )  # fmt: skip

    return _soumettre(
        request, form, ecrire, titre="Préparer une expérimentation", envoyer="Garder le brouillon",
        intro="Un brouillon peut changer. Une fois enregistré, il est scellé : dites tout avant de regarder.",
        succes="Le brouillon est gardé. Enregistrez-le avant de demander le moindre résultat.",
    )  # fmt: skip


@acces(P.ANALYSER)
def modifier(request: HttpRequest, code: str) -> HttpResponse:
    """Change a draft."""
    e = _brouillon(request, code)
    debut = {"titre": e.titre, "hypothese": e.hypothese, **FormulaireProtocole.valeurs(lire(e.protocole))}
    form = FormulaireProtocole(request.POST or None, initial=debut)

    def corriger() -> Experience:
        d = form.cleaned_data
        return registre.corriger_brouillon(
            experience=e, titre=d["titre"], hypothese=d["hypothese"], protocole=form.protocole(),
            par=agent_courant(request), le=horloge.maintenant(),
        )  # fmt: skip

    return _soumettre(request, form, corriger, titre=f"Modifier : {e.titre}", envoyer="Garder le brouillon",
                      intro="", succes="Le brouillon est gardé.", e=e)  # fmt: skip


@acces(P.ANALYSER)
def amender(request: HttpRequest, code: str) -> HttpResponse:
    """Change what was sealed, in the open."""
    e = trouver(request, code)
    p = lire(e.protocole)
    form = FormulaireAmendement(
        request.POST or None,
        initial={"fin": p.fin_le, "effet_minimal": p.effet_minimal, "exclues": p.exclues, "temoins": p.temoins},
    )

    def faire() -> Experience:
        return registre.amender(experience=e, protocole=form.amende(p), motif=form.cleaned_data["motif"],
                                par=agent_courant(request), le=horloge.maintenant())  # fmt: skip

    return _soumettre(
        request, form, faire, titre=f"Amender : {e.titre}", envoyer="Amender", e=e,
        intro="L'avant, l'après, votre nom et votre raison restent au registre. Un amendement fait après avoir vu des "
        "résultats affaiblit la conclusion, et la page le dit.", succes="Le protocole est amendé et scellé de nouveau.",
    )  # fmt: skip


@acces(P.ANALYSER)
def explorer(request: HttpRequest, code: str) -> HttpResponse:
    """Another look, labelled exploratory for ever."""
    e = trouver(request, code)
    p = lire(e.protocole)
    form = FormulaireExploration(
        request.POST or None, initial={"critere": p.critere, "fin": p.fin_le, "exclues": p.exclues}
    )
    if request.method == "POST" and form.is_valid():
        try:
            etude = registre.explorer(experience=e, protocole=form.explore(p), motif=form.cleaned_data["motif"],
                                      par=agent_courant(request), le=horloge.maintenant())  # fmt: skip
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            return htmx.rediriger(request, f"{reverse('pilotage_experience', args=[e.code])}?etude={etude.pk}")
    return _montrer(
        request, form, titre=f"Explorer : {e.titre}", envoyer="Explorer", e=e,
        intro="Ce que vous regardez reste au registre, et son résultat porte toujours la mention « exploratoire ».",
    )  # fmt: skip


@acces(P.ANALYSER)
def abandonner(request: HttpRequest, code: str) -> HttpResponse:
    """Stop before the end, and say why."""
    e = trouver(request, code)
    form = FormulaireMotif(request.POST or None)

    def faire() -> Experience:
        return registre.abandonner(experience=e, motif=form.cleaned_data["motif"], par=agent_courant(request),
                                   le=horloge.maintenant())  # fmt: skip

    return _soumettre(request, form, faire, titre=f"Abandonner : {e.titre}", envoyer="Abandonner", e=e,
                      intro="Elle s'arrête avant sa fin et reste au registre avec votre raison. Cela ne se défait pas.",
                      succes="L'expérimentation est abandonnée.")  # fmt: skip


@acces(P.ANALYSER)
@require_POST
def acte(request: HttpRequest, code: str, acte: str) -> HttpResponse:
    """Register, begin, close or publish."""
    if acte not in FAITS:
        raise Http404
    e = trouver(request, code)
    service, phrase = FAITS[acte]
    try:
        service(experience=e, par=agent_courant(request), le=horloge.maintenant())
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, phrase)
    return redirect("pilotage_experience", e.code)


@acces(P.ANALYSER)
@require_POST
def resultats(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the results of the registered protocol."""
    e = trouver(request, code)
    try:
        registre.demander_resultats(
            experience=e, par=agent_courant(request), le=horloge.maintenant(), refaire=bool(request.POST.get("refaire"))
        )
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    return redirect("pilotage_experience", e.code)


# Parts ---------------------------------------------------------------------------------------------------------------
def _brouillon(request: HttpRequest, code: str) -> Experience:
    e = trouver(request, code)
    if e.etat != EtatExperience.BROUILLON:
        raise registre.ExperienceRefusee("Cette expérimentation est enregistrée : elle ne change que par amendement.")
    return e


def _soumettre(
    request: HttpRequest, form: forms.Form, faire: Callable[[], Experience], *, titre: str, envoyer: str, intro: str,
    succes: str, e: Experience | None = None,
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            fait = faire()
        except ErreurMetier as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, succes)
            return htmx.rediriger(request, reverse("pilotage_experience", args=[fait.code]))
    return _montrer(request, form, titre=titre, envoyer=envoyer, intro=intro, e=e)


def _montrer(
    request: HttpRequest, form: forms.Form, *, titre: str, envoyer: str, intro: str, e: Experience | None
) -> HttpResponse:
    retour = reverse("pilotage_experience", args=[e.code]) if e is not None else reverse("pilotage_evaluation")
    contexte: dict[str, Any] = {
        "form": form, "titre": titre, "envoyer": envoyer, "intro": intro, "retour": retour,
        "gabarit": htmx.gabarit(request), "fil": fil(titre),
    }  # fmt: skip
    return render(request, GABARIT, contexte, status=422 if request.method == "POST" else 200)
