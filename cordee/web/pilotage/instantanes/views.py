"""Published states: take one, read its figures, see what moved between two of them or since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums import GenreInstantane
from cordee.pilotage.instantanes import services
from cordee.pilotage.instantanes.selectors import etat_des_fichiers, instantanes
from cordee.pilotage.models import Instantane
from cordee.pilotage.selectors import ChiffresAbsents, fraicheur, territoires
from cordee.socle import horloge
from cordee.web.administration.saisie import soumettre
from cordee.web.composants.formulaires import FormulaireFiltres
from cordee.web.composants.saisies import SaisieDate
from cordee.web.composants.tableaux import Colonne, Tri, lire_tri
from cordee.web.pilotage.instantanes import ecarts
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
PAR_PAGE: Final = 24
COLONNES: Final = [
    Colonne("libelle", "Instantané"), Colonne("au", "Chiffres au"), Colonne("connu_le", "Faits connus le"),
    Colonne("par", "Pris par", triable=False), Colonne("fichiers", "Lignes gardées", triable=False),
]  # fmt: skip
COLONNES_ECARTS: Final = [
    Colonne("indicateur", "Indicateur", triable=False), Colonne("avant", "Publié", triable=False, nombre=True),
    Colonne("apres", "À comparer", triable=False, nombre=True), Colonne("ecart", "Écart", triable=False, nombre=True),
]  # fmt: skip
TONS: Final = {"intacts": "succes", "effacés": "neutre", "abîmés": "attention"}
ENTETES: Final = ("Indicateur", "Code", "Unité", "Publié", "Dénominateur publié", "Inconnus publiés", "À comparer",
                  "Écart", "Même méthode")  # fmt: skip


class FiltresInstantanes(FormulaireFiltres):
    """What may be looked for among published states."""

    q = forms.CharField(label="Libellé", required=False, max_length=80)
    genre = forms.ChoiceField(label="Pris", required=False, choices=[("", "Tous"), *GenreInstantane.choices()])


class FormulairePrise(forms.Form):
    """A state to publish."""

    libelle = forms.CharField(label="Libellé", max_length=120, help_text="Par exemple : Bilan 2025.")
    au = forms.DateField(label="Chiffres au", widget=SaisieDate, help_text="Le plus souvent, une fin de mois.")


@acces(P.ANALYSER)
def liste(request: HttpRequest) -> HttpResponse:
    """Every published state, the latest first."""
    filtres = FiltresInstantanes(request.GET)
    tri = lire_tri(request.GET, COLONNES, "-connu_le")
    tous = instantanes()
    lus = tous
    if filtres.lus.get("q"):
        lus = lus.filter(libelle__icontains=filtres.lus["q"])
    if filtres.lus.get("genre"):
        lus = lus.filter(genre=filtres.lus["genre"])
    page = Paginator(lus.order_by(_ordre(tri), "-pk"), PAR_PAGE).get_page(request.GET.get("page"))
    lignes = [(i, etat := etat_des_fichiers(i), TONS[etat]) for i in page]
    contexte = {
        "lignes": lignes, "page": page, "filtres": filtres, "filtre": bool(filtres.lus), "colonnes": COLONNES,
        "tri": tri, "choix": list(tous[:200]), "fil": _fil(), "frais": _frais(),
    }  # fmt: skip
    return render(request, "pilotage/instantanes/liste.html", contexte)


@acces(P.ANALYSER)
def prendre(request: HttpRequest) -> HttpResponse:
    """Keep today's knowledge of a day."""
    formulaire = FormulairePrise(request.POST or None, initial={"au": _fin_du_mois_passe()})
    return soumettre(
        request, formulaire,
        lambda lus: services.prendre(
            libelle=lus["libelle"], au=lus["au"], par=agent_courant(request), le=horloge.maintenant()
        ),
        titre="Prendre un instantané", retour=reverse("pilotage_instantanes"), envoyer="Prendre l'instantané",
        message="L'instantané est pris. Ses chiffres ne bougeront plus.",
        gabarit="pilotage/instantanes/prendre.html", fil=_fil("Prendre un instantané"),
    )  # fmt: skip


@acces(P.ANALYSER)
def ouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a published state, beside what the lake says of the same day now."""
    instantane = get_object_or_404(instantanes(), pk=pk)
    territoire = request.GET.get("territoire", "")
    lues = ecarts.depuis(instantane, territoire=territoire, pour=agent_courant(request))
    if (sortie := _exporter(request, lues, f"instantane-{instantane.pk}")) is not None:
        return sortie
    return _montrer(
        request, lues, instantane=instantane, titre=instantane.libelle, territoire=territoire,
        etat=etat_des_fichiers(instantane), noms=("Publié", "Aujourd'hui, à la même date"),
        fil=_fil(instantane.libelle),
    )  # fmt: skip


@acces(P.ANALYSER)
def comparer(request: HttpRequest) -> HttpResponse:
    """What moved from one published state to another, indicator by indicator."""
    a, b = _choisi(request.GET.get("a", "")), _choisi(request.GET.get("b", ""))
    territoire = request.GET.get("territoire", "")
    if a is None or b is None:
        return render(
            request, "pilotage/instantanes/comparer.html",
            {"choix": list(instantanes()[:200]), "fil": _fil("Comparer"), "titre": "Comparer deux instantanés"},
        )  # fmt: skip
    lues = ecarts.entre(a, b, territoire=territoire, pour=agent_courant(request))
    if (sortie := _exporter(request, lues, f"instantanes-{a.pk}-{b.pk}")) is not None:
        return sortie
    return _montrer(
        request, lues, a=a, b=b, choix=list(instantanes()[:200]), titre="Comparer deux instantanés",
        territoire=territoire, noms=(a.libelle, b.libelle), fil=_fil("Comparer"),
    )  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _montrer(request: HttpRequest, lues: list[ecarts.Ecart], **contexte: Any) -> HttpResponse:
    tous = request.GET.get("tous") == "1" or "a" not in contexte
    montres = lues if tous else [x for x in lues if x.bouge]
    avant, apres = contexte.pop("noms")
    colonnes = [COLONNES_ECARTS[0], Colonne("avant", avant, triable=False, nombre=True),
                Colonne("apres", apres, triable=False, nombre=True), COLONNES_ECARTS[3]]  # fmt: skip
    gabarit = "pilotage/instantanes/comparer.html" if "a" in contexte else "pilotage/instantanes/instantane.html"
    return render(request, gabarit, contexte | {
        "groupes": ecarts.par_famille(montres), "bouges": sum(x.bouge for x in lues), "n": len(lues), "tous": tous,
        "colonnes": colonnes, "tri": lire_tri({}, COLONNES_ECARTS, "indicateur"), "lieux": _lieux(),
    })  # fmt: skip


def _exporter(request: HttpRequest, lues: list[ecarts.Ecart], nom: str) -> HttpResponse | None:
    fabrique = {"csv": en_csv, "xlsx": en_xlsx}.get(request.GET.get("format", ""))
    return fabrique(nom, ENTETES, (x.export() for x in lues)) if fabrique is not None else None


def _choisi(brut: str) -> Instantane | None:
    return get_object_or_404(instantanes(), pk=int(brut)) if brut.isdecimal() and len(brut) < 10 else None


def _lieux() -> list[tuple[str, Mapping[str, str]]]:
    try:
        return [(niveau.libelle, noms) for niveau, noms in territoires().items() if noms]
    except ChiffresAbsents:
        return []


def _frais() -> Any:
    try:
        return fraicheur()
    except ChiffresAbsents:
        return None


def _ordre(tri: Tri) -> str:
    return f"-{tri.cle}" if tri.decroissant else tri.cle


def _fin_du_mois_passe() -> date:
    return horloge.aujourdhui().replace(day=1) - timedelta(days=1)


def _fil(page: str = "") -> list[tuple[str, str]]:
    debut = [("Pilotage", reverse("pilotage")), ("Instantanés", reverse("pilotage_instantanes") if page else "")]
    return [*debut, (page, "")] if page else debut
