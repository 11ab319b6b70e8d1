"""A file opened at the counter, before any file of a paying body (R3): those who may be the same person come first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.parcours.services import ouvrir_au_guichet
from cordee.metier.personnes.enums import NatureAdresse, Sexe
from cordee.metier.personnes.regles import EtatCivil
from cordee.metier.personnes.selectors import doublons_possibles
from cordee.metier.personnes.services import AdresseSaisie
from cordee.metier.rendezvous.enums import MotifVenue
from cordee.metier.rendezvous.services.presence import accueillir
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.territoires.models import Commune
from cordee.web.composants import htmx
from cordee.web.composants.saisies import SaisieDate
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import communes_de, naissance_en_mots, nom_complet

ARRIVEES = "arrivees"


class FicheAuGuichet(forms.Form):
    """What the person says of herself, and what she has in hand."""

    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom d'usage", max_length=80)
    nom_naissance = forms.CharField(label="Nom de naissance", max_length=80, required=False)
    date_naissance = forms.DateField(label="Date de naissance", widget=SaisieDate, required=False)
    sexe = forms.ChoiceField(label="Sexe", choices=Sexe.choices(), initial=Sexe.INCONNU.value)
    telephone = forms.CharField(label="Téléphone", max_length=20, required=False)
    courriel = forms.EmailField(label="Courriel", required=False)
    numdemrsa = forms.CharField(
        label="Numéro de demande RSA", max_length=11, required=False, help_text="S'il figure sur un courrier de la CAF."
    )
    numero = forms.CharField(label="Numéro", max_length=8, required=False)
    voie = forms.CharField(label="Rue", max_length=80, required=False)
    code_postal = forms.CharField(label="Code postal", max_length=5, required=False)
    commune = forms.ChoiceField(label="Commune", required=False)
    langue = forms.CharField(label="Langue parlée", max_length=40, required=False)
    interprete = forms.BooleanField(label="Un interprète est nécessaire", required=False)
    structure = forms.ChoiceField(label="Reçue à")
    depuis = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, structures: list[Structure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_pk = {str(s.pk): s for s in structures}
        self.fields["structure"].choices = [(pk, s.nom) for pk, s in self.par_pk.items()]  # type: ignore[attr-defined]
        communes = Commune.objects.order_by("nom").values_list("pk", "nom")
        self.fields["commune"].choices = [("", "Choisir"), *communes]  # type: ignore[attr-defined]

    def etat_civil(self) -> EtatCivil:
        d = self.cleaned_data
        return EtatCivil(
            nom=d["nom"], prenom=d["prenom"], nom_naissance=d["nom_naissance"], date_naissance=d["date_naissance"],
            sexe=Sexe(d["sexe"]),
        )  # fmt: skip

    def adresse(self) -> AdresseSaisie | None:
        """Nothing typed: nothing is said of where she lives."""
        d = self.cleaned_data
        if not d["commune"]:
            return None
        return AdresseSaisie(
            nature=NatureAdresse.DOMICILE, commune=Commune.objects.get(pk=d["commune"]), numero=d["numero"],
            voie=d["voie"], code_postal=d["code_postal"],
        )  # fmt: skip

    def contacts(self) -> list[str]:
        return [self.cleaned_data[champ] for champ in ("telephone", "courriel") if self.cleaned_data[champ]]


@acces(Permission.CREER_PERSONNE)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """The form, then the files that resemble, then the creation."""
    agent, maintenant = agent_courant(request), horloge.maintenant()
    au = horloge.jour(maintenant)
    structures, du_poste = _structures(request), request.POST.get("depuis") == ARRIVEES
    annonce = du_poste and "texte" in request.POST  # the desk opens the form with what was typed there
    formulaire = FicheAuGuichet(
        None if annonce else request.POST or None, structures=structures, use_required_attribute=False,
        initial=_dit_a_l_accueil(request) if annonce else None,
    )  # fmt: skip
    proches: list[dict[str, Any]] = []
    if request.method == "POST" and not annonce and formulaire.is_valid():
        ecartees = {int(pk) for pk in request.POST.getlist("ecartees") if pk.isdecimal()}
        try:
            trouves = doublons_possibles(
                pour=agent, au=au, etat_civil=formulaire.etat_civil(), contacts=formulaire.contacts(),
                numdemrsa=formulaire.cleaned_data["numdemrsa"],
            )  # fmt: skip
            if any(personne.pk not in ecartees for personne, _ in trouves):
                proches = _affichees(trouves)
            else:
                d = formulaire.cleaned_data
                personne = ouvrir_au_guichet(
                    etat_civil=formulaire.etat_civil(), structure=formulaire.par_pk[d["structure"]],
                    adresse=formulaire.adresse(), contacts=formulaire.contacts(), numdemrsa=d["numdemrsa"],
                    langue=d["langue"], interprete=d["interprete"], ecartees=ecartees, par=agent, le=maintenant,
                )  # fmt: skip
                messages.success(request, "La fiche est ouverte. Elle sera réunie au premier fichier de la CAF.")
                if du_poste:
                    accueillir(
                        personne=personne, structure=formulaire.par_pk[d["structure"]], venue=MotifVenue.NOUVELLE,
                        par=agent, le=maintenant,
                    )  # fmt: skip
                    return htmx.rediriger(request, f"{reverse('arrivees')}?structure={d['structure']}")
                return htmx.rediriger(request, reverse("personne", args=[personne.pk]))
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
    contexte = {
        "form": formulaire,
        "proches": proches,
        "brouillon": "" if du_poste else "guichet",
        "annuler": reverse("arrivees" if du_poste else "personnes"),
        "fil": [("Personnes", reverse("personnes")), ("Ouvrir une fiche au guichet", "")],
    }
    return render(request, "personnes/guichet.html", contexte, status=422 if formulaire.errors else 200)


def _affichees(trouves: list[Any]) -> list[dict[str, Any]]:
    communes = communes_de([personne.pk for personne, _ in trouves])
    return [
        {
            "pk": personne.pk,
            "nom": nom_complet(personne),
            "naissance": naissance_en_mots(personne),
            "commune": communes.get(personne.pk, ""),
            "raisons": list(rapprochement.raisons),
            "sure": rapprochement.sure,
        }
        for personne, rapprochement in trouves
    ]


def _dit_a_l_accueil(request: HttpRequest) -> dict[str, str]:
    """What was typed at the desk, as a name then first names; the birth date is asked, never guessed."""
    mots = [m for m in request.POST.get("texte", "").split() if not any(c.isdigit() for c in m)]
    return {
        "nom": mots[0].title() if mots else "", "prenom": " ".join(mots[1:]).title(), "depuis": ARRIVEES,
        "structure": request.POST.get("structure", ""),
    }  # fmt: skip


def _structures(request: HttpRequest) -> list[Structure]:
    return list(structures_ouvertes(au=horloge.aujourdhui()).filter(pk__in=habilitation_de(request).structures))
