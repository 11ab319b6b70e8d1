"""Signing together: the body proposes, then the person signs by her code, on the screen, or on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.contrats.enums import MoyenSignature
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.regles.signature import TAILLE_MAX, lire_trait
from cordee.metier.contrats.selectors import brouillon_de, representant_qui_assiste
from cordee.metier.contrats.selectors.circuit import etat_du_circuit, passages_de
from cordee.metier.contrats.selectors.versions import ecarts_avec_le_precedent
from cordee.metier.contrats.services import circuit, proposition
from cordee.metier.contrats.services.circuit import tient_le_role
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.participation import services as participation
from cordee.metier.participation.regles import contact_masque
from cordee.metier.participation.selectors import acces_de, contact_du_code, numero_de
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.saisies import SaisieDate
from cordee.web.espace.porte import mettre_en_route
from cordee.web.parcours import table
from cordee.web.parcours.formulaires.base import ContexteActe
from cordee.web.parcours.views import contexte_de
from cordee.web.socle.acces import acces
from cordee.web.socle.identites import nom_court

P = Permission
CLE_DEMO = "contrat_code_demo"


class Conditions(forms.Form):
    """How the contract was read together, whatever the means of the signature (R46, R47, E28)."""

    empreinte = forms.CharField(widget=forms.HiddenInput, max_length=64)
    lu_a_voix_haute = forms.BooleanField(label="Le contrat a été lu à voix haute", required=False)
    interprete = forms.CharField(
        label="Lu avec un interprète, en", required=False, max_length=40, help_text="La langue. Jamais un enfant."
    )
    representant_present = forms.BooleanField(
        label="La personne qui l'assiste est là et signe avec elle", required=False
    )

    def __init__(self, *args: Any, contexte: ContexteActe, contrat: Contrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["empreinte"] = contrat.empreinte
        if contexte.personne.interprete:
            self.initial.setdefault("interprete", contexte.personne.langue)
        self.representant = representant_qui_assiste(contexte.personne, au=contexte.au)
        if self.representant is None:
            del self.fields["representant_present"]
        elif self.representant.nom:
            self.fields["representant_present"].label = f"{self.representant.nom} l'assiste et signe avec elle"

    @property
    def conditions(self) -> dict[str, Any]:
        d = self.cleaned_data
        return {
            "lu_a_voix_haute": d["lu_a_voix_haute"], "interprete": d["interprete"],
            "representant_present": bool(d.get("representant_present")),
        }  # fmt: skip


class SignatureCode(Conditions):
    code = forms.CharField(label="Le code qu'elle a reçu", max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        self.order_fields(["code"])


class SignatureEcran(Conditions):
    trait = forms.CharField(widget=forms.HiddenInput, max_length=120_000)


class SignaturePapier(Conditions):
    signe_le = forms.DateField(label="Signé par la personne le", widget=SaisieDate)
    numerisation = forms.FileField(
        label="Le contrat signé, numérisé", required=False,
        help_text="PDF, ou photo JPEG ou PNG, 8 Mo au plus. Facultatif : l'original reste au dossier papier.",
    )  # fmt: skip

    def __init__(self, *args: Any, contexte: ContexteActe, **kwargs: Any) -> None:
        super().__init__(*args, contexte=contexte, **kwargs)
        self.initial["signe_le"] = contexte.au
        self.fields["numerisation"].widget.attrs["accept"] = "application/pdf,image/jpeg,image/png"
        self.order_fields(["signe_le", "numerisation"])


def etat_de_la_signature(contrat: Contrat | None, contexte: ContexteActe) -> dict[str, Any]:
    """What the page of the signature shows beside the form of the paper: circuit, proposal, her means."""
    if contrat is None:
        return {}
    etat = etat_du_circuit(contrat)
    ouvert = acces_de(contexte.personne)
    contact = contact_du_code(ouvert, le=contexte.maintenant) if ouvert else None
    attend = etat.attend
    return {
        "circuit": etat, "passages": passages_de(contrat) if etat.demande or etat.renvoye else [],
        "peut_valider": attend is not None and etat.demande and tient_le_role(
            contexte.agent, structure_id=contrat.structure_id, role=attend.role, le=contexte.maintenant
        ),
        "acces_espace": ouvert, "numero_espace": numero_de(ouvert) if ouvert else "",
        "contact_code": contact_masque(contact.valeur) if contact else "",
        "ecarts": ecarts_avec_le_precedent(contrat),
    }  # fmt: skip


# Before the person signs --------------------------------------------------------------------------------------------
@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
@require_POST
def proposer(request: HttpRequest, pk: int) -> HttpResponse:
    """The agent signs for the body: the text is frozen."""
    contexte, contrat = _brouillon(request, pk)
    proposition.proposer(contrat=contrat, version=_version(request), par=contexte.agent, le=contexte.maintenant)
    messages.success(request, "Vous avez signé pour l'organisme. Il ne manque que la signature de la personne.")
    return redirect("acte_signer", pk=contexte.personne.pk)


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
@require_POST
def reprendre(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal back, to change it."""
    contexte, contrat = _brouillon(request, pk)
    proposition.retirer(contrat=contrat, version=_version(request), par=contexte.agent, le=contexte.maintenant)
    messages.success(request, "Le contrat n'est plus proposé : vous pouvez le modifier.")
    return redirect("acte_contrat", pk=contexte.personne.pk)


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
@require_POST
def validation(request: HttpRequest, pk: int) -> HttpResponse:
    """A step of the circuit: asked for, given, or sent back with a reason."""
    contexte, contrat = _brouillon(request, pk)
    commun: dict[str, Any] = {
        "contrat": contrat, "version": _version(request), "par": contexte.agent, "le": contexte.maintenant
    }  # fmt: skip
    action = request.POST.get("action")
    if action == "valider":
        circuit.valider(**commun)
        messages.success(request, "L'étape est validée.")
    elif action == "renvoyer":
        circuit.renvoyer(**commun, motif=request.POST.get("motif", "")[:300])
        messages.success(request, "Le contrat est renvoyé pour correction.")
    else:
        circuit.demander_validation(**commun)
        messages.success(request, "La validation est demandée.")
    return redirect("acte_signer", pk=contexte.personne.pk)


# The person signs ---------------------------------------------------------------------------------------------------
@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
@require_POST
def envoyer_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Send her the code that signs this text. The agent never sees it."""
    contexte, contrat = _brouillon(request, pk)
    ouvert = acces_de(contexte.personne)
    if ouvert is None or contrat.propose_le is None:
        raise ErreurMetier("Ouvrez d'abord son espace avec un contact vérifié, et proposez le contrat.")
    code = participation.demander_code_pour_signer(
        acces=ouvert, objet_type=participation.OBJET_CONTRAT, objet_id=contrat.pk, empreinte=contrat.empreinte,
        par=contexte.agent, le=contexte.maintenant,
    )  # fmt: skip
    request.session[CLE_DEMO] = mettre_en_route(code)
    return redirect("contrat_code", pk=contexte.personne.pk)


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def par_code(request: HttpRequest, pk: int) -> HttpResponse:
    """She types the code that came to her, on the screen of the agent."""
    contexte, contrat = _propose(request, pk)
    formulaire = SignatureCode(request.POST or None, contexte=contexte, contrat=contrat)
    ouvert = acces_de(contexte.personne)
    if request.method == "POST" and formulaire.is_valid() and ouvert is not None:
        try:
            _exiger_le_meme_texte(formulaire, contrat)
            signe, refus = participation.signer_avec_code(
                acces=ouvert, contrat=contrat, code=formulaire.cleaned_data["code"], par=contexte.agent,
                le=contexte.maintenant, **formulaire.conditions,
            )  # fmt: skip
            if signe is not None:
                return _signe(request, contexte)
            formulaire.add_error("code", refus)
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
    contact = contact_du_code(ouvert, le=contexte.maintenant) if ouvert else None
    return _dessiner(
        request, "contrats/signer_code.html", contexte, contrat, formulaire,
        contact=contact_masque(contact.valeur) if contact else "", demo=request.session.get(CLE_DEMO, ""),
    )  # fmt: skip


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def a_l_ecran(request: HttpRequest, pk: int) -> HttpResponse:
    """She signs with her finger, on the tablet or on the telephone."""
    contexte, contrat = _propose(request, pk)
    formulaire = SignatureEcran(request.POST or None, contexte=contexte, contrat=contrat)
    if request.method == "POST":
        if formulaire.is_valid():
            try:
                _recueillir(formulaire, contexte, contrat, MoyenSignature.TRACE,
                            trait=lire_trait(formulaire.cleaned_data["trait"]))  # fmt: skip
            except ErreurMetier as erreur:
                formulaire.add_error(None, str(erreur))
            else:
                return _signe(request, contexte)
        elif "trait" in formulaire.errors:
            del formulaire.errors["trait"]
            formulaire.add_error(None, "La signature est vide : signez dans le cadre.")
    return _dessiner(request, "contrats/signer_ecran.html", contexte, contrat, formulaire)


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def sur_papier(request: HttpRequest, pk: int) -> HttpResponse:
    """She signed on paper: the day, and the scan if there is one."""
    contexte, contrat = _propose(request, pk)
    formulaire = SignaturePapier(request.POST or None, request.FILES or None, contexte=contexte, contrat=contrat)
    if request.method == "POST" and formulaire.is_valid():
        fichier = formulaire.cleaned_data["numerisation"]
        try:
            _recueillir(
                formulaire, contexte, contrat, MoyenSignature.PAPIER, signe_le=formulaire.cleaned_data["signe_le"],
                numerisation=fichier.read(TAILLE_MAX + 1) if fichier else None,
            )  # fmt: skip
        except ErreurMetier as erreur:
            formulaire.add_error("numerisation" if fichier else None, str(erreur))
        else:
            return _signe(request, contexte)
    return _dessiner(request, "contrats/signer_papier.html", contexte, contrat, formulaire)


# Parts --------------------------------------------------------------------------------------------------------------
def _brouillon(request: HttpRequest, pk: int) -> tuple[ContexteActe, Contrat]:
    contexte = contexte_de(request, pk, table.ACTES["signer"])
    contrat = brouillon_de(contexte.personne)
    if contrat is None:
        raise ErreurMetier("Aucun contrat n'est préparé : écrivez-le d'abord avec la personne.")
    return contexte, contrat


def _propose(request: HttpRequest, pk: int) -> tuple[ContexteActe, Contrat]:
    contexte, contrat = _brouillon(request, pk)
    if contrat.propose_le is None:
        raise ErreurMetier("Signez d'abord pour l'organisme : le contrat est alors proposé à la personne.")
    return contexte, contrat


def _version(request: HttpRequest) -> int:
    texte = request.POST.get("version", "")
    return int(texte) if texte.isdecimal() and len(texte) < 8 else 0


def _exiger_le_meme_texte(formulaire: Conditions, contrat: Contrat) -> None:
    if formulaire.cleaned_data["empreinte"] != contrat.empreinte:
        raise ErreurMetier("Le texte a changé depuis l'ouverture de cette page : relisez-le avant de signer.")


def _recueillir(
    formulaire: Conditions, contexte: ContexteActe, contrat: Contrat, moyen: MoyenSignature, **plus: Any
) -> None:
    proposition.recueillir(
        contrat=contrat, moyen=moyen, empreinte=formulaire.cleaned_data["empreinte"], par=contexte.agent,
        le=contexte.maintenant, **formulaire.conditions, **plus,
    )  # fmt: skip


def _signe(request: HttpRequest, contexte: ContexteActe) -> HttpResponse:
    request.session.pop(CLE_DEMO, None)
    messages.success(request, "Le contrat est signé. Il engage les deux parties, chacune en garde un exemplaire.")
    return redirect(f"{reverse('personne', args=[contexte.personne.pk])}?onglet=contrat")


def _dessiner(
    request: HttpRequest, gabarit: str, contexte: ContexteActe, contrat: Contrat, formulaire: Conditions, **plus: Any
) -> HttpResponse:
    personne = contexte.personne
    qui = nom_court(personne.prenom, personne.nom)
    page = {
        "personne": personne, "qui": qui, "contrat": contrat, "form": formulaire, "texte": contrat.texte_propose,
        "fil": [
            ("Personnes", reverse("personnes")), (qui, reverse("personne", args=[personne.pk])),
            ("Signer le contrat", reverse("acte_signer", args=[personne.pk])), ("La signature", ""),
        ],
        **plus,
    }  # fmt: skip
    erreurs = request.method == "POST" and bool(formulaire.errors)
    return render(request, gabarit, page, status=422 if erreurs else 200)
