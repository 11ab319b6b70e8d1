"""One piece set aside: what is wrong, what it says, corrected and played, dropped or taken back.

Its content shows to the data desk only, while it waits, and each time is logged (V1).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.fichiers.fiches import BlocIllisible, CorrectionInvalide
from cordee.echanges.fichiers.models import ElementRejete, RaisonEcart, StatutElement
from cordee.echanges.fichiers.rejets import demasquer, masquer
from cordee.echanges.fichiers.services import (
    ElementFige,
    contenu,
    ecarter,
    efface_le,
    journaliser_lecture_element,
    oublier_correction,
    reprendre,
)
from cordee.echanges.guichet.rejeu import Rejoueur, rejouer, rejoueur_de
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.imports.apparences import titre
from cordee.web.imports.rejets import ASPECTS, nom
from cordee.web.imports.rejets_formulaires import FormulaireEcart, FormulaireFiche, FormulaireTexte
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

S = StatutElement
REPARATION = "reparation"
GENS_MONTRES = 12


@acces(Permission.IMPORTER)
def voir(request: HttpRequest, pk: int) -> HttpResponse:
    """The piece: its form while it waits, what became of it afterwards."""
    element = _element(pk)
    if element.statut == S.EN_ATTENTE:
        journaliser_lecture_element(element=element, par=agent_courant(request), le=horloge.maintenant())
        return _formulaires(request, element)
    return render(request, "imports/rejet_traite.html", _cadre(element) | {"gens": _gens(request, element)})


@acces(Permission.IMPORTER)
@require_POST
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """Play the piece as corrected, field by field or in its whole text. What is still wrong keeps what was typed."""
    element = _element(pk)
    rejoueur = rejoueur_de(element)
    garde = contenu(element)
    base = (rejoueur.proposer(garde) if request.POST.get("base") == REPARATION else None) or garde
    if request.POST.get("mode") == "texte":
        form = FormulaireTexte(request.POST)
        if not form.is_valid():
            return _formulaires(request, element, texte=form)
        corrige = demasquer(form.cleaned_data["texte"].replace("\r\n", "\n"), rejoueur.presenter(base))
    else:
        fiche = FormulaireFiche(rejoueur.composer(element, base), request.POST)
        try:
            corrige = rejoueur.corriger(element, base, fiche.saisies())
        except CorrectionInvalide as faute:
            fiche.add_error(faute.cle, str(faute))
        if fiche.errors:
            return _formulaires(request, element, fiche=fiche)
    return _jouer(request, element, corrige)


def _jouer(request: HttpRequest, element: ElementRejete, texte: str) -> HttpResponse:
    try:
        rejouer(element=element, par=agent_courant(request), le=horloge.maintenant(), texte=texte)
    except ElementFige:
        raise
    except ErreurMetier as faute:
        element.refresh_from_db()
        return _formulaires(request, element, refus=str(faute))
    return redirect("rejet", element.pk)


@acces(Permission.IMPORTER)
@require_POST
def rejouer_tel_quel(request: HttpRequest, pk: int) -> HttpResponse:
    """Play the piece as it stands: our software was mended, or what it speaks of is known now."""
    rejouer(element=_element(pk), par=agent_courant(request), le=horloge.maintenant())
    return redirect("rejet", pk)


@acces(Permission.IMPORTER)
def mettre_a_l_ecart(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the piece, with a reason."""
    element = _element(pk)
    if element.statut != S.EN_ATTENTE:
        raise ElementFige("Cet élément n'attend plus de traitement : rechargez sa page.")
    form = FormulaireEcart(request.POST or None)
    if request.method == "POST" and form.is_valid():
        raison = RaisonEcart(form.cleaned_data["raison"])
        try:
            ecarter(element=element, raison=raison, phrase=form.cleaned_data["phrase"], par=agent_courant(request),
                    le=horloge.maintenant())  # fmt: skip
        except ErreurMetier as refus:
            form.add_error("phrase", str(refus))
        else:
            return htmx.rediriger(request, reverse("rejet", args=[pk]))
    contexte = _cadre(element) | {"form": form, "gabarit": htmx.gabarit(request), "retour": reverse("rejet", args=[pk])}
    return render(request, "imports/rejet_ecarter.html", contexte, status=422 if request.method == "POST" else 200)


@acces(Permission.IMPORTER)
@require_POST
def revenir(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a piece dropped."""
    reprendre(element=_element(pk), par=agent_courant(request), le=horloge.maintenant())
    return redirect("rejet", pk)


@acces(Permission.IMPORTER)
@require_POST
def revenir_a_l_origine(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget what was typed: the piece as the file gave it."""
    oublier_correction(element=_element(pk), par=agent_courant(request), le=horloge.maintenant())
    return redirect("rejet", pk)


def _formulaires(
    request: HttpRequest,
    element: ElementRejete,
    *,
    fiche: FormulaireFiche | None = None,
    texte: FormulaireTexte | None = None,
    refus: str = "",
) -> HttpResponse:
    """The page of a piece that waits: the fields, and the whole text behind."""
    rejoueur, garde = rejoueur_de(element), contenu(element)
    base, abime = _lisible(rejoueur, element, garde)
    if fiche is None and base is not None:
        fiche = FormulaireFiche(rejoueur.composer(element, base))
    contexte = _cadre(element) | {
        "fiche": fiche,
        "abime": abime,
        "base": REPARATION if abime and base is not None else "",
        "texte": texte or FormulaireTexte(initial={"texte": masquer(rejoueur.presenter(garde))}),
        "texte_ouvert": texte is not None or fiche is None,
        "refus": refus,
        "corrige": element.correction_chiffree is not None,
    }
    return render(request, "imports/rejet.html", contexte, status=422 if request.method == "POST" else 200)


def _lisible(rejoueur: Rejoueur, element: ElementRejete, garde: str) -> tuple[str | None, str]:
    """The text the fields are made from, and why it is not the piece itself (``""`` when it is)."""
    try:
        rejoueur.composer(element, garde)
    except BlocIllisible as faute:
        return rejoueur.proposer(garde), str(faute)
    return garde, ""


def _cadre(element: ElementRejete) -> dict[str, Any]:
    return {
        "element": element,
        "nom": nom(element),
        "titre_fichier": titre(element.fichier),
        "efface_le": efface_le(element),
        "aspect": ASPECTS[StatutElement(element.statut)],
        "raison": RaisonEcart(element.raison_ecart).libelle if element.raison_ecart else "",
        "fil": [("Fichiers reçus", reverse("imports")), ("Mis de côté", reverse("rejets")), (nom(element), "")],
    }


def _gens(request: HttpRequest, element: ElementRejete) -> list[tuple[int, str]]:
    """The persons touched, among those this agent may see."""
    touches = element.suites.get("personnes", [])
    visibles = personnes_visibles(pour=agent_courant(request), au=horloge.aujourdhui(), droits=habilitation_de(request))
    gens = visibles.filter(pk__in=touches).order_by("pk").values_list("pk", "prenom", "nom")[:GENS_MONTRES]
    return [(pk, nom_court(prenom, nom_)) for pk, prenom, nom_ in gens]


def _element(pk: int) -> ElementRejete:
    requete = ElementRejete.objects.select_related("fichier__organisme", "fichier__emetteur", "traite_par")
    return get_object_or_404(requete, pk=pk)
