"""« Rapprochements »: everything on which the file and our records disagree, or on which somebody waits for us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite, Unite
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation, structures_ouvertes
from cordee.metier.parcours.enums import GenreEcheance, GenreEtape
from cordee.reglementation.enums import Nature
from cordee.socle import horloge
from cordee.web.composants.formulaires import FormulaireFiltres
from cordee.web.composants.tableaux import Colonne, Tri, champs_de_tri, lire_tri
from cordee.web.parcours import table
from cordee.web.rapprochement import lectures
from cordee.web.rapprochement.lectures import Demande, Ligne
from cordee.web.rapprochement.phrases import Cotes, Savoir, cotes
from cordee.web.rapprochement.sujets import CONTACT, ETAPE, ICONES, POUR_PLUSIEURS, Sujet, unites
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P = Permission
PAR_PAGE = 25
TRI_PAR_DEFAUT = "echeance"
COLONNES = [
    Colonne("nom", "Personne", champs=("nom", "prenom")),
    Colonne("fichier", "Ce que dit le fichier", triable=False),
    Colonne("nous", "Ce que nous avons", triable=False),
    Colonne("age", "Ouvert depuis", champs=("ouverte_u",)),
    Colonne("echeance", "À régler", champs=("echeance_u",)),
    Colonne("actes", "Actions", triable=False, cachee=True),
]
ENTETES_EXPORT = ("Nom", "Prénom", "Sujet", "Ce que dit le fichier", "Ce que nous avons", "Ouvert le", "À régler avant",
                  "Nature du délai", "À qui")  # fmt: skip


class Filtres(FormulaireFiltres):
    """What the address keeps. Unknown values are ignored."""

    q = forms.CharField(label="Nom", required=False, max_length=80)
    sujet = forms.ChoiceField(label="Sujet", required=False, choices=[("", "Tous"), *Sujet.choices()])
    unite = forms.ChoiceField(label="À qui", required=False)
    structure = forms.ChoiceField(label="Structure", required=False)
    retard = forms.BooleanField(label="En retard seulement", required=False)

    def __init__(self, *args: Any, au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unite"].choices = [("", "Toutes"), *((u.value, u.libelle) for u in unites())]  # type: ignore[attr-defined]
        ouvertes = [(str(s.pk), s.nom) for s in structures_ouvertes(au=au)]
        self.fields["structure"].choices = [("", "Toutes"), *ouvertes]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One line ready to draw."""

    ligne: Ligne
    qui: str
    sujet: Sujet
    icone: str
    titre: str
    cotes: Cotes
    age: str
    proprietaire: str
    bouton: str
    url: str
    tiroir: bool
    autre: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Onglet:
    """One kind at the top, with how many wait."""

    sujet: Sujet
    icone: str
    nombre: int
    retard: int
    url: str
    actif: bool


@acces(P.SUIVRE, P.INSTRUIRE, finalite=Finalite.IDENTIFICATION)
def file(request: HttpRequest) -> HttpResponse:
    """The queue: kinds with their counts, then the lines, the most urgent first."""
    au = horloge.aujourdhui()
    filtres = Filtres(request.GET, au=au)
    demande = demande_de(request, filtres.lus, au)
    tri = lire_tri(request.GET, COLONNES, TRI_PAR_DEFAUT)
    comptes = lectures.compter(demande)
    page = Paginator(lectures.lignes(demande, ordre(tri)), PAR_PAGE).get_page(request.GET.get("page"))
    lues = lectures.lire(page.object_list)
    droits = habilitation_de(request)
    gestes = POUR_PLUSIEURS.get(demande.sujet, ()) if demande.sujet else ()
    contexte = {
        "au": au,
        "filtres": filtres,
        "tri": tri,
        "colonnes": COLONNES,
        "page": page,
        "lignes": afficher(lues, demande),
        "onglets": onglets(comptes, demande, filtres.lus),
        "total": sum(n for n, _ in comptes.values()),
        "retards": sum(r for _, r in comptes.values()),
        "sujet": demande.sujet,
        "tout": demande.tout,
        "gestes": gestes if gestes and peut_agir(demande.sujet, droits) else (),
        "parametres": request.GET.urlencode(),
        "peut_exporter": droits.peut(P.EXPORTER),
        "url_tous": reverse("rapprochements"),
    }
    return render(request, "rapprochement/file.html", contexte)


@acces(P.EXPORTER, finalite=Finalite.IDENTIFICATION)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same lines as a file; each person who leaves in it is a read."""
    au = horloge.aujourdhui()
    demande = demande_de(request, Filtres(request.GET, au=au).lus, au)
    tri = lire_tri(request.GET, COLONNES, TRI_PAR_DEFAUT)
    lues = lectures.lire(lectures.lignes(demande, ordre(tri)))
    journaliser_export(
        request, sorted({x.qui for x in lues}), finalite=Finalite.IDENTIFICATION, page="export des rapprochements"
    )
    savoir = Savoir.de(lues, demande)
    lignes = []
    for x in lues:
        deux = cotes(x, savoir)
        lignes.append((x.nom, x.prenom, x.sujet.libelle, deux.fichier, deux.nous, x.ouverte_le, x.echeance,
                       Nature(x.nature).libelle, savoir.proprietaire(x)))  # fmt: skip
    return en_csv(f"rapprochements-{au:%Y-%m-%d}", ENTETES_EXPORT, lignes)


# What else may settle a line than the act of its étape or échéance.
_AUTRES = {Sujet.DECES: "en_vie", Sujet.SANCTION: "mesure"}


# Parts --------------------------------------------------------------------------------------------------------------
def demande_de(request: HttpRequest, lus: dict[str, Any], au: date) -> Demande:
    """What the address asks for, by whom."""
    return Demande(
        pour=agent_courant(request), au=au, droits=habilitation_de(request),
        sujet=Sujet(lus["sujet"]) if lus.get("sujet") else None,
        unite=Unite(lus["unite"]) if lus.get("unite") else None,
        retard=bool(lus.get("retard")), structure=int(lus["structure"]) if lus.get("structure") else None,
        texte=lus.get("q", ""),
    )  # fmt: skip


def ordre(tri: Tri) -> list[str]:
    """How lines are sorted; the day they must be settled, then the oldest, so that pages never overlap."""
    return [*champs_de_tri(tri, COLONNES, dernier="echeance_u"), "ouverte_u", "source_u", "pk"]


def afficher(lues: list[Ligne], demande: Demande) -> list[LigneAffichee]:
    """Lines with their words and their act."""
    savoir = Savoir.de(lues, demande)
    return [_affichee(x, savoir, demande) for x in lues]


def onglets(comptes: dict[Sujet, tuple[int, int]], demande: Demande, lus: dict[str, Any]) -> list[Onglet]:
    """The kinds in which something waits, and the one that is chosen."""
    autres = {cle: valeur if valeur is not True else "on" for cle, valeur in lus.items() if cle != "sujet"}
    return [
        Onglet(
            sujet, ICONES[sujet], *comptes.get(sujet, (0, 0)),
            url=f"{reverse('rapprochements')}?{urlencode({**autres, 'sujet': sujet.value})}",
            actif=sujet is demande.sujet,
        )
        for sujet in Sujet
        if sujet in comptes or sujet is demande.sujet
    ]  # fmt: skip


def peut_agir(sujet: Sujet | None, droits: Habilitation) -> bool:
    """Whether a bulk act of this subject is hers to do."""
    permission = P.IMPORTER if sujet is Sujet.ABSENCE else P.INSTRUIRE
    return droits.peut(permission)


def _affichee(x: Ligne, savoir: Savoir, demande: Demande) -> LigneAffichee:
    qui = nom_court(x.prenom, x.nom)
    bouton, url, tiroir = _acte(x, savoir, demande)
    return LigneAffichee(
        ligne=x, qui=qui, sujet=x.sujet, icone=ICONES[x.sujet], titre=_titre(x), cotes=cotes(x, savoir),
        age=anciennete((demande.au - x.ouverte_le).days), proprietaire=savoir.proprietaire(x), bouton=bouton, url=url,
        tiroir=tiroir, autre=_autre(x, demande),
    )  # fmt: skip


def _titre(x: Ligne) -> str:
    if x.source == CONTACT:
        return "Choisir le bon contact"
    return GenreEtape(x.genre).libelle if x.source == ETAPE else GenreEcheance(x.genre).libelle


def _acte(x: Ligne, savoir: Savoir, demande: Demande) -> tuple[str, str, bool]:
    """The act that settles the line, where the agent may do it; else the person's page."""
    voir = ("Voir la personne", reverse("personne", args=[x.qui]), False)
    if x.source == CONTACT:
        return "Choisir", reverse("rapprochement_contact", args=[x.pk]), True
    genre = GenreEtape(x.genre) if x.source == ETAPE else GenreEcheance(x.genre)
    if genre in table.PAR_ARBITRAGE:
        return ("Comparer", reverse("arbitrages"), False) if demande.droits.peut(P.ARBITRER) else voir
    acte = table.acte_pour(genre, savoir.etat(x))
    if acte is None or not demande.droits.permissions & acte.permissions:
        return voir
    suite = {"retour": "rapprochements", **({"genre": genre.value} if acte.cle == "echeance" else {})}
    return acte.bouton, f"{table.url(acte, x.qui)}?{urlencode(suite)}", table.en_tiroir(acte)


def _autre(x: Ligne, demande: Demande) -> tuple[str, str]:
    """The other way to settle the line, when there is one: (what it says, its address), or two blanks."""
    acte = table.ACTES.get(_AUTRES.get(x.sujet, ""))
    if acte is None or not demande.droits.permissions & acte.permissions:
        return "", ""
    return acte.bouton, f"{table.url(acte, x.qui)}?retour=rapprochements"


def anciennete(jours: int) -> str:
    """How long a line has been open.

    >>> anciennete(0), anciennete(1), anciennete(12), anciennete(75)
    ("aujourd'hui", '1 jour', '12 jours', '2 mois')
    """
    if jours <= 0:
        return "aujourd'hui"
    if jours < 60:
        return "1 jour" if jours == 1 else f"{jours} jours"
    return f"{jours // 30} mois"
