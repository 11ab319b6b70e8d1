"""The contract on the screen: prepare together, read the document, sign."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cordee.metier.contrats.selectors import brouillon_de, manques_du_contrat
from cordee.metier.contrats.services import apercu_pdf
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.web.composants import htmx
from cordee.web.contrats.signature import etat_de_la_signature
from cordee.web.parcours import table
from cordee.web.parcours.formulaires.contrat import Redaction, Signature
from cordee.web.parcours.views import AutreSaisie, accomplir, contexte_de, depuis, dessiner, reprendre
from cordee.web.socle.acces import acces

P = Permission


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def preparer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the draft. What is still missing is listed beside, with the text that asks for it."""
    choisi = table.ACTES["contrat"]
    contexte = contexte_de(request, pk, choisi)
    formulaire = Redaction(request.POST or None, contexte=contexte, use_required_attribute=False)
    plus: dict[str, object] = {}
    if request.method == "POST" and formulaire.is_valid():
        try:
            phrase = accomplir(formulaire, formulaire.executer)
        except AutreSaisie as erreur:
            plus["changements"] = depuis(formulaire)
            formulaire = reprendre(formulaire, request, erreur)
        except DonneesPerimees as erreur:
            plus["differences"] = formulaire.differences()
            formulaire = reprendre(formulaire, request, erreur)
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, phrase)
            suite = "acte_signer" if request.POST.get("action") == "signer" else "acte_contrat"
            return htmx.rediriger(request, reverse(suite, args=[contexte.personne.pk]))
    contrat = formulaire.contrat
    manques = manques_du_contrat(contrat, au=contexte.au) if contrat else []
    return dessiner(
        request, "parcours/contrat.html", contexte, choisi,
        form=formulaire, contrat=contrat, manques=manques, **plus,
    )  # fmt: skip


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The document to read together, before signing. Nothing is recorded."""
    contexte = contexte_de(request, pk, table.ACTES["contrat"])
    contrat = brouillon_de(contexte.personne)
    if contrat is None:
        raise ErreurMetier("Aucun brouillon de contrat n'est en préparation : préparez-le d'abord.")
    reponse = HttpResponse(apercu_pdf(contrat=contrat, le=horloge.maintenant()), content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="contrat-{contrat.pk}.pdf"'
    return reponse


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def signer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the two signatures."""
    return _signer(request, pk, "signer")


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def actualiser(request: HttpRequest, pk: int) -> HttpResponse:
    """Update the contract in force: the same draft, the same signatures."""
    contexte = contexte_de(request, pk, table.ACTES["actualiser"])
    if brouillon_de(contexte.personne) is None:
        return htmx.rediriger(request, reverse("acte_contrat", args=[contexte.personne.pk]))
    return _signer(request, pk, "actualiser")


def _signer(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    choisi = table.ACTES[cle]
    contexte = contexte_de(request, pk, choisi)
    formulaire = Signature(request.POST or None, contexte=contexte, use_required_attribute=False)
    plus: dict[str, object] = {}
    if request.method == "POST" and formulaire.contrat is not None and formulaire.is_valid():
        try:
            phrase = accomplir(formulaire, formulaire.executer)
        except AutreSaisie as erreur:
            plus["changements"] = depuis(formulaire)
            formulaire = reprendre(formulaire, request, erreur)
        except DonneesPerimees:
            phrase = "Le contrat a changé depuis l'ouverture de cette page : relisez le document avant de le signer."
            formulaire = reprendre(formulaire, request, DonneesPerimees(phrase))
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, phrase)
            return htmx.rediriger(request, reverse("personne", args=[contexte.personne.pk]))
    contrat = formulaire.contrat
    manques = manques_du_contrat(contrat, au=contexte.au, assistance_representant=True) if contrat else []
    return dessiner(
        request, "parcours/signer.html", contexte, choisi,
        form=formulaire, contrat=contrat, manques=manques, **etat_de_la_signature(contrat, contexte), **plus,
    )  # fmt: skip
