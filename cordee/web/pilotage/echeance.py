"""The term of the law (1 January 2027, E15): how many people are left, at which pace, reached when; by territory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.models import Agent
from cordee.pilotage.calcul import SANS, STOCK_DEPUIS
from cordee.pilotage.enums import Niveau
from cordee.pilotage.projection import MOIS, Photo, Projection, Verdict, projeter
from cordee.pilotage.questions import STOCK
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire, Valeur, definition, indicateurs, valeurs_de
from cordee.reglementation.calendrier import jours_ouvres_entre
from cordee.reglementation.delais import Delai, delai
from cordee.reglementation.enums import Nature
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.web.composants.tableaux import Colonne, Tri, lire_tri
from cordee.web.pilotage import lieux, nombres
from cordee.web.pilotage.commun import LIRE, commun, vide
from cordee.web.pilotage.mesures import NON_AFFICHE, adresse
from cordee.web.pilotage.perimetre import Perimetre, perimetre_de
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv, en_xlsx

REGLE: Final = "stock_contrats"
UN_JOUR: Final = timedelta(days=1)
TONS: Final = {
    Verdict.FINI: ("succes", "succes"), Verdict.TENUE: ("succes", "succes"),
    Verdict.INCERTAINE: ("attention", "alerte"), Verdict.MANQUEE: ("danger", "retard"),
    Verdict.INCONNU: ("neutre", "aide"),
}  # fmt: skip
COLONNES: Final = (
    Colonne("lieu", "Territoire"), Colonne("restantes", "Encore sans contrat", nombre=True),
    Colonne("necessaire", "À signer par jour ouvré", nombre=True),
    Colonne("rythme", "Chaque jour ouvré", nombre=True), Colonne("le", "Terminé à ce rythme"),
    Colonne("verdict", "L'échéance", triable=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terme:
    """What the law says."""

    le: date
    jours: int
    ouvres: int
    regle: str
    reference: str
    nature: Nature

    @property
    def ecrit(self) -> str:
        return date_en_toutes_lettres(self.le)


@dataclass(frozen=True, slots=True)
class Avance:
    """A territory on its way to the term, in words."""

    code: str
    libelle: str
    restantes: str
    inconnus: int
    necessaire: str
    rythme: str
    fourchette: str
    le: str
    entre: str
    verdict: str
    ton: tuple[str, str]
    secret: str
    url: str
    projection: Projection | None


def terme_au(au: date) -> Terme | None:
    """The term as the rule of that day sets it; ``None`` before the rule existed."""
    if au < STOCK_DEPUIS:
        return None
    regle: Delai = delai(REGLE, au=au)
    if not isinstance(regle.valeur, date):
        return None
    return Terme(
        regle.valeur, (regle.valeur - au).days, max(jours_ouvres_entre(au, regle.valeur - UN_JOUR), 0), regle.libelle,
        regle.reference, regle.nature,
    )  # fmt: skip


def avances(codes: Collection[str], p: Perimetre, terme: Terme, *, pour: Agent) -> list[Avance]:
    """Where each of these territories stands: one read for all of them and all their months."""
    jours = jours_lus(p)
    lues = valeurs_de(pour=pour, codes=[STOCK], territoires=codes, jours=jours)
    par_lieu: dict[str, dict[date, Valeur]] = {}
    for (_, territoire, le), valeur in lues.items():
        par_lieu.setdefault(territoire, {})[le] = valeur
    return [_avance(code, valeurs, jours, terme, p) for code, valeurs in par_lieu.items() if p.au in valeurs]


def ici(valeur: Valeur | None, p: Perimetre, terme: Terme, *, pour: Agent) -> Avance | None:
    """Where the territory of the page stands. ``valeur``: its stock, when nobody of it is left there is no row."""
    lues = avances([p.territoire.code], p, terme, pour=pour)
    if not lues and valeur is not None:
        return _avance(p.territoire.code, {p.au: valeur}, [p.au], terme, p)
    return lues[0] if lues else None


def jours_lus(p: Perimetre) -> list[date]:
    """The ends of the last months, and the day of the page."""
    jours = {p.mois.decale(-n).dernier_jour for n in range(1, MOIS + 2) if p.mois.decale(-n) >= p.premier}
    return sorted({j for j in jours if j >= STOCK_DEPUIS} | {p.au})


@acces(*LIRE)
def par_lieu(request: HttpRequest) -> HttpResponse:
    """Who will hold the term and who will not, territory by territory; never below the structure (V10)."""
    try:
        p = perimetre_de(request)
    except (ChiffresAbsents, DateHorsHistoire) as absence:
        return vide(request, absence)
    terme, agent, d = terme_au(p.au), agent_courant(request), definition(STOCK)
    niveaux = [n for n in (Niveau.STRUCTURE, Niveau.EPT, Niveau.COMMUNE) if n in lieux.niveaux_ouverts(d, p)]
    niveau = next((n for n in niveaux if n.value == request.GET.get("niveau")), niveaux[0] if niveaux else None)
    tri = lire_tri(request.GET, COLONNES, "-restantes")
    lignes: list[Avance] = []
    if terme is not None and niveau is not None:
        codes = [t.code for t in p.choix if t.niveau is niveau] + [SANS[niveau]]
        lignes = _trier(avances(codes, p, terme, pour=agent), tri)
    if request.GET.get("format") in ("csv", "xlsx"):
        fabrique = en_xlsx if request.GET["format"] == "xlsx" else en_csv
        return fabrique(f"echeance-{p.au:%Y-%m-%d}", [c.libelle for c in COLONNES] + ["Entre"], map(_export, lignes))
    lue = next(iter(indicateurs(pour=agent, au=p.au, territoire=p.territoire.code, codes=[STOCK])), None)
    avance = ici(lue, p, terme, pour=agent) if terme is not None else None
    contexte: dict[str, Any] = {
        **commun(request, p, "pilotage_echeance"), "terme": terme, "e": avance, "lignes": lignes,
        "colonnes": COLONNES, "tri": tri, "definition": d, "url_stock": adresse("pilotage_indicateur", p, STOCK),
        "niveaux": [
            {"libelle": lieux.NIVEAUX[n], "url": f"?{p.parametres(niveau=n.value)}#titre-lieux", "actif": n is niveau}
            for n in niveaux
        ],
        "fil": [("Pilotage", f"{reverse('pilotage')}?{p.parametres()}"), ("L'échéance du 1er janvier 2027", "")],
    }  # fmt: skip
    return render(request, "pilotage/echeance.html", contexte)


# Parts --------------------------------------------------------------------------------------------------------------
def _avance(code: str, valeurs: Mapping[date, Valeur], jours: list[date], terme: Terme, p: Perimetre) -> Avance:
    ici = valeurs[p.au]
    photos = [Photo(j, valeurs[j].valeur, valeurs[j].inconnu) for j in jours if j in valeurs]
    projection = projeter(photos, terme=terme.le) if ici.valeur is not None else None
    x = projection
    verdict = x.verdict if x is not None else Verdict.INCONNU
    return Avance(
        code=code, libelle=ici.nom_territoire,
        restantes=nombres.nombre(ici.valeur) if ici.valeur is not None else NON_AFFICHE,
        inconnus=ici.inconnu, necessaire=_par_jour(x.necessaire if x else None),
        rythme=_rythme(x.rythme if x else None), fourchette=_fourchette(x), le=_le(x), entre=_entre(x),
        verdict=verdict.libelle, ton=TONS[verdict],
        secret=ici.secret.libelle if ici.secret is not None else "",
        url=f"{reverse('pilotage_echeance')}?{p.parametres(territoire=code)}", projection=x,
    )  # fmt: skip


def _par_jour(rythme: float | None) -> str:
    return "" if rythme is None else nombres.nombre(rythme, 1 if abs(rythme) >= 1 or not rythme else 2)


def _rythme(rythme: float | None) -> str:
    """« 17,3 de moins », « 0,5 de plus »."""
    if rythme is None:
        return ""
    return f"{_par_jour(abs(rythme))} de {'plus' if rythme < 0 else 'moins'}"


def _fourchette(x: Projection | None) -> str:
    if x is None or x.lent is None or x.rapide is None or x.lent == x.rapide:
        return ""
    return f"de {_rythme(x.lent)} (mois le plus lent) à {_rythme(x.rapide)} (mois le plus rapide)"


def _le(x: Projection | None) -> str:
    if x is None or x.rythme is None:
        return ""
    if x.le is None:
        return "jamais : le nombre ne baisse pas" if x.rythme <= 0 else "dans plus de dix ans"
    return date_en_toutes_lettres(x.le)


def _entre(x: Projection | None) -> str:
    """« entre le 3 mars et le 2 juin 2027 »: at the pace of the fastest and of the slowest month."""
    if x is None or x.rythme is None or x.au_plus_tot is None or x.au_plus_tot == x.au_plus_tard:
        return ""
    if x.au_plus_tard is None:
        return f"au plus tôt le {date_en_toutes_lettres(x.au_plus_tot)}, sans date au plus tard"
    return f"entre le {date_en_toutes_lettres(x.au_plus_tot)} et le {date_en_toutes_lettres(x.au_plus_tard)}"


def _trier(lues: list[Avance], tri: Tri) -> list[Avance]:
    if tri.cle == "lieu":
        return sorted(lues, key=lambda x: x.libelle, reverse=tri.decroissant)
    connues = [x for x in lues if _cle(x, tri.cle) is not None]
    reste = [x for x in lues if _cle(x, tri.cle) is None]
    return [*sorted(connues, key=lambda x: _cle(x, tri.cle), reverse=tri.decroissant), *reste]


def _cle(x: Avance, cle: str) -> Any:
    return getattr(x.projection, cle, None) if x.projection is not None else None


def _export(x: Avance) -> list[Any]:
    p = x.projection
    return [x.libelle, x.restantes, p.necessaire if p else None, p.rythme if p else None, p.le if p else None,
            x.verdict, x.entre]  # fmt: skip
