"""The pages of the strong access: what she can do now, her contract, her rights, who looked at her file (screen 9)."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.selectors import brouillon_de, contrat_en_vigueur
from cordee.metier.contrats.selectors.preuves import exemplaire_signe
from cordee.metier.contrats.services import apercu_pdf
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.regles import delais_du_courrier
from cordee.metier.courriers.services import pdf
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.participation import services
from cordee.metier.participation.regles import contact_masque
from cordee.metier.participation.selectors import contact_du_code
from cordee.metier.participation.selectors.contrat import a_signer, en_vigueur
from cordee.metier.participation.selectors.droits import lectures_de, procedures_de
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.espace.porte import mettre_en_route
from cordee.web.espace.session import acces_ouvert, espace_personnel

MENU = [
    ("espace_accueil", "Accueil", "accueil"),
    ("espace_contrat", "Mon contrat", "contrat"),
    ("espace_heures", "Mes heures", "heure"),
    ("espace_droits", "Mes droits", "droits"),
    ("espace_lectures", "Mon dossier", "voir"),
]
CLE_DEMO = "espace_code_signature"


class SignatureEnLigne(forms.Form):
    """Her code, and that she has read."""

    empreinte = forms.CharField(widget=forms.HiddenInput, max_length=64)
    lu = forms.BooleanField(
        label="J'ai lu le contrat, ou quelqu'un me l'a lu",
        error_messages={"required": "Lisez d'abord le contrat, ou faites-vous-le lire."},
    )
    code = forms.CharField(label="Le code reçu", max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}


def dessiner(request: HttpRequest, gabarit: str, page: str, status: int = 200, **contexte: Any) -> HttpResponse:
    """A page of the space, with its menu. ``page``: the name of its address, marked in the menu."""
    menu = [
        {"nom": nom, "url": reverse(nom), "libelle": libelle, "icone": icone, "actif": nom == page}
        for nom, libelle, icone in MENU
    ]
    return render(request, gabarit, {"ouvert": True, "menu_espace": menu, **contexte}, status=status)


@espace_personnel
def accueil(request: HttpRequest, personne: Personne) -> HttpResponse:
    """What waits for her, then what she may read."""
    maintenant = horloge.maintenant()
    au = horloge.jour(maintenant)
    rdv = (
        RendezVous.objects.select_related("structure", "agent")
        .filter(personne__in=ids_du_groupe(personne), statut=StatutRendezVous.PREVU, debut__gt=maintenant)
        .order_by("debut")
        .first()
    )
    return dessiner(
        request, "espace/accueil.html", "espace_accueil", rdv=rdv, a_signer=_propose(personne),
        en_vigueur=contrat_en_vigueur(personne, au=au), procedures=procedures_de(personne, au=au),
    )  # fmt: skip


# My contract --------------------------------------------------------------------------------------------------------
@espace_personnel
def contrat(request: HttpRequest, personne: Personne) -> HttpResponse:
    """The contract in plain words: what each promised, what was kept; what waits to be signed."""
    maintenant = horloge.maintenant()
    au, tout = horloge.jour(maintenant), request.GET.get("tout") == "1"
    return dessiner(
        request, "espace/contrat.html", "espace_contrat", tout=tout, propose=a_signer(personne, au=au, tout=tout),
        mien=en_vigueur(personne, au=au, le=maintenant, tout=tout),
    )  # fmt: skip


@espace_personnel
def document(request: HttpRequest, personne: Personne) -> HttpResponse:
    """The whole document, nothing masked: what she signs, or the copy she signed."""
    maintenant = horloge.maintenant()
    propose = _propose(personne)
    signe = contrat_en_vigueur(personne, au=horloge.jour(maintenant))
    if propose is not None:
        contenu = apercu_pdf(contrat=propose, le=maintenant)
    elif signe is not None:
        copie = exemplaire_signe(signe)
        contenu = pdf(copie) if copie else apercu_pdf(contrat=signe, le=maintenant)
    else:
        raise ErreurMetier("Aucun contrat n'est prêt : votre référent le prépare avec vous.")
    reponse = HttpResponse(contenu, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = 'inline; filename="mon-contrat.pdf"'
    return reponse


@espace_personnel
def signer(request: HttpRequest, personne: Personne) -> HttpResponse:
    """Read, then sign with a code that comes to her alone."""
    maintenant = horloge.maintenant()
    au, tout = horloge.jour(maintenant), request.GET.get("tout") == "1"
    mien = a_signer(personne, au=au, tout=tout)
    if mien is None:
        return redirect("espace_contrat")
    acces = acces_ouvert(request)
    contact = contact_du_code(acces, le=maintenant) if acces else None
    formulaire = SignatureEnLigne(request.POST or None, initial={"empreinte": mien.contrat.empreinte})
    if request.method == "POST" and acces is not None:
        if not ratelimit.consume(request, action="espace_personnel"):
            return ratelimit.respond_429(request)
        if formulaire.is_valid() and not mien.assistance:
            try:
                if formulaire.cleaned_data["empreinte"] != mien.contrat.empreinte:
                    raise ErreurMetier("Le contrat vient de changer : relisez-le avant de signer.")
                signe, refus = services.signer_avec_code(
                    acces=acces, contrat=mien.contrat, code=formulaire.cleaned_data["code"], par=agent_systeme(),
                    le=maintenant,
                )  # fmt: skip
                if signe is not None:
                    request.session.pop(CLE_DEMO, None)
                    return dessiner(request, "espace/signe.html", "espace_contrat", contrat=signe)
                formulaire.add_error("code", refus)
            except ErreurMetier as erreur:
                formulaire.add_error(None, str(erreur))
    return dessiner(
        request, "espace/signer.html", "espace_contrat", 422 if formulaire.errors else 200, propose=mien, tout=tout,
        form=formulaire, contact=contact_masque(contact.valeur) if contact else "",
        demande=request.GET.get("code") == "1" or request.method == "POST", demo=request.session.get(CLE_DEMO, ""),
    )  # fmt: skip


@espace_personnel
@require_POST
def demander_code(request: HttpRequest, personne: Personne) -> HttpResponse:
    """The code that signs what is on her screen."""
    if not ratelimit.consume(request, action="espace_personnel"):
        return ratelimit.respond_429(request)
    propose, acces = _propose(personne), acces_ouvert(request)
    if propose is None or acces is None:
        return redirect("espace_contrat")
    code = services.demander_code_pour_signer(
        acces=acces, objet_type=services.OBJET_CONTRAT, objet_id=propose.pk, empreinte=propose.empreinte,
        par=agent_systeme(), le=horloge.maintenant(),
    )  # fmt: skip
    request.session[CLE_DEMO] = mettre_en_route(code)
    tout = "&tout=1" if request.POST.get("tout") == "1" else ""
    return redirect(f"{reverse('espace_contrat_signer')}?code=1{tout}#signer")


# My rights ----------------------------------------------------------------------------------------------------------
@espace_personnel
def droits(request: HttpRequest, personne: Personne) -> HttpResponse:
    """What always stands, the remedies with their delays, and the rights of a procedure she was told of."""
    au = horloge.aujourdhui()
    signe = contrat_en_vigueur(personne, au=au)
    return dessiner(
        request, "espace/droits.html", "espace_droits", procedures=procedures_de(personne, au=au),
        tete=expediteur(signe.structure) if signe else expediteur(), referent=signe.referent if signe else None,
        delais=delais_du_courrier(GenreCourrier.CONTRAT_ENGAGEMENT, au=au),
    )  # fmt: skip


@espace_personnel
def lectures(request: HttpRequest, personne: Personne) -> HttpResponse:
    """Who looked at her file, for what, when (R84)."""
    return dessiner(
        request, "espace/lectures.html", "espace_lectures", lectures=lectures_de(personne, le=horloge.maintenant())
    )  # fmt: skip


def _propose(personne: Personne) -> Contrat | None:
    brouillon = brouillon_de(personne)
    return brouillon if brouillon is not None and brouillon.propose_le is not None else None
