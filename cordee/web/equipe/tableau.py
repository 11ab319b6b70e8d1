"""« Mon équipe »: référents × signals, who is away, what is handed over. A cell opens the list that clears it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cordee.metier.organismes.models import AbsenceAgent, Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.models import Relais
from cordee.metier.orientation.selectors.equipe import (
    LigneEquipe,
    LigneStructure,
    Mesures,
    absences_de,
    equipe_de,
    relais_ouverts,
    structures_de,
    suppleances_de,
)
from cordee.metier.orientation.selectors.signaux import Signal
from cordee.metier.orientation.services.transferts import structures_finissantes
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.regles.texte import cle_nom
from cordee.metier.personnes.selectors import q_visibles
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne, Tri, lire_tri
from cordee.web.equipe.perimetre import dirigees, structure_encadree
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P = Permission
MOIS_DE_FINS = 4
COURTS: dict[Signal, str] = {
    Signal.EN_RETARD: "En retard", Signal.SANS_RDV: "Sans rendez-vous", Signal.SANS_CONTRAT: "À signer",
    Signal.CONTRAT_FINIT: "À actualiser", Signal.ORE: "Offre à définir", Signal.CONTACT_ANCIEN: "Contact ancien",
    Signal.INTENSIF_SANS_CONTACT: "Intensif sans contact", Signal.SECTEUR: "Hors secteur",
    Signal.DIAGNOSTIC_VIDE: "Diagnostic vide", Signal.HEURES: "Heures à demander",
    Signal.HEURES_A_REVOIR: "Durée à revoir", Signal.PROMESSE: "Nos retards", Signal.EMPLOI: "Emploi repris",
    Signal.PROCEDURE: "Procédure",
}  # fmt: skip
LIBELLES = {s: s.libelle for s in Signal}
ECHAPPES = {s: escape(s.libelle) for s in Signal}
COLONNES = [
    Colonne("nom", "Référent"),
    Colonne("charge", "Charge"),
    Colonne("actives", "Suivi actif", nombre=True),
    *(Colonne(str(s), COURTS[s], nombre=True) for s in Signal),
]
TRI_PAR_DEFAUT = "-charge"
ENTETES_EXPORT = (
    "Référent ou structure", "Personnes suivies", "Charge pondérée", "Capacité", "Accompagnées activement",
    *(s.libelle for s in Signal),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cellule:
    """One figure and the list behind it. ``fort``: it calls for an act."""

    signal: Signal
    libelle: str
    nombre: int
    url: str
    fort: bool = True


@dataclass(frozen=True, slots=True)
class Charge:
    """Load against capacity, in people (R18)."""

    suivies: int
    poids: str
    capacite: int
    part: int | None

    @property
    def etat(self) -> str:
        if self.part is None:
            return ""
        return "saturé" if self.part >= 100 else "presque plein" if self.part >= 90 else "de la place"

    @property
    def jauge(self) -> int:
        return min(self.part or 0, 100)


@dataclass(frozen=True, slots=True)
class Rangee:
    """One line of the board."""

    nom: str
    url: str
    charge: Charge
    cellules: list[Cellule]
    agent: Agent | None = None
    absence: AbsenceAgent | None = None
    remplacant: str = ""
    url_transfert: str = ""
    actives: int = 0
    sans_nom: bool = False

    @property
    def couverture(self) -> int | None:
        """Percent of her people accompanied actively (REQ-53)."""
        return round(100 * self.actives / self.charge.suivies) if self.charge.suivies else None


@acces(P.ENCADRER)
def equipe(request: HttpRequest) -> HttpResponse:
    """The board of a structure, or of all of them for whoever manages the département."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    structure = _structure(request, droits)
    dessiner = _departement if structure is None else _une_structure
    contexte = dessiner(structure, agent, maintenant, droits)  # type: ignore[arg-type]
    au = horloge.jour(maintenant)
    tri = lire_tri(request.GET, COLONNES, TRI_PAR_DEFAUT)
    contexte["rangees"] = _trier(contexte["rangees"], tri)
    vus = {s for s in Signal if contexte["total"].signaux.get(s)}
    lignes = [(r, _dessiner([c for c in r.cellules if c.signal in vus], r.nom)) for r in contexte["rangees"]]
    if request.GET.get("format") == "csv":
        return en_csv(f"equipe-{au:%Y-%m-%d}", ENTETES_EXPORT, [_exporter(r) for r in contexte["rangees"]])
    contexte |= {
        "tri": tri,
        "parametres": request.GET.urlencode(),
        "au": au,
        "entetes": _entetes(vus, avec_actes=structure is not None),
        "lignes": lignes,
        "saisit_heures": structure is not None and structure.pk in droits.structures and droits.peut(P.CONTRACTUALISER),
        "url_engagements": _url_engagements(structure),
        "structure": structure,
        "structures": _choix(droits, structure),
        "relais": _relais(agent, droits),
        "reorientations": _demandes(GenreEcheance.DECIDER_REORIENTATION, agent, droits, maintenant),
        "changements": _demandes(GenreEcheance.REPONDRE_CHANGEMENT, agent, droits, maintenant, structure),
        "url_changements": url_liste(echeance=str(GenreEcheance.REPONDRE_CHANGEMENT)),
        "jours_actifs": entier("accompagnement_actif_jours", au=au),
        "jours_intensif": entier("intensif_alerte_jours", au=au),
    }
    return render(request, "equipe/equipe.html", contexte)


def _dessiner(cellules: list[Cellule], nom: str) -> SafeString:
    """The figures of a line: a thousand of them on the board of the département, written without a template each."""
    qui = escape(nom)
    return mark_safe("".join(_CELLULE[bool(c.nombre)](c, qui) for c in cellules))  # noqa: S308 - escaped parts only


def _lien(c: Cellule, qui: SafeString) -> str:
    libelle, nombre = ECHAPPES[c.signal], c.nombre if c.nombre < 1000 else number_format(c.nombre)
    return (
        f'<td class="nombre" data-libelle="{libelle}"><a href="{escape(c.url)}">{nombre}'
        f'<span class="visually-hidden"> : {libelle}, {qui}</span></a></td>'
    )


def _zero(c: Cellule, _: SafeString) -> str:
    return f'<td class="nombre sans-signal" data-libelle="{ECHAPPES[c.signal]}"><span class="zero">0</span></td>'


_CELLULE: Final = {True: _lien, False: _zero}


def _entetes(vus: set[Signal], *, avec_actes: bool) -> list[Colonne]:
    """A signal that tells of nobody takes no column."""
    signaux = set(map(str, Signal)) - set(map(str, vus))
    actes = [Colonne("actes", "Actions", triable=False, cachee=True)] if avec_actes else []
    return [*(c for c in COLONNES if c.cle not in signaux), *actes]


def _url_engagements(structure: Structure | None) -> str:
    adresse = reverse("engagements")
    return f"{adresse}?structure={structure.pk}" if structure else adresse


def _trier(rangees: list[Rangee], tri: Tri) -> list[Rangee]:
    """By the column asked for; the people nobody is named for stay last, whatever the order."""
    signal = next((rang for rang, s in enumerate(Signal) if s == tri.cle), None)

    def cle(r: Rangee) -> tuple[Any, ...]:
        if tri.cle == "nom":
            return (cle_nom(r.nom),)
        if tri.cle == "actives":
            return (r.couverture or 0,)
        return (r.cellules[signal].nombre,) if signal is not None else (r.charge.part or 0, r.charge.suivies)

    triees = sorted(sorted(rangees, key=lambda r: cle_nom(r.nom)), key=cle, reverse=tri.decroissant)
    return sorted(triees, key=lambda r: r.sans_nom)


def _exporter(r: Rangee) -> list[Any]:
    """One line of the file: figures only, no person."""
    return [
        r.nom,
        r.charge.suivies,
        r.charge.poids,
        r.charge.capacite or "",
        r.actives,
        *(c.nombre for c in r.cellules),
    ]


def url_liste(**filtres: str) -> str:
    """The list of people with these filters, those who risk most to be forgotten first (R11)."""
    return f"{reverse('personnes')}?{urlencode(filtres)}"


def cellules(mesures: Mesures, **filtres: str) -> list[Cellule]:
    """The signals of a set of people, each with its list."""
    debut = url_liste(**filtres)
    return [
        Cellule(s, LIBELLES[s], mesures.signaux.get(s, 0), f"{debut}&signal={s}", s is not Signal.SECTEUR)
        for s in Signal
    ]


def charge(mesures: Mesures, capacite: int) -> Charge:
    """Load against capacity, both in people."""
    part = round(100 * mesures.poids / capacite) if capacite else None
    return Charge(mesures.suivies, f"{mesures.poids / 100:.0f}", capacite // 100, part)


# Parts --------------------------------------------------------------------------------------------------------------
def _structure(request: HttpRequest, droits: Habilitation) -> Structure | None:
    """The structure of the address; hers when she heads only one; none for whoever manages everything."""
    if demandee := request.GET.get("structure", ""):
        return structure_encadree(demandee, droits)
    if droits.departement(P.ENCADRER):
        return None
    return Structure.objects.filter(pk__in=dirigees(droits)).order_by("nom", "pk").first()


def _choix(droits: Habilitation, courante: Structure | None) -> list[tuple[str, str, bool]]:
    """Her structures, to go from one to the other; the way back to all of them."""
    adresse = reverse("equipe")
    choix = []
    if droits.departement(P.ENCADRER) and courante is not None:
        choix.append((adresse, "Toutes les structures", False))
    if len(dirigees(droits)) > 1:
        siennes = Structure.objects.filter(pk__in=dirigees(droits)).order_by("nom")
        choix += [(f"{adresse}?structure={s.pk}", s.nom, s == courante) for s in siennes]
    return choix


def _une_structure(structure: Structure, agent: Agent, maintenant: datetime, droits: Habilitation) -> dict[str, Any]:
    lignes = equipe_de(structure, pour=agent, maintenant=maintenant, droits=droits)
    agents = {ligne.agent.pk for ligne in lignes if ligne.agent}
    au = horloge.jour(maintenant)
    total = _somme(ligne.mesures for ligne in lignes)
    return {
        "titre": structure.nom,
        "rangees": [_rangee(ligne, structure) for ligne in lignes],
        "total": total,
        "capacite": charge(total, sum(ligne.capacite for ligne in lignes)),
        "absences": absences_de(agents, maintenant=maintenant),
        "remplacements": suppleances_de(agents, au=au),
        "fins": [f for f in _fins(au) if f[0] == structure],
        "equipe_seule": True,
    }


def _departement(_: None, agent: Agent, maintenant: datetime, droits: Habilitation) -> dict[str, Any]:
    lignes = structures_de(pour=agent, maintenant=maintenant, droits=droits)
    total = _somme(ligne.mesures for ligne in lignes)
    return {
        "titre": "Toutes les structures",
        "rangees": [_rangee_structure(ligne) for ligne in lignes],
        "total": total,
        "capacite": charge(total, sum(ligne.capacite for ligne in lignes)),
        "absences": [],
        "remplacements": [],
        "fins": _fins(horloge.jour(maintenant)),
        "equipe_seule": False,
    }


def _rangee(ligne: LigneEquipe, structure: Structure) -> Rangee:
    filtres = {"structure": str(structure.pk), "referent": str(ligne.agent.pk) if ligne.agent else "aucun"}
    transfert = reverse("equipe_transferer", args=[structure.pk])
    return Rangee(
        nom=str(ligne.agent) if ligne.agent else "Sans référent nommé",
        url=url_liste(**filtres),
        charge=charge(ligne.mesures, ligne.capacite),
        cellules=cellules(ligne.mesures, **filtres),
        agent=ligne.agent,
        absence=ligne.absence,
        remplacant=str(ligne.suppleance.remplacant) if ligne.suppleance else "",
        url_transfert=f"{transfert}?{urlencode({'agent': ligne.agent.pk if ligne.agent else ''})}",
        actives=ligne.mesures.actives,
        sans_nom=ligne.agent is None,
    )


def _rangee_structure(ligne: LigneStructure) -> Rangee:
    pk = ligne.structure.pk
    return Rangee(
        nom=ligne.structure.nom,
        url=f"{reverse('equipe')}?structure={pk}",
        charge=charge(ligne.mesures, ligne.capacite),
        cellules=cellules(ligne.mesures, structure=str(pk)),
        actives=ligne.mesures.actives,
    )


def _somme(mesures: Iterable[Mesures]) -> Mesures:
    total = Mesures()
    for m in mesures:
        total = total.plus(m)
    return total


def _fins(au: Any) -> list[tuple[Structure, Any, str]]:
    return structures_finissantes(au=au, avant=ajouter_mois(au, MOIS_DE_FINS))


def _relais(agent: Agent, droits: Habilitation) -> list[tuple[Relais, str]]:
    """The oldest ones, with a short name; nothing of a sensitive file (V13)."""
    return [
        (r, "Dossier sensible" if r.personne.dossier_sensible else nom_court(r.personne.prenom, r.personne.nom))
        for r in relais_ouverts(pour=agent, droits=droits)[:6]
    ]


def _demandes(
    genre: GenreEcheance, agent: Agent, droits: Habilitation, maintenant: datetime, structure: Structure | None = None
) -> int:
    au = horloge.jour(maintenant)
    ouvertes = Echeance.objects.filter(
        q_visibles("personne", pour=agent, au=au, droits=droits), genre=genre, fermee_le__isnull=True
    )
    return (ouvertes.filter(structure=structure) if structure else ouvertes).count()
