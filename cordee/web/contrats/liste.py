"""« Contrats »: the list, by what is to be done, with filters in the address and a file to take away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.contrats.enums import EtatContrat
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.selectors.liste import chercher, compter, contrats_en, sans_brouillon
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.models import Situation
from cordee.socle import horloge
from cordee.web.composants.formulaires import FormulaireFiltres
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant, exiger, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P = Permission
E = EtatContrat
OUVRENT = (P.CONTRACTUALISER, P.ENCADRER)
PAR_PAGE = 50
ICONES = {
    E.A_PREPARER: "modifier", E.BROUILLON: "contrat", E.A_VALIDER: "decision", E.A_SIGNER: "signature",
    E.A_ACTUALISER: "relance", E.EN_VIGUEUR: "succes",
}  # fmt: skip
ENTETES = ("Nom", "Prénom", "Contrat", "Structure", "Référent", "Depuis le", "À faire avant le")
DATES = {
    E.A_PREPARER: ("Signer avant le", "echeance"), E.BROUILLON: ("Préparé le", "cree_le"),
    E.A_VALIDER: ("Préparé le", "cree_le"), E.A_SIGNER: ("Proposé le", "propose_le"),
    E.A_ACTUALISER: ("À actualiser le", "prochaine_actualisation"),
    E.EN_VIGUEUR: ("À actualiser le", "prochaine_actualisation"),
}  # fmt: skip


class Filtres(FormulaireFiltres):
    """What the address keeps. Unknown values are ignored."""

    etat = forms.ChoiceField(required=False, choices=E.choices(), widget=forms.HiddenInput)
    q = forms.CharField(label="Nom ou prénom", required=False, max_length=60)
    structure = forms.TypedChoiceField(label="Structure", required=False, coerce=int)
    referent = forms.TypedChoiceField(label="Référent", required=False, coerce=int)

    def __init__(self, *args: Any, structures: list[Structure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agents = Agent.objects.filter(
            pk__in=_actifs(structures).values("pk")
        ).order_by("nom", "prenom")[:400] if structures else ()  # fmt: skip
        for nom, choix in (("structure", [(s.pk, s.nom) for s in structures]),
                           ("referent", [(a.pk, f"{a.prenom} {a.nom}") for a in agents])):  # fmt: skip
            self.fields[nom].choices = [("", "Tous"), *((str(pk), t) for pk, t in choix)]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Ligne:
    """One person and where her contract stands."""

    pk: int
    nom: str
    prenom: str
    structure: str
    referent: str
    depuis: date | None
    quand: date | None
    en_retard: bool
    url: str

    @property
    def qui(self) -> str:
        return nom_court(self.prenom, self.nom)


@acces(*OUVRENT, finalite=Finalite.CONTRAT)
def liste(request: HttpRequest) -> HttpResponse:
    """The tabs with their counts, then the people."""
    filtres, etat, choisies = _choisir(request)
    colonnes = colonnes_de(etat)
    tri = lire_tri(request.GET, colonnes, "quand")
    droits, maintenant = habilitation_de(request), horloge.maintenant()
    comptes = compter(pour=agent_courant(request), droits=droits, le=maintenant)
    triees = choisies.order_by(*champs_de_tri(tri, colonnes), "pk").values_list("pk", flat=True)
    pages = Paginator(triees, PAR_PAGE)
    if not filtres.lus.keys() - {"etat"}:
        pages.count = comptes[etat]  # counted already
    page = pages.get_page(request.GET.get("page"))
    return render(request, "contrats/liste.html", {
        "filtres": filtres, "etat": etat, "tri": tri, "colonnes": colonnes, "page": page,
        "lignes": list(lignes(detailler(list(page.object_list), etat), etat, horloge.jour(maintenant))),
        "quand": DATES[etat][0],
        "onglets": [
            {"cle": str(e), "libelle": e.libelle, "url": f"?etat={e}", "compteur": comptes[e], "icone": ICONES[e]}
            for e in E
        ],
        "parametres": request.GET.urlencode(), "peut_exporter": droits.peut(P.EXPORTER),
        "peut_preparer": droits.peut(P.CONTRACTUALISER), "au": horloge.jour(maintenant),
        "regle_circuit": droits.peut(P.ENCADRER),
    })  # fmt: skip


@acces(P.EXPORTER, finalite=Finalite.CONTRAT)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same rows as a file; each person who leaves in it is a read."""
    exiger(request, *OUVRENT)
    _, etat, choisies = _choisir(request)
    colonnes = colonnes_de(etat)
    tri = lire_tri(request.GET, colonnes, "quand")
    choisis = list(choisies.order_by(*champs_de_tri(tri, colonnes), "pk").values_list("pk", flat=True)[:20_000])
    faites = list(lignes(detailler(choisis, etat), etat, horloge.aujourdhui()))
    journaliser_export(request, sorted({x.pk for x in faites}), finalite=Finalite.CONTRAT, page="export des contrats")
    return en_csv(
        f"contrats-{horloge.aujourdhui():%Y-%m-%d}", ENTETES,
        ((x.nom, x.prenom, etat.libelle, x.structure, x.referent, x.depuis, x.quand) for x in faites),
    )  # fmt: skip


def colonnes_de(etat: EtatContrat) -> list[Colonne]:
    """The columns of a tab: the date is the one that calls for something."""
    libelle, champ = DATES[etat]
    s, r = ("referent_structure", "referent_agent") if etat is E.A_PREPARER else ("structure", "referent")
    return [
        Colonne("nom", "Personne", champs=("personne__nom", "personne__prenom")),
        Colonne("structure", "Structure", champs=(f"{s}__nom",)),
        Colonne("referent", "Référent", champs=(f"{r}__nom", f"{r}__prenom")),
        Colonne("quand", libelle, champs=(champ,)),
        Colonne("actes", "Actions", triable=False, cachee=True),
    ]


def lignes(rangees: Iterable[Any], etat: EtatContrat, au: date) -> Iterable[Ligne]:
    """Rows ready to draw."""
    for x in rangees:
        if isinstance(x, Situation):
            quand = x.echeance
            oui = quand is not None and quand < au
            yield Ligne(x.personne_id, x.personne.nom, x.personne.prenom, str(x.referent_structure or ""),
                        str(x.referent_agent or ""), x.depuis, quand, oui,
                        reverse("acte_contrat", args=[x.personne_id]))  # fmt: skip
            continue
        quand = _jour(getattr(x, DATES[etat][1]))
        retard = etat in (E.A_ACTUALISER, E.EN_VIGUEUR) and quand is not None and quand < au
        url = reverse("contrat", args=[x.pk])
        if etat in (E.BROUILLON, E.A_VALIDER, E.A_SIGNER):
            url = reverse("acte_contrat" if etat is E.BROUILLON else "acte_signer", args=[x.personne_id])
        yield Ligne(x.personne_id, x.personne.nom, x.personne.prenom, x.structure.nom, str(x.referent or ""),
                    x.debut or _jour(x.cree_le), quand, retard, url)  # fmt: skip


def _choisir(request: HttpRequest) -> tuple[Filtres, EtatContrat, QuerySet[Any]]:
    droits, maintenant, pour = habilitation_de(request), horloge.maintenant(), agent_courant(request)
    structures = list(Structure.objects.filter(pk__in=droits.structures).order_by("nom"))
    filtres = Filtres(request.GET, structures=structures)
    lus = filtres.lus
    etat = E(lus.pop("etat", E.A_PREPARER))
    if etat is E.A_PREPARER:
        return filtres, etat, chercher(sans_brouillon(pour=pour, droits=droits, le=maintenant), lus)
    return filtres, etat, chercher(contrats_en(etat, pour=pour, droits=droits, le=maintenant), lus)


def detailler(ids: list[int], etat: EtatContrat) -> list[Any]:
    """The rows of these ids, in their order: the page is chosen on ids alone."""
    if etat is E.A_PREPARER:
        situations = Situation.objects.select_related("personne", "referent_structure", "referent_agent")
        par_pk: dict[int, Any] = {s.pk: s for s in situations.defer("calcul").filter(pk__in=ids)}
    else:
        contrats = Contrat.objects.select_related("personne", "structure", "referent").defer("texte_propose")
        par_pk = contrats.in_bulk(ids)
    return [par_pk[pk] for pk in ids if pk in par_pk]


def _actifs(structures: list[Structure]) -> QuerySet[Agent]:
    return Agent.objects.filter(
        en_cours(horloge.aujourdhui(), prefixe="affectations__"), affectations__structure__in=structures
    ).distinct()  # fmt: skip


def _jour(valeur: Any) -> date | None:
    if valeur is None:
        return None
    return horloge.jour(valeur) if hasattr(valeur, "hour") else valeur
