"""The page « Règles en vigueur », open to every agent: nothing here is about a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Unite
from cordee.reglementation.enums import Nature
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle import horloge
from cordee.web.composants.saisies import SaisieDate
from cordee.web.composants.tableaux import Colonne
from cordee.web.regles import lignes
from cordee.web.regles.lignes import Onglet
from cordee.web.socle.acces import acces

COLONNES_TACHES = [
    Colonne("titre", "Ce qu'il faut faire", triable=False),
    Colonne("qui", "Qui", triable=False),
    Colonne("delai", "Avant quand, et pourquoi", triable=False),
    Colonne("retard", "En cas de retard", triable=False),
    Colonne("clot", "Ce qui la clôt", triable=False),
]
COLONNES_REGLES = [
    Colonne("libelle", "Règle", triable=False),
    Colonne("valeur", "Valeur", triable=False),
    Colonne("source", "Nature et texte", triable=False),
    Colonne("periode", "En vigueur", triable=False),
]


class Filtres(forms.Form):
    """What the address keeps."""

    onglet = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label="Mots", required=False)
    nature = forms.ChoiceField(
        label="Nature du délai",
        required=False,
        choices=[("", "Toutes"), *((n.value, n.libelle.capitalize()) for n in Nature)],
    )
    qui = forms.ChoiceField(label="Responsable", required=False, choices=[("", "Tous"), *Unite.choices()])
    au = forms.DateField(label="Règles du", required=False, widget=SaisieDate, help_text="Vide : aujourd'hui.")


@acces()
def regles(request: HttpRequest) -> HttpResponse:
    """Étapes, parallel duties or every deadline, on a day."""
    filtres = Filtres(request.GET)
    onglet = _onglet(request)
    if onglet is Onglet.DELAIS:
        del filtres.fields["qui"]
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    au = lus.get("au") or horloge.aujourdhui()
    criteres = {"texte": lus.get("q", ""), "nature": lus.get("nature", "")}
    if onglet is Onglet.DELAIS:
        trouvees: list[Any] = lignes.garder_regles(lignes.regles(au), **criteres)
    else:
        toutes = lignes.etapes(au) if onglet is Onglet.ETAPES else lignes.echeances(au)
        trouvees = lignes.garder_taches(toutes, qui=lus.get("qui", ""), **criteres)
    contexte = {
        "au": au,
        "au_texte": date_en_toutes_lettres(au),
        "aujourdhui": horloge.aujourdhui(),
        "onglet": onglet,
        "onglets": _onglets(request),
        "filtres": filtres,
        "lignes": trouvees,
        "colonnes": COLONNES_REGLES if onglet is Onglet.DELAIS else COLONNES_TACHES,
        "natures": list(Nature),
        "a_tout_moment": lignes.a_tout_moment(),
    }
    return render(request, "regles/regles.html", contexte)


def _onglet(request: HttpRequest) -> Onglet:
    demande = request.GET.get("onglet", "")
    return Onglet(demande) if demande in list(Onglet) else Onglet.ETAPES


def _onglets(request: HttpRequest) -> list[dict[str, str]]:
    icones = {Onglet.ETAPES: "boussole", Onglet.ECHEANCES: "echeance", Onglet.DELAIS: "regle"}
    adresses = []
    for onglet in Onglet:
        parametres = request.GET.copy()
        parametres["onglet"] = onglet.value
        adresses.append(
            {
                "cle": onglet.value,
                "libelle": onglet.libelle,
                "url": f"{reverse('regles')}?{parametres.urlencode()}",
                "icone": icones[onglet],
            }
        )
    return adresses
