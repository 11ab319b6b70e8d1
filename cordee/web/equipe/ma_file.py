"""« Ma file active »: my people × what may make one forgotten; each cell opens the act that clears it (R11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.contrats.selectors.ore import ore_avant_le
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.selectors.equipe import jours_de_repos
from cordee.metier.orientation.selectors.signaux import Signal, q_active, q_signal
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.regles.texte import cle_nom
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.reglementation.calendrier import jour_travaille_avant
from cordee.reglementation.parametres import entier
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe.tableau import url_liste
from cordee.web.parcours import table
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

P, S = Permission, Signal
PAR_PAGE = 50
OUBLIS: Final = (S.EN_RETARD, S.SANS_RDV, S.CONTACT_ANCIEN, S.INTENSIF_SANS_CONTACT, S.HEURES, S.PROMESSE)
"""Signals that tell somebody is being forgotten: the more of them together, the higher she stands. Not a mark: the
page says which ones, and each is cleared by an act of ours."""


@dataclass(frozen=True, slots=True)
class Fiche:
    """One person of the file with her signals: read whole, in one query, then counted, sorted and cut into pages."""

    pk: int
    nom: tuple[str, str]
    echeance: date
    contact: date
    active: bool
    signaux: frozenset[Signal]

    @property
    def oublis(self) -> int:
        return len(self.signaux.intersection(OUBLIS))


TRIS: Final[dict[str, tuple[str, Callable[[Fiche], Any]]]] = {
    "oubli": ("Risque d'oubli", lambda f: (-f.oublis, f.echeance, f.contact, f.pk)),
    "echeance": ("Échéance", lambda f: (f.echeance, f.contact, f.pk)),
    "contact": ("Dernier contact", lambda f: (f.contact, f.echeance, f.pk)),
    "nom": ("Nom", lambda f: (*f.nom, f.pk)),
}
COLONNES = [
    Colonne("personne", "Personne", triable=False),
    Colonne("etape", "À faire", triable=False),
    Colonne("rdv", "Rendez-vous", triable=False),
    Colonne("contrat", "Contrat", triable=False),
    Colonne("heures", "Heures", triable=False),
    Colonne("contact", "Contact", triable=False),
    Colonne("autres", "Aussi", triable=False),
]


@dataclass(frozen=True, slots=True)
class Marque:
    """What to do and where; without ``url``, only something to read."""

    texte: str
    url: str = ""
    tiroir: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cellule:
    """One cell: the acts that clear its signals, else what is known."""

    libelle: str
    marques: list[Marque]
    repos: str = ""


@dataclass(frozen=True, slots=True)
class LigneFile:
    """One person of my file. ``oublis``: how many signals of forgetting she bears."""

    pk: int
    qui: str
    etat: Etat
    etape: GenreEtape | None
    echeance: date | None
    a_faire_le: date | None
    pour: str
    oublis: int
    retard: Marque | None
    cellules: list[Cellule]


@acces(P.SUIVRE)
def ma_file(request: HttpRequest) -> HttpResponse:
    """My people, those who risk most to be forgotten first; those of a colleague I cover for are marked."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    signal = _signal(request.GET.get("signal", ""))
    tri = request.GET.get("tri", "") if request.GET.get("tri", "") in TRIS else "oubli"
    file = _file(miennes(agent, maintenant, droits), maintenant)
    choisies = [f for f in file if signal is None or signal in f.signaux]
    page = Paginator(sorted(choisies, key=TRIS[tri][1]), PAR_PAGE).get_page(request.GET.get("page"))
    filtre = {"signal": str(signal)} if signal else {}
    contexte: dict[str, Any] = {
        "au": au,
        "page": page,
        "lignes": _lignes(list(page), agent, maintenant),
        "colonnes": COLONNES,
        "total": len(file),
        "actives": sum(f.active for f in file),
        "jours_actifs": entier("accompagnement_actif_jours", au=au),
        "signal": signal,
        "signaux": [(s, sum(s in f.signaux for f in file), _adresse(signal=str(s), tri=tri)) for s in Signal],
        "url_toutes": _adresse(tri=tri),
        "tri": tri,
        "tris": [(cle, libelle, _adresse(**filtre, tri=cle)) for cle, (libelle, _) in TRIS.items()],
        "couvre": sorted({str(a) for a in Agent.objects.filter(pk__in={c.absent for c in droits.couvertures})}),
        "url_relances": _suite("relances", filtre),
        "url_tournee": _suite("tournee", filtre),
        "url_export": url_liste(referent=str(agent.pk), **filtre),
    }
    return render(request, "equipe/ma_file.html", contexte)


def miennes(agent: Agent, maintenant: datetime, droits: Habilitation) -> QuerySet[Situation]:
    """Those she is named for, and those of the colleagues she covers for (R20)."""
    siennes = Q(referent_agent=agent)
    for c in droits.couvertures:
        siennes |= Q(referent_agent=c.absent, referent_structure=c.structure)
    visibles = q_visibles("personne", pour=agent, au=horloge.jour(maintenant), droits=droits)
    return Situation.objects.filter(visibles, siennes, soumis=True)


# Parts --------------------------------------------------------------------------------------------------------------
def _signal(demande: str) -> Signal | None:
    return Signal(demande) if demande in set(Signal) else None


def _adresse(**filtres: str) -> str:
    parts = "&".join(f"{cle}={valeur}" for cle, valeur in filtres.items() if (cle, valeur) != ("tri", "oubli"))
    return f"{reverse('ma_file')}?{parts}" if parts else reverse("ma_file")


def _suite(nom: str, filtre: dict[str, str]) -> str:
    """The address of a grouped act, that keeps the signal shown: « all the lines » means those."""
    return f"{reverse(nom)}?signal={filtre['signal']}" if filtre else reverse(nom)


def _file(situations: QuerySet[Situation], maintenant: datetime) -> list[Fiche]:
    """Everybody of the file, a few hundred people at most, with what each signal says."""

    def vrai(condition: Q) -> Case:
        return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())

    marques = {f"m_{s}": vrai(q_signal(s, maintenant=maintenant)) for s in Signal}
    lues = situations.annotate(active=vrai(q_active(horloge.jour(maintenant))), **marques).values_list(
        "pk", "personne__nom", "personne__prenom", "echeance", "dernier_contact_le", "active", *marques
    )
    return [
        Fiche(
            pk, (cle_nom(nom), cle_nom(prenom)), echeance or date.max, contact or date.min, active,
            frozenset(s for s, dit in zip(Signal, dits, strict=True) if dit),
        )
        for pk, nom, prenom, echeance, contact, active, *dits in lues
    ]  # fmt: skip


def _lignes(fiches: list[Fiche], agent: Agent, maintenant: datetime) -> list[LigneFile]:
    ids = [f.pk for f in fiches]
    situations = (
        Situation.objects.filter(pk__in=ids).select_related("personne", "etape", "referent_agent").defer("calcul")
    )
    lues: dict[int, Any] = {s.pk: s for s in situations}
    prevus = RendezVous.objects.filter(personne__in=ids, statut=StatutRendezVous.PREVU, debut__gte=maintenant)
    prochains: dict[int, datetime] = {}
    for pk, debut in prevus.order_by("-debut").values_list("personne_id", "debut"):
        prochains[pk] = debut
    offres = ore_avant_le([f.pk for f in fiches if S.ORE in f.signaux], au=horloge.jour(maintenant))
    repos = jours_de_repos(agent)
    return [
        _ligne(lues[f.pk], f, agent, prochains.get(f.pk), repos, offre_le=offres.get(f.pk))
        for f in fiches
        if f.pk in lues
    ]


def _ligne(
    s: Any, f: Fiche, agent: Agent, rdv: datetime | None, repos: frozenset[int], *, offre_le: date | None
) -> LigneFile:
    dits = f.signaux
    return LigneFile(
        s.pk, nom_court(s.personne.prenom, s.personne.nom), Etat(s.etat),
        GenreEtape(s.etape.genre) if s.etape else None, s.echeance, _avant_le_repos(s.echeance, repos),
        "" if s.referent_agent_id == agent.pk else str(s.referent_agent), f.oublis, _retard(s, dits),
        [_rdv(s, dits, rdv), _contrat(s, dits, offre_le), _heures(s, dits), _contact(s, dits), _autres(s, dits)],
    )  # fmt: skip


def _avant_le_repos(echeance: date | None, repos: frozenset[int]) -> date | None:
    """The day to do it when the due date is one of her days off (R19): her working day before it."""
    if echeance is None or echeance.weekday() not in repos:
        return None
    return jour_travaille_avant(echeance, repos)


def _acte(s: Any, cle: str, *, detail: str = "", texte: str = "") -> Marque:
    acte = table.ACTES[cle]
    return Marque(texte or acte.bouton, table.url(acte, s.pk), table.en_tiroir(acte), detail)


def _retard(s: Any, dits: frozenset[Signal]) -> Marque | None:
    """The act of the étape, once it is late."""
    if S.EN_RETARD not in dits or s.etape is None:
        return None
    acte = table.acte_pour(GenreEtape(s.etape.genre), Etat(s.etat))
    if acte is None:
        return Marque("Ouvrir", reverse("personne", args=[s.pk]))
    return Marque(acte.bouton, table.url(acte, s.pk), table.en_tiroir(acte))


def _rdv(s: Any, dits: frozenset[Signal], rdv: datetime | None) -> Cellule:
    if S.SANS_RDV in dits:
        return Cellule("Rendez-vous", [_acte(s, "convoquer")])
    return Cellule("Rendez-vous", [Marque(f"{rdv.astimezone(horloge.PARIS):%d/%m à %H:%M}")] if rdv else [])


def _contrat(s: Any, dits: frozenset[Signal], offre_le: date | None) -> Cellule:
    marques = []
    if S.SANS_CONTRAT in dits:
        marques.append(_acte(s, "contrat"))
    if S.CONTRAT_FINIT in dits:
        marques.append(_acte(s, "actualiser", texte="Actualiser", detail=f"pour le {s.actualisation_le:%d/%m/%y}"))
    if not marques and s.contrat_le:
        marques.append(Marque(f"signé le {s.contrat_le:%d/%m/%y}"))
    if offre_le is not None:
        marques.append(_acte(s, "actualiser", texte="Définir l'offre d'emploi", detail=f"avant le {offre_le:%d/%m/%y}"))
    return Cellule("Contrat", marques)


def _heures(s: Any, dits: frozenset[Signal]) -> Cellule:
    marques = []
    if S.HEURES in dits:
        marques.append(Marque("Noter les heures", reverse("heures", args=[s.pk])))
    if S.HEURES_A_REVOIR in dits:
        marques.append(_acte(s, "actualiser", texte="Revoir la durée"))
    return Cellule("Heures", marques)


def _contact(s: Any, dits: frozenset[Signal]) -> Cellule:
    detail = f"{s.dernier_contact_le:%d/%m/%y}" if s.dernier_contact_le else "jamais"
    if S.CONTACT_ANCIEN in dits or S.INTENSIF_SANS_CONTACT in dits:
        mot = "intensif, " if S.INTENSIF_SANS_CONTACT in dits else ""
        return Cellule("Contact", [Marque("Appeler", reverse("appel", args=[s.pk]), True, mot + detail)])
    return Cellule("Contact", [Marque(detail), Marque("Appel", reverse("appel", args=[s.pk]), True)])


def _autres(s: Any, dits: frozenset[Signal]) -> Cellule:
    marques = []
    if S.PROMESSE in dits:
        url = f"{reverse('engagements')}?personne={s.pk}"
        marques.append(Marque("Nos engagements", url))
    if S.PROCEDURE in dits:
        marques.append(Marque("Procédure ouverte", f"{reverse('personne', args=[s.pk])}?onglet=droits"))
    if S.EMPLOI in dits:
        marques.append(_acte(s, "contact", texte="Emploi repris"))
    if S.DIAGNOSTIC_VIDE in dits:
        marques.append(_acte(s, "diagnostic", texte="Diagnostic vide"))
    if S.SECTEUR in dits:
        marques.append(_acte(s, "proposer_relais", texte="Hors secteur"))
    return Cellule("Aussi", marques)
