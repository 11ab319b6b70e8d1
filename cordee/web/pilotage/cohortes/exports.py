"""What leaves the page: curves and tables (nobody in them), and the individual file, pseudonymised and written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.cohortes import services
from cordee.pilotage.cohortes.anonymat import K
from cordee.pilotage.cohortes.definition import Definition, phrase
from cordee.pilotage.cohortes.enums import Cause, EtatMois, Jalon
from cordee.pilotage.cohortes.individus import ENTETES, Fichier, notice
from cordee.pilotage.models import ExportCohorte
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.pilotage.cohortes.classeur import Feuille, classeur
from cordee.web.pilotage.cohortes.demande import LETTRES, lire_demande, noms
from cordee.web.pilotage.cohortes.lectures import CACHE, ECARTES, nom_de_cause
from cordee.web.pilotage.cohortes.resultats import fil, resultat_de
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

P = Permission
COLONNES: Final = "mois d'entrée, lieu, sexe, âge, famille, formation, parcours"
COURBE: Final = ("Cohorte", "Série", "Mois", "Part", "Borne basse 95 %", "Borne haute 95 %")


class FormulaireFichier(forms.Form):
    """What the individual file is for."""

    usage = forms.CharField(
        label="À quoi servira ce fichier", max_length=200,
        help_text="Inscrit au registre avec votre nom. Par exemple : étude d'une université sur les retours.",
    )  # fmt: skip


@acces(P.ANALYSER)
def exporter(request: HttpRequest) -> HttpResponse:
    """Curves and tables: a workbook with a sheet for each, or the curves as CSV."""
    demande = lire_demande(request)
    resultat = resultat_de(request)
    nom = f"cohortes-{horloge.aujourdhui():%Y-%m-%d}"
    if request.GET.get("format") != "xlsx":
        return en_csv(nom, COURBE, courbes(resultat))
    return classeur(nom, feuilles(resultat, demande.cohortes))


@acces(P.ANALYSER)
def fichier(request: HttpRequest) -> HttpResponse:
    """Say what will leave; on POST, write it in the register and give the file."""
    demande = lire_demande(request)
    d = demande.cohortes[0]
    formulaire = FormulaireFichier(request.POST or None)
    statut = 200
    if request.method == "POST":
        statut = 422
        if formulaire.is_valid():
            try:
                return _fichier(request, d, formulaire.cleaned_data["usage"])
            except ErreurMetier as refus:
                formulaire.add_error(None, str(refus))
    contexte = {
        "form": formulaire, "phrase": phrase(d, noms()), "k": K, "colonnes": COLONNES, "fil": fil("Fichier"),
        "retour": demande.adresse(), "exports": ExportCohorte.objects.select_related("par").order_by("-le")[:20],
        "url": f"{reverse('pilotage_cohortes_fichier')}?{demande.requete()}",
        "instantane": demande.instantane,
    }  # fmt: skip
    return render(request, "pilotage/cohortes/fichier.html", contexte, status=statut)


def _fichier(request: HttpRequest, d: Definition, usage: str) -> HttpResponse:
    maintenant, agent = horloge.maintenant(), agent_courant(request)
    export, lu = services.exporter(definition=d, usage=usage, par=agent, le=maintenant)
    quand = f"{maintenant.astimezone(horloge.PARIS):%d/%m/%Y à %H:%M}"
    mots = notice(
        d, phrase(d, noms()), lu, numero=export.pk, usage=export.usage, qui=str(agent), quand=quand
    )  # fmt: skip
    return classeur(f"cohorte-individuel-{export.pk}", _feuilles_individuelles(lu, mots))


def _feuilles_individuelles(lu: Fichier, mots: Sequence[str]) -> Iterator[Feuille]:
    yield "Notice", ["Notice"], ([mot] for mot in mots)
    yield "Personnes", ENTETES, lu.lignes


# Curves and tables ----------------------------------------------------------------------------------------------------
def courbes(resultat: dict[str, Any]) -> Iterator[list[Any]]:
    """Every curve, one line per month: what is hidden is not there."""
    for lettre, c in _montrees(resultat):
        series = {"Encore dans les droits et devoirs": c["maintien"]}
        series |= {f"Sortie : {x.libelle}": c["causes"][x.value] for x in Cause if x.value in c["causes"]}
        series |= {
            f"Délai : {j.libelle}": lu["courbe"]
            for j in Jalon
            if (lu := c["jalons"].get(j.value)) and lu["courbe"]
        }  # fmt: skip
        for nom, courbe in series.items():
            for k, (v, bas, haut) in enumerate(zip(courbe["valeur"], courbe["bas"], courbe["haut"], strict=True)):
                if v is not None:
                    yield [lettre, nom, k, v, bas, haut]


def feuilles(resultat: dict[str, Any], cohortes: Sequence[Definition]) -> Iterator[Feuille]:
    """The sheets of the workbook: definitions first, what is hidden said so."""
    connus = noms()
    tetes = []
    for i, c in enumerate(resultat["cohortes"]):
        ecartes = "; ".join(f"{_montre(c['ecartes'].get(cle))} {mots}" for cle, mots in ECARTES.items())
        tetes.append([LETTRES[i], phrase(cohortes[i], connus), _montre(c["effectif"]), ecartes])
    yield "Définitions", ["Cohorte", "Définition", "Personnes suivies", "Non suivies"], tetes
    yield "Courbes", COURBE, courbes(resultat)
    yield (
        "Motifs",
        ["Cohorte", "Motif", "Personnes"],
        (
            [lettre, nom_de_cause(x, c), c["totaux"][x.value]]
            for lettre, c in _montrees(resultat)
            for x in Cause
            if x.value in c["totaux"]
        ),
    )
    yield (
        "États",
        ["Cohorte", "Mois", "Personnes suivies", *(e.libelle for e in EtatMois)],
        (
            [lettre, e["k"], e["total"], *(e["nombres"].get(x.value, 0) for x in EtatMois)]
            for lettre, c in _montrees(resultat)
            for e in c["etats"]
        ),
    )
    yield (
        "Passages",
        ["Cohorte", "De (mois)", "À (mois)", "De l'état", "À l'état", "Personnes"],
        (
            [lettre, p["de"], p["vers"], EtatMois(a).libelle, EtatMois(b).libelle, n]
            for lettre, c in _montrees(resultat)
            for p in c["passages"]
            for a, b, n in p["cellules"]
        ),
    )
    yield "Retours", ["Cohorte", "Motif", "Recul (mois)", "Sorties", "Part revenue", "Borne basse", "Borne haute"], (
        [lettre, "Toutes" if r["cause"] == "toutes" else Cause(r["cause"]).libelle, r["recul"], _montre(r["sorties"]),
         _montre(r["part"]), r.get("bas"), r.get("haut")]
        for lettre, c in _montrees(resultat)
        for r in c["retours"]
    )  # fmt: skip


def _montrees(resultat: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(LETTRES[i], c) for i, c in enumerate(resultat["cohortes"]) if c["montree"]]


def _montre(n: float | None) -> float | str:
    return CACHE if n is None else n
