"""One page for managers: rates by group, our own lateness, how long each step takes. Never a person, never an agent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.metier.devoirs.selectors.neutralite import (
    ETAPES,
    RAPPORTS,
    Dimension,
    Promesses,
    delais_des_etapes,
    neutralite,
    nos_promesses,
    nos_retards,
)
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.secret import SEUIL_INTERNE, SEUIL_PUBLICATION, petit
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne
from cordee.web.neutralite.tableau import conclusions, lignes
from cordee.web.pilotage.perimetre import publication_seule
from cordee.web.socle.acces import acces, habilitation_de
from cordee.web.socle.export import en_csv

P = Permission
PERIODES = (("12", "Douze derniers mois"), ("24", "Deux ans"), ("36", "Trois ans"))
COLONNES = [
    Colonne("groupe", "Groupe", triable=False), Colonne("suivies", "Suivies", triable=False, nombre=True),
    *(Colonne(p.value, p.libelle, triable=False) for p in RAPPORTS),
    Colonne("part", "En moyenne", triable=False),
]  # fmt: skip
COLONNES_RETARDS = [
    Colonne("quoi", "Ce que nous devons", triable=False), Colonne("nombre", "À faire", triable=False, nombre=True),
    Colonne("retard", "En retard", triable=False, nombre=True),
    Colonne("ouvertes", "Encore en retard", triable=False, nombre=True),
    Colonne("mediane", "Retard médian", triable=False, nombre=True),
]  # fmt: skip
COLONNES_PROMESSES = [
    Colonne("structure", "Structure", triable=False), Colonne("nombre", "Promesses échues", triable=False, nombre=True),
    Colonne("retard", "Pas encore tenues", triable=False, nombre=True),
    Colonne("mediane", "Retard médian", triable=False, nombre=True),
]  # fmt: skip
COLONNES_DELAIS = [
    Colonne("etape", "Étape", triable=False), Colonne("nombre", "Fois", triable=False, nombre=True),
    Colonne("mediane", "Médiane", triable=False, nombre=True),
    Colonne("decile", "Neuf fois sur dix", triable=False, nombre=True),
]  # fmt: skip


class Filtres(forms.Form):
    """What the address keeps. Unknown values are ignored."""

    par = forms.ChoiceField(label="Comparer par", required=False, choices=Dimension.choices())
    mois = forms.ChoiceField(label="Période", required=False, choices=PERIODES)

    def choix(self) -> tuple[Dimension, int]:
        """The dimension and the number of months."""
        self.is_valid()
        par, mois = self.cleaned_data.get("par"), self.cleaned_data.get("mois")
        return Dimension(par) if par else Dimension.SEXE, int(mois) if mois else int(PERIODES[0][0])


@acces(P.PILOTER, P.DECIDER)
def page(request: HttpRequest) -> HttpResponse:
    """The rates of one dimension, what may be concluded, our lateness, the delays."""
    au = horloge.aujourdhui()
    dimension, mois = Filtres(request.GET).choix()
    du, seuil = ajouter_mois(au, -mois), _seuil(request)
    vu = neutralite(du=du, au=au, par=dimension)
    toutes, promesses = lignes(vu, seuil), nos_promesses(du=du, au=au)
    contexte = {
        "au": au, "du": du, "dimension": dimension, "mois": mois, "seuil": seuil, "periodes": PERIODES,
        "onglets": [
            {"cle": d.value, "libelle": d.libelle, "url": f"?par={d.value}&mois={mois}"} for d in Dimension
        ],
        "colonnes": COLONNES, "lignes": [x for x in toutes if not x.masquee],
        "masquees": sum(x.masquee for x in toutes), "parametres": request.GET.urlencode(),
        "conclusions": conclusions(vu, seuil), "rapports": _rapports(),
        "retards": [r for r in nos_retards(du=du, au=au) if r.nombre], "colonnes_retards": COLONNES_RETARDS,
        "promesses": _promesses(promesses, seuil), "colonnes_promesses": COLONNES_PROMESSES,
        "petites": sum(p.nombre < seuil for p in promesses), "echues": sum(p.nombre for p in promesses),
        "pas_tenues": sum(p.en_retard for p in promesses),
        "delais": [(ETAPES[c], d, d.nombre < seuil) for c, d in delais_des_etapes(du=du, au=au).items() if d.nombre],
        "colonnes_delais": COLONNES_DELAIS,
    }  # fmt: skip
    return render(request, "neutralite/page.html", contexte)


@acces(P.PILOTER, P.DECIDER)
def exporter(request: HttpRequest) -> HttpResponse:
    """What the table shows, hidden cells included as such: figures only, so that whoever sees the page may take it."""
    au = horloge.aujourdhui()
    dimension, mois = Filtres(request.GET).choix()
    vu = neutralite(du=ajouter_mois(au, -mois), au=au, par=dimension)
    entetes = [dimension.libelle, "Suivies"]
    for p in RAPPORTS:
        entetes += [p.libelle, f"{p.libelle} (détail)"]
    rangs = [
        [
            x.libelle,
            x.suivies,
            *(mot for c in x.cases for mot in (c.texte, f"{c.nombres} {c.bornes}".strip())),
            x.part,
            x.duree,
        ]
        for x in lignes(vu, _seuil(request))
    ]
    return en_csv(f"neutralite-{dimension}-{au:%Y-%m-%d}", [*entetes, "Part moyenne", "Durée moyenne"], rangs)


# Parts ----------------------------------------------------------------------------------------------------------------
def _seuil(request: HttpRequest) -> int:
    """Elected members see what is published; who works on it sees a little closer (V9)."""
    return SEUIL_PUBLICATION if publication_seule(habilitation_de(request)) else SEUIL_INTERNE


def _rapports() -> list[tuple[str, str]]:
    return [(p.libelle, f"{p.description} Parmi : {parmi.libelle.lower()}.") for p, parmi in RAPPORTS.items()]


def _promesses(toutes: Sequence[Promesses], seuil: int) -> list[dict[str, Any]]:
    """Our dated commitments by structure; a handful of them tells of somebody, so it is not shown."""
    return [{"p": p, "cache": petit(p.en_retard, seuil)} for p in toutes if p.nombre >= seuil]
