"""Targets: who promised what, for which day, from which text; where each stands. Fixing them is the analyst's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.cibles import selectors, services
from cordee.pilotage.cibles.regles import avancement, jour_du_constat
from cordee.pilotage.entetes import FAMILLES
from cordee.pilotage.enums import Avancement, Sens
from cordee.pilotage.models import Cible
from cordee.pilotage.selectors import (
    ChiffresAbsents,
    DateHorsHistoire,
    Definition,
    Valeur,
    definitions,
    fraicheur,
    valeurs_de,
)  # fmt: skip
from cordee.reglementation.enums import Nature
from cordee.socle import horloge
from cordee.web.administration.saisie import soumettre
from cordee.web.composants.formulaires import FormulaireFiltres, FormulaireRange
from cordee.web.composants.saisies import SaisieDate
from cordee.web.composants.tableaux import Colonne, Tri, lire_tri
from cordee.web.pilotage import nombres
from cordee.web.pilotage.mesures import texte as ecrire
from cordee.web.pilotage.perimetre import publication_seule
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, peut
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
COLONNES: Final = [
    Colonne("indicateur", "Indicateur"), Colonne("territoire", "Territoire"),
    Colonne("cible", "Cible", triable=False, nombre=True),
    Colonne("actuel", "Où elle en est", triable=False, nombre=True),
    Colonne("echeance", "Pour le"), Colonne("responsable", "Responsable"),
    Colonne("origine", "D'où elle vient", triable=False),
    Colonne("actes", "Actions", triable=False, cachee=True),
]  # fmt: skip
TONS: Final = {
    Avancement.ATTEINTE: ("succes", "succes"), Avancement.A_VENIR: ("neutre", "attente"),
    Avancement.MANQUEE: ("attention", "alerte"), Avancement.INCONNUE: ("neutre", "aide"),
}  # fmt: skip
ENTETES: Final = ("Indicateur", "Code", "Territoire", "Cible", "Unité", "Où elle en est", "À atteindre le", "Nature",
                  "Responsable", "Origine", "Fixée le", "État")  # fmt: skip
#: Roles that may answer for a target by name.
REPONDENT: Final = (RoleAgent.ENCADRANT, RoleAgent.CHEF_STRUCTURE, RoleAgent.PILOTAGE, RoleAgent.SIGNATAIRE,
                    RoleAgent.ELU)  # fmt: skip


class FiltresCibles(FormulaireFiltres):
    """What may be looked for among targets."""

    etat = forms.ChoiceField(label="Où elle en est", required=False, choices=[("", "Toutes"), *Avancement.choices()])
    famille = forms.ChoiceField(label="Sujet", required=False, choices=[("", "Tous"), *FAMILLES.items()])


class FormulaireCible(FormulaireRange):
    """A new target."""

    cote_a_cote = (("valeur", "echeance"), ("nature", "fixee_le"), ("agent", "organisme"))

    code = forms.ChoiceField(label="Indicateur")
    territoire = forms.ChoiceField(label="Territoire")
    valeur = forms.FloatField(
        label="Valeur visée", min_value=0, localize=True, help_text="Dans l'unité de l'indicateur."
    )
    echeance = forms.DateField(label="À atteindre le", widget=SaisieDate)
    nature = forms.ChoiceField(label="Ce qu'elle vaut", choices=Nature.choices(), initial=Nature.OBJECTIF)
    fixee_le = forms.DateField(label="Fixée le", widget=SaisieDate, help_text="Date de la délibération ou du texte.")
    agent = forms.ModelChoiceField(label="Agent responsable", required=False, queryset=Agent.objects.none())
    organisme = forms.CharField(label="Service responsable", required=False, max_length=120,
                                help_text="L'un des deux au moins.")  # fmt: skip
    origine = forms.CharField(
        label="D'où elle vient", max_length=300,
        help_text="Délibération et sa date, page du programme départemental, décret.",
    )  # fmt: skip

    def __init__(self, *args: Any, au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = _par_famille()  # type: ignore[attr-defined]
        self.fields["territoire"].choices = [  # type: ignore[attr-defined]
            (niveau.libelle, list(noms.items())) for niveau, noms in selectors.lieux().items() if noms
        ]
        repondent = Agent.objects.filter(actif=True, affectations__role__in=REPONDENT, affectations__debut__lte=au)
        self.fields["agent"].queryset = repondent.distinct().order_by("nom", "prenom")  # type: ignore[attr-defined]


class FormulaireRetrait(forms.Form):
    """Why a target is given up."""

    motif = forms.CharField(label="Pourquoi", max_length=200, help_text="Cette raison reste dans l'historique.")


@dataclass(frozen=True, slots=True)
class Ligne:
    """A target as the page shows it."""

    cible: Cible
    definition: Definition | None
    territoire: str
    visee: str
    actuel: str
    constate_le: date | None
    etat: Avancement
    url: str

    @property
    def libelle(self) -> str:
        return self.definition.libelle if self.definition else self.cible.code

    @property
    def ton(self) -> tuple[str, str]:
        return TONS[self.etat]


@acces(P.PILOTER)
def liste(request: HttpRequest) -> HttpResponse:
    """Targets in force, where each stands, and those given up."""
    filtres = FiltresCibles(request.GET)
    tri = lire_tri(request.GET, COLONNES, "echeance")
    lues = trier(filtrer(lignes(list(selectors.toutes()), pour=agent_courant(request)), filtres.lus), tri)
    if request.GET.get("format") in ("csv", "xlsx"):
        fabrique = en_xlsx if request.GET["format"] == "xlsx" else en_csv
        return fabrique("cibles", ENTETES, (_export(x) for x in lues))
    contexte = {
        "lignes": lues, "filtres": filtres, "colonnes": COLONNES, "tri": tri, "filtre": bool(filtres.lus),
        "retirees": lignes(list(selectors.toutes(retirees=True)[:200]), pour=None, sans_valeur=True),
        "peut_fixer": peut(request, P.ANALYSER), "publie": publication_seule(habilitation_de(request)),
        "au": horloge.aujourdhui(), "fil": _fil(),
    }  # fmt: skip
    return render(request, "pilotage/cibles.html", contexte)


@acces(P.ANALYSER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """Fix a target; the one for the same indicator, territory and day is replaced."""
    au = horloge.aujourdhui()
    initial = {cle: request.GET[cle] for cle in ("code", "territoire") if cle in request.GET}
    formulaire = FormulaireCible(request.POST or None, au=au, initial={"fixee_le": au, **initial})
    return soumettre(
        request, formulaire, lambda lus: _fixer(request, lus), titre="Nouvelle cible",
        retour=reverse("pilotage_cibles"), message="La cible est enregistrée.", envoyer="Fixer cette cible",
        gabarit="pilotage/cible.html", fil=_fil("Nouvelle"),
    )  # fmt: skip


@acces(P.ANALYSER)
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a target up, saying why: it stays in the history."""
    cible = get_object_or_404(selectors.toutes(), pk=pk)
    [ligne] = lignes([cible], pour=None, sans_valeur=True)
    return soumettre(
        request, FormulaireRetrait(request.POST or None),
        lambda lus: services.retirer(
            cible=cible, motif=lus["motif"], par=agent_courant(request), le=horloge.maintenant()
        ),
        titre="Retirer cette cible", retour=reverse("pilotage_cibles"), ligne=ligne,
        message="La cible est retirée. Elle reste dans l'historique.", envoyer="Retirer la cible",
        gabarit="pilotage/cible.html", fil=_fil("Retirer"),
    )  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def lignes(cibles: Iterable[Cible], *, pour: Agent | None, sans_valeur: bool = False) -> list[Ligne]:
    """Targets with today's figure of each, as she may read it: one read for all of them."""
    cibles = list(cibles)
    connues, noms, au = definitions(), _noms(), horloge.aujourdhui()
    valeurs: dict[tuple[str, str, date], Valeur] = {}
    if cibles and not sans_valeur:
        valeurs, au = _valeurs(cibles, pour=pour)
    return [
        _ligne(
            c, connues.get(c.code), noms, valeurs.get((c.code, c.territoire, jour_du_constat(c.echeance, au))), au
        )
        for c in cibles
    ]  # fmt: skip


def filtrer(lues: Iterable[Ligne], lus: Mapping[str, Any]) -> list[Ligne]:
    return [
        x for x in lues
        if (not lus.get("etat") or x.etat == lus["etat"])
        and (not lus.get("famille") or (x.definition is not None and x.definition.famille == lus["famille"]))
    ]  # fmt: skip


def trier(lues: list[Ligne], tri: Tri) -> list[Ligne]:
    cles = {
        "indicateur": lambda x: x.libelle, "territoire": lambda x: x.territoire,
        "echeance": lambda x: x.cible.echeance, "responsable": lambda x: x.cible.proprietaire.lower(),
    }  # fmt: skip
    return sorted(lues, key=cles[tri.cle], reverse=tri.decroissant)


def visee(cible: Cible, definition: Definition | None) -> str:
    """« au moins 50 % », « au plus 42 jours »."""
    unite = definition.unite.libelle if definition else ""
    sens = definition.sens if definition else Sens.NEUTRE
    debut = {Sens.HAUSSE: "au moins ", Sens.BAISSE: "au plus " if cible.valeur else ""}.get(sens, "")
    decimales = 0 if float(cible.valeur).is_integer() else 1
    return f"{debut}{nombres.nombre(cible.valeur, decimales)}\u00a0{nombres.accorder(cible.valeur, unite)}".strip()


def _ligne(
    c: Cible, definition: Definition | None, noms: Mapping[str, str], valeur: Valeur | None, au: date
) -> Ligne:  # fmt: skip
    mesure = valeur.valeur if valeur is not None else None
    etat = avancement(mesure, c.valeur, definition.sens if definition else Sens.NEUTRE, echeance=c.echeance, au=au)
    url = reverse("pilotage_indicateur", args=[c.code]) + f"?territoire={c.territoire}" if definition else ""
    return Ligne(
        c, definition, noms.get(c.territoire, c.territoire), visee(c, definition),
        ecrire(valeur) if valeur is not None else "pas de mesure",
        valeur.au if valeur is not None and c.echeance <= au else None, etat, url,
    )  # fmt: skip


def _valeurs(cibles: list[Cible], *, pour: Agent | None) -> tuple[dict[tuple[str, str, date], Valeur], date]:
    try:
        au = fraicheur().au
        return valeurs_de(
            pour=pour,
            codes={c.code for c in cibles},
            territoires={c.territoire for c in cibles},
            jours={jour_du_constat(c.echeance, au) for c in cibles},
        ), au
    except (ChiffresAbsents, DateHorsHistoire):
        return {}, horloge.aujourdhui()


def _noms() -> dict[str, str]:
    return {code: nom for noms in selectors.lieux().values() for code, nom in noms.items()}


def _fixer(request: HttpRequest, lus: Mapping[str, Any]) -> Cible:
    engagement = services.Engagement(
        organisme=lus["organisme"], origine=lus["origine"], fixee_le=lus["fixee_le"], agent=lus["agent"],
        nature=Nature(lus["nature"]),
    )  # fmt: skip
    return services.fixer(
        code=lus["code"], territoire=lus["territoire"], valeur=lus["valeur"], echeance=lus["echeance"],
        engagement=engagement, par=agent_courant(request), le=horloge.maintenant(),
    )  # fmt: skip


def _par_famille() -> list[tuple[str, list[tuple[str, str]]]]:
    groupes: dict[str, list[tuple[str, str]]] = {}
    for d in definitions().values():
        groupes.setdefault(FAMILLES[d.famille], []).append((d.code, f"{d.libelle} ({d.unite.libelle})"))
    return list(groupes.items())


def _fil(page: str = "") -> list[tuple[str, str]]:
    debut = [("Pilotage", reverse("pilotage")), ("Cibles", reverse("pilotage_cibles") if page else "")]
    return [*debut, (page, "")] if page else debut


def _export(x: Ligne) -> list[Any]:
    c = x.cible
    unite = x.definition.unite.libelle if x.definition else ""
    return [x.libelle, c.code, x.territoire, c.valeur, unite, x.actuel, c.echeance, Nature(c.nature).libelle,
            c.proprietaire, c.origine, c.fixee_le, x.etat.libelle]  # fmt: skip
