"""The backlog in detail: how many, since when, with whom; the pace that the term asks for, and the progress made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.rendezvous.enums import OrdreCampagne
from cordee.metier.rendezvous.selectors import places_par_structure
from cordee.metier.rendezvous.selectors.campagne import voit_toutes_les_campagnes
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire, Fraicheur, Valeur, fraicheur, serie
from cordee.pilotage.stock import INDICATEURS, Anciennete, Stock, anciennetes_du_stock
from cordee.reglementation.calendrier import ajouter_mois, jours_ouvres_entre
from cordee.reglementation.delais import delai
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle import horloge
from cordee.web.campagnes import files
from cordee.web.composants.tableaux import Colonne
from cordee.web.personnes.filtres import AUCUNE, HORS_OPERATEUR
from cordee.web.pilotage.graphiques import ACCENT, Graphique, Point
from cordee.web.pilotage.graphiques import courbe as tracer
from cordee.web.socle.acces import acces, agent_courant, habilitation_de

P = Permission
SEMAINES: Final = 4
MOIS_DE_LA_COURBE: Final = 13


@dataclass(frozen=True, slots=True)
class Case:
    """One number of the table, and its list."""

    nombre: int
    url: str


@dataclass(frozen=True, slots=True)
class LigneStock:
    """One structure: its people by seniority, its places to come, the campaign of its people (none: a partner's)."""

    nom: str
    cases: list[Case]
    total: Case
    libres: int | None
    url_campagne: str
    chez_partenaire: bool

    @property
    def par_colonne(self) -> list[tuple[Case, str]]:
        """Each number with the words of its column."""
        return list(zip(self.cases, [t.libelle for t in Anciennete], strict=True))


@dataclass(frozen=True, slots=True)
class Rythme:
    """What the term asks for. ``par_semaine``: people to settle a week from now on; ``depuis``: how it has moved."""

    terme: date
    jours: int
    restantes: int
    par_semaine: int
    depuis: str

    @property
    def terme_ecrit(self) -> str:
        return date_en_toutes_lettres(self.terme)


@acces(P.CONVOQUER)
def stock(request: HttpRequest) -> HttpResponse:
    """One backlog at a time, by structure and seniority; every number opens its list."""
    droits, maintenant = habilitation_de(request), horloge.maintenant()
    choisi = _lire(request)
    contexte: dict[str, Any] = {
        "stock": choisi, "stocks": [(s, f"{reverse('campagnes_stock')}?file={s}", s is choisi) for s in Stock],
        "fil": [("Campagnes", reverse("campagnes")), ("Files d'attente", "")], "ordres": list(OrdreCampagne),
        "au": horloge.jour(maintenant),
        "departement": voit_toutes_les_campagnes(droits),
    }  # fmt: skip
    try:
        frais = fraicheur()
        lignes, total = _tableau(request, choisi)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return render(request, "campagnes/stock.html", {**contexte, "absence": str(absence)})
    contexte |= {
        "lignes": [x for x in lignes if not x.chez_partenaire], "total": total, "frais": frais,
        "partenaires": [x for x in lignes if x.chez_partenaire], "structure": _a_nous(choisi),
        "colonnes": _colonnes(choisi),
        "url_courbe": f"{reverse('campagnes_stock_courbe')}?file={choisi}",
    }  # fmt: skip
    if contexte["departement"]:
        mois = _mois(choisi, frais)
        rythme = _rythme(choisi, total.nombre, mois, au=horloge.jour(maintenant))
        contexte |= {"mois": mois, "rythme": rythme, "phrase": _phrase(choisi, mois, rythme)}
    return render(request, "campagnes/stock.html", contexte)


@acces(P.CONVOQUER)
def courbe(request: HttpRequest) -> HttpResponse:
    """The progress month by month, and the line that leads to the term."""
    if not voit_toutes_les_campagnes(habilitation_de(request)):
        raise PermissionDenied
    choisi, au = _lire(request), horloge.aujourdhui()
    mois = _mois(choisi, fraicheur())
    restantes = int(mois[-1].valeur or 0) if mois else 0
    rythme = _rythme(choisi, restantes, mois, au=au)
    return JsonResponse(_graphique(mois, rythme, _phrase(choisi, mois, rythme)))


def _lire(request: HttpRequest) -> Stock:
    brut = request.GET.get("file", "")
    return Stock(brut) if brut in set(Stock) else Stock.SANS_CONTRAT


def _tableau(request: HttpRequest, choisi: Stock) -> tuple[list[LigneStock], Case]:
    """By structure, the largest backlog first."""
    agent, droits, maintenant = agent_courant(request), habilitation_de(request), horloge.maintenant()
    anciennetes = anciennetes_du_stock(choisi)
    colonne, filtre = (
        ("referent_structure", "structure") if choisi is Stock.SANS_CONTRAT else ("structure_secteur", "secteur")
    )
    portee = q_visibles(
        "personne", pour=agent, au=horloge.jour(maintenant), permission=P.CONVOQUER, droits=droits
    )  # fmt: skip
    vues = Situation.objects.filter(portee, personne__parmi=Ids(anciennetes), soumis=True)
    comptes: Counter[tuple[int | None, Anciennete]] = Counter(
        (structure, anciennetes[pk]) for pk, structure in vues.values_list("personne_id", colonne)
    )
    connues = Structure.objects.in_bulk({s for s, _ in comptes if s})
    noms = {pk: s.nom for pk, s in connues.items()}
    partenaires = {pk for pk, s in connues.items() if s.type == TypeStructure.OPERATEUR_EMPLOI}
    offre = _offre(choisi, maintenant)
    totaux: Counter[int | None] = Counter()
    for (structure, _), n in comptes.items():
        totaux[structure] += n
    lignes = []
    for structure, total in sorted(totaux.items(), key=lambda t: (-t[1], noms.get(t[0] or 0, ""))):
        siens = {"stock": choisi.value, filtre: str(structure) if structure else AUCUNE}
        lignes.append(
            LigneStock(
                nom=noms.get(structure or 0, "Sans structure référente" if filtre == "structure" else "Sans secteur"),
                cases=[Case(comptes[structure, t], _url({**siens, "anciennete": t.value})) for t in Anciennete],
                total=Case(total, _url(siens)),
                libres=offre.get(structure or 0, 0) if structure else None,
                url_campagne=files.url_nouvelle(siens), chez_partenaire=structure in partenaires,
            )
        )  # fmt: skip
    return lignes, Case(sum(totaux.values()), _url({"stock": choisi.value}))


def _a_nous(choisi: Stock) -> str:
    """The contract of those whom the employment operator follows is signed there: they are not convened from here."""
    return HORS_OPERATEUR if choisi is Stock.SANS_CONTRAT else ""


def _colonnes(choisi: Stock) -> list[Colonne]:
    structure = "Structure référente" if choisi is Stock.SANS_CONTRAT else "Structure du secteur"
    return [
        Colonne("structure", structure, triable=False),
        *(Colonne(t.value, t.libelle, triable=False, nombre=True) for t in Anciennete),
        Colonne("total", "Total", triable=False, nombre=True),
        Colonne("libres", f"Places libres sous {SEMAINES} semaines", triable=False, nombre=True),
        Colonne("acte", "Campagne", triable=False, cachee=True),
    ]


def _offre(choisi: Stock, maintenant: datetime) -> dict[int, int]:
    """Free places of the coming weeks for what these people would be convened for."""
    genre = next(f.genre for f in files.FILES if f.filtres.get("stock") == choisi)
    fin = datetime.combine(maintenant.date() + timedelta(weeks=SEMAINES), time(), tzinfo=horloge.PARIS)
    return {pk: o.libres for pk, o in places_par_structure(genre=genre, du=maintenant, au=fin).items()}


def _url(filtres: dict[str, str]) -> str:
    return f"{reverse('personnes')}?{urlencode(filtres)}"


def _mois(choisi: Stock, frais: Fraicheur) -> list[Valeur]:
    """The figure at the end of each month of the last year, then today."""
    depuis = ajouter_mois(frais.au, -MOIS_DE_LA_COURBE)
    return serie(pour=None, code=INDICATEURS[choisi], du=depuis)


def _rythme(choisi: Stock, restantes: int, mois: Sequence[Valeur], *, au: date) -> Rythme | None:
    """For the contracts only: the law sets their term (E15)."""
    if choisi is not Stock.SANS_CONTRAT:
        return None
    terme = delai("stock_contrats", au=au).valeur
    if not isinstance(terme, date) or terme <= au:
        return None
    ouvres = max(jours_ouvres_entre(au, terme - timedelta(days=1)), 1)
    return Rythme(terme, (terme - au).days, restantes, -(-restantes * 5 // ouvres), _depuis(mois))


def _depuis(mois: Sequence[Valeur]) -> str:
    """« 312 de moins depuis le 31/10/2026 ». People of whom nothing was known come in as they become known."""
    connus = [v for v in mois if v.valeur is not None]
    if len(connus) < 2:
        return ""
    avant, fin = connus[-2], connus[-1]
    ecart = int((avant.valeur or 0) - (fin.valeur or 0))
    phrase = f"{abs(ecart)} de {'moins' if ecart >= 0 else 'plus'} depuis le {avant.au:%d/%m/%Y}"
    devenues = max(avant.inconnu - fin.inconnu, 0)
    return f"{phrase}, dont {devenues} dont le partenaire a donné des nouvelles" if ecart < 0 and devenues else phrase


def _phrase(choisi: Stock, mois: Sequence[Valeur], rythme: Rythme | None) -> str:
    """What the chart shows, in one sentence."""
    connus = [v for v in mois if v.valeur is not None]
    if not connus:
        return "Aucun mois n'est encore connu."
    debut, fin = connus[0], connus[-1]
    phrase = f"{choisi.libelle} : {debut.valeur:.0f} le {debut.au:%d/%m/%Y}, {fin.valeur:.0f} le {fin.au:%d/%m/%Y}."
    if rythme is not None:
        phrase += f" Pour finir le {rythme.terme_ecrit}, il en faudrait {rythme.par_semaine} par semaine."
    return phrase


def _graphique(mois: Sequence[Valeur], rythme: Rythme | None, description: str) -> Graphique:
    points = [Point(v.au, v.valeur, f"{v.valeur:.0f}" if v.valeur is not None else "") for v in mois]
    graphique = tracer(points, description=description)
    if rythme is not None and points and points[-1].valeur is not None:
        dernier = points[-1]
        cible = [
            {"mois": dernier.le.isoformat(), "valeur": dernier.valeur},
            {"mois": rythme.terme.isoformat(), "valeur": 0, "mot": "rythme nécessaire"},
        ]
        trait = {"type": "line", "color": ACCENT, "strokeDash": [5, 4], "strokeWidth": 2}
        mot = {"type": "text", "color": ACCENT, "align": "right", "dx": -8, "dy": -8}
        graphique["layer"] += [
            {"data": {"values": cible}, "mark": trait},
            {"data": {"values": cible[1:]}, "mark": mot, "encoding": {"text": {"field": "mot"}}},
        ]
        graphique["encoding"]["y"]["scale"] = {"zero": True, "nice": True}
    return graphique
