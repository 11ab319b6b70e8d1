"""« Ma file active »: my people × what may make one forgotten; each cell opens the act that clears it (R11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.selectors.equipe import jours_de_repos
from cordee.metier.orientation.selectors.signaux import Signal, q_active, q_signal
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.models import Situation
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
TRIS: Final = {
    "oubli": ("Risque d'oubli", ("-oublis", "echeance", "contact", "pk")),
    "echeance": ("Échéance", ("echeance", "contact", "pk")),
    "contact": ("Dernier contact", ("contact", "echeance", "pk")),
    "nom": ("Nom", ("personne__nom", "personne__prenom", "pk")),
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
    base = miennes(agent, maintenant, droits)
    signal = _signal(request.GET.get("signal", ""))
    tri = request.GET.get("tri", "") if request.GET.get("tri", "") in TRIS else "oubli"
    comptes = base.aggregate(
        total=Count("pk"), actives=Count("pk", filter=q_active(au)),
        **{str(s): Count("pk", filter=q_signal(s, maintenant=maintenant)) for s in Signal},
    )  # fmt: skip
    choisies = base.filter(q_signal(signal, maintenant=maintenant)) if signal else base
    page = _page(choisies, maintenant, tri, request.GET.get("page"))
    filtre = {"signal": str(signal)} if signal else {}
    contexte: dict[str, Any] = {
        "au": au,
        "page": page,
        "lignes": _lignes(list(page), agent, maintenant),
        "colonnes": COLONNES,
        "total": comptes["total"],
        "actives": comptes["actives"],
        "jours_actifs": entier("accompagnement_actif_jours", au=au),
        "signal": signal,
        "signaux": [(s, comptes[str(s)], _adresse(signal=str(s), tri=tri)) for s in Signal],
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


def _page(situations: QuerySet[Situation], maintenant: datetime, tri: str, numero: str | None) -> Page[Any]:
    def marquer(signal: Signal) -> Case:
        vrai = When(q_signal(signal, maintenant=maintenant), then=Value(True))
        return Case(vrai, default=Value(False), output_field=BooleanField())

    marques = {f"m_{s}": marquer(s) for s in Signal}
    oublis = sum(
        (Case(When(**{f"m_{s}": True}, then=1), default=0, output_field=IntegerField()) for s in OUBLIS),
        start=Value(0),
    )
    ordre = [F("dernier_contact_le").asc(nulls_first=True) if champ == "contact" else champ for champ in TRIS[tri][1]]
    triees = (
        situations.annotate(**marques)
        .annotate(oublis=oublis)
        .select_related("personne", "etape", "referent_agent")
        .order_by(*ordre)
    )
    return Paginator(triees, PAR_PAGE).get_page(numero)


def _lignes(situations: list[Any], agent: Agent, maintenant: datetime) -> list[LigneFile]:
    prevus = RendezVous.objects.filter(
        personne__in=[s.pk for s in situations], statut=StatutRendezVous.PREVU, debut__gte=maintenant
    )
    prochains: dict[int, datetime] = {}
    for pk, debut in prevus.order_by("-debut").values_list("personne_id", "debut"):
        prochains[pk] = debut
    repos = jours_de_repos(agent)
    return [
        LigneFile(
            s.pk, nom_court(s.personne.prenom, s.personne.nom), Etat(s.etat),
            GenreEtape(s.etape.genre) if s.etape else None, s.echeance,
            _avant_le_repos(s.echeance, repos),
            "" if s.referent_agent_id == agent.pk else str(s.referent_agent),
            s.oublis, _retard(s),
            [_rdv(s, prochains.get(s.pk)), _contrat(s), _heures(s), _contact(s), _autres(s)],
        )
        for s in situations
    ]  # fmt: skip


def _avant_le_repos(echeance: date | None, repos: frozenset[int]) -> date | None:
    """The day to do it when the due date is one of her days off (R19): her working day before it."""
    if echeance is None or echeance.weekday() not in repos:
        return None
    return jour_travaille_avant(echeance, repos)


def _a(s: Any, signal: Signal) -> bool:
    return bool(getattr(s, f"m_{signal}"))


def _acte(s: Any, cle: str, *, detail: str = "", texte: str = "") -> Marque:
    acte = table.ACTES[cle]
    return Marque(texte or acte.bouton, table.url(acte, s.pk), table.en_tiroir(acte), detail)


def _retard(s: Any) -> Marque | None:
    """The act of the étape, once it is late."""
    if not _a(s, S.EN_RETARD) or s.etape is None:
        return None
    acte = table.acte_pour(GenreEtape(s.etape.genre), Etat(s.etat))
    if acte is None:
        return Marque("Ouvrir", reverse("personne", args=[s.pk]))
    return Marque(acte.bouton, table.url(acte, s.pk), table.en_tiroir(acte))


def _rdv(s: Any, rdv: datetime | None) -> Cellule:
    if _a(s, S.SANS_RDV):
        return Cellule("Rendez-vous", [_acte(s, "convoquer")])
    return Cellule("Rendez-vous", [Marque(f"{rdv.astimezone(horloge.PARIS):%d/%m à %H:%M}")] if rdv else [])


def _contrat(s: Any) -> Cellule:
    marques = []
    if _a(s, S.SANS_CONTRAT):
        marques.append(_acte(s, "contrat"))
    if _a(s, S.CONTRAT_FINIT):
        marques.append(_acte(s, "actualiser", texte="Actualiser", detail=f"pour le {s.actualisation_le:%d/%m/%y}"))
    if not marques and s.contrat_le:
        marques.append(Marque(f"signé le {s.contrat_le:%d/%m/%y}"))
    return Cellule("Contrat", marques)


def _heures(s: Any) -> Cellule:
    marques = []
    if _a(s, S.HEURES):
        marques.append(Marque("Noter les heures", reverse("heures", args=[s.pk])))
    if _a(s, S.HEURES_A_REVOIR):
        marques.append(_acte(s, "actualiser", texte="Revoir la durée"))
    return Cellule("Heures", marques)


def _contact(s: Any) -> Cellule:
    detail = f"{s.dernier_contact_le:%d/%m/%y}" if s.dernier_contact_le else "jamais"
    if _a(s, S.CONTACT_ANCIEN) or _a(s, S.INTENSIF_SANS_CONTACT):
        mot = "intensif, " if _a(s, S.INTENSIF_SANS_CONTACT) else ""
        return Cellule("Contact", [Marque("Appeler", reverse("appel", args=[s.pk]), True, mot + detail)])
    return Cellule("Contact", [Marque(detail), Marque("Appel", reverse("appel", args=[s.pk]), True)])


def _autres(s: Any) -> Cellule:
    marques = []
    if _a(s, S.PROMESSE):
        url = f"{reverse('engagements')}?personne={s.pk}"
        marques.append(Marque("Nos engagements", url))
    if _a(s, S.PROCEDURE):
        marques.append(Marque("Procédure ouverte", f"{reverse('personne', args=[s.pk])}?onglet=droits"))
    if _a(s, S.EMPLOI):
        marques.append(_acte(s, "contact", texte="Emploi repris"))
    if _a(s, S.DIAGNOSTIC_VIDE):
        marques.append(_acte(s, "diagnostic", texte="Diagnostic vide"))
    if _a(s, S.SECTEUR):
        marques.append(_acte(s, "proposer_relais", texte="Hors secteur"))
    return Cellule("Aussi", marques)
