"""What an agent does for a person's own access, with the person in front of her: open, hand over a code, withdraw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.participation import services
from cordee.metier.participation.regles import contact_masque, ecrire
from cordee.metier.participation.selectors import acces_de, contact_du_code, contacts_a_elle, numero_de
from cordee.metier.personnes.enums import GenreContact
from cordee.metier.personnes.models import Contact
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.socle.acces import acces, agent_courant, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
OUVRENT = (P.CONTRACTUALISER, P.SUIVRE)


class Activation(forms.Form):
    """Which contact receives her codes, and that she is there."""

    contact = forms.ChoiceField(label="Où lui envoyer ses codes", widget=forms.RadioSelect)
    en_presence = forms.BooleanField(
        label="La personne est devant moi, j'ai vérifié qui elle est et que ce contact est à elle seule",
        error_messages={"required": "L'accès s'ouvre en présence de la personne."},
    )

    def __init__(self, *args: Any, contacts: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_pk = {str(c.pk): c for c in contacts}
        mots = {GenreContact.TELEPHONE: "SMS au", GenreContact.COURRIEL: "Courriel à"}
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            (pk, f"{mots[GenreContact(c.genre)]} {c.valeur}{' (vérifié)' if c.verifie else ''}")
            for pk, c in self.par_pk.items()
        ]


@acces(*OUVRENT, finalite=Finalite.CONTRAT)
def acces_espace(request: HttpRequest, pk: int) -> HttpResponse:
    """Her access: its number, where codes go, what to do when she has no phone of her own."""
    dossier = ouvrir_dossier(
        request, pk, page="espace de la personne", finalite=Finalite.CONTRAT, journal=request.method == "GET"
    )
    if not dossier.peut(*OUVRENT):
        raise PermissionDenied
    personne, maintenant, par = dossier.personne, horloge.maintenant(), agent_courant(request)
    contacts = list(contacts_a_elle(personne, le=maintenant)[:10])
    action = request.POST.get("action", "")
    formulaire = Activation(request.POST if action == "activer" else None, contacts=contacts)
    remis = ""
    if request.method == "POST":
        try:
            if action == "activer" and formulaire.is_valid():
                services.activer_acces(
                    personne=personne, contact=formulaire.par_pk[formulaire.cleaned_data["contact"]],
                    en_presence=True, par=par, le=maintenant,
                )  # fmt: skip
                messages.success(request, "Son espace est ouvert. Remettez-lui son numéro.")
                return redirect("acces_espace", pk=personne.pk)
            if action == "remettre":
                fait = services.remettre_code(
                    personne=personne, en_presence=request.POST.get("en_presence") == "on", par=par, le=maintenant
                )
                remis = ecrire(fait.code)
            elif action == "retirer" and (ouvert := acces_de(personne)):
                services.retirer_acces(acces=ouvert, par=par, le=maintenant)
                messages.success(request, "Son espace est fermé. Ses codes ne valent plus rien.")
                return redirect("acces_espace", pk=personne.pk)
        except ErreurMetier as erreur:
            messages.error(request, str(erreur))
    ouvert = acces_de(personne)
    contact = contact_du_code(ouvert, le=maintenant) if ouvert else None
    qui = nom_court(personne.prenom, personne.nom)
    page = {
        "personne": personne, "qui": qui, "acces": ouvert, "numero": numero_de(ouvert) if ouvert else "",
        "contact": contact_masque(contact.valeur) if contact else "", "contacts": contacts, "form": formulaire,
        "remis": remis, "adresse": request.build_absolute_uri(reverse("espace_porte")),
        "fil": [("Personnes", reverse("personnes")), (qui, reverse("personne", args=[personne.pk])),
                ("Son espace", "")],
    }  # fmt: skip
    return render(request, "espace/acces.html", page, status=422 if formulaire.errors else 200)
