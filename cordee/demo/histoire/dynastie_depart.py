"""A household at its first photo: one of the stock, from its stratum, or an entrant of a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from cordee.demo import identites
from cordee.demo.histoire.dynastie_stock import ETRANGER, HORS_DEPARTEMENT, MOTIFS_HISTOIRE, Strate, age_dans
from cordee.demo.histoire.dynastie_taux import PART_RAPIDE_ENTRANTS, PART_RAPIDE_STOCK
from cordee.demo.histoire.modele import PREMIERE_PHOTO
from cordee.demo.modele import Adresse, Commune, Individu, Menage, fin_de_mois
from cordee.demo.tirage import (
    AGES,
    CODES_ACTIVITE,
    LOI_PLEIN_EMPLOI,
    NUMEROS_AILLEURS,
    VOISINES,
    adulte_au_hasard,
    changer_etat,
    enfants_au_hasard,
    grossesse_au_hasard,
    jour_au_hasard,
    situation_au_hasard,
    tirer,
)

_GENRES_ENTRANTS: Final = {"isole": 0.635, "parent_isole": 0.235, "couple_enfants": 0.085, "couple": 0.045}
"""Households that enter (hypothesis)."""
_AGES_ENTRANTS: Final = {
    "isole": (0.015, 0.33, 0.28, 0.18, 0.15, 0.045),
    "parent_isole": (0.09, 0.26, 0.37, 0.21, 0.06, 0.01),
    "couple_enfants": (0.04, 0.19, 0.41, 0.26, 0.08, 0.02),
    "couple": (0.02, 0.28, 0.24, 0.15, 0.20, 0.11),
}
_PART_FEMMES: Final = {"isole": 0.34, "parent_isole": 0.93}
_SOUMIS: Final = {
    "inscrit": 52.0, "chomage": 9.5, "sans": 13.5, "malade": 3.5, "formation": 2.0, "independant": 8.4,
}  # fmt: skip
_NON_SOUMIS: Final = {"emploi": 70, "exempte": 25, "inconnu": 5}
_PART_NON_SOUMIS: Final = 0.045
_EMPLOI_COURT: Final = (0.102, 0.034)
"""In a job under 500 €: of the stock, of entrants."""
_ETATS_ENTRANTS: Final = {"2": 91.5, "0": 4.5, "4": 2.5, "1": 1.5}
_ARRIVEES: Final = 0.25
"""Entrants who come from another payer: as many as moves out (5 % of the stock a year)."""
_RMI: Final = 0.10
"""Of those of five years and more, who were there when RSA began. Hypothesis."""


@dataclass(slots=True)
class Depart:
    """Where a dynasty starts. ``rapide``: the latent class of its exits; ``traits``: of each adult."""

    menage: Menage
    rapide: bool
    traits: dict[int, float]


@dataclass(frozen=True, slots=True)
class Lieux:
    """Communes with their cumulated weights, so that drawing one costs little."""

    communes: tuple[Commune, ...]
    cumuls: tuple[float, ...]

    def adresse(self, alea: Random, depuis: date, commune: Commune | None = None) -> Adresse:
        """A real commune, an invented street."""
        type_voie, voie = alea.choice(identites.VOIES)
        lieu = commune or alea.choices(self.communes, cum_weights=self.cumuls)[0]
        complement = f"APPT {alea.randint(1, 90)}" if alea.random() < 0.3 else ""
        return Adresse(lieu, str(alea.randint(1, 140)), type_voie, voie, complement, depuis)


def trait(alea: Random, rapide: bool) -> float:
    """Employability, 0 to 1: the quick class has more of it (mean 0.67, against 0.33)."""
    un, deux = alea.random(), alea.random()
    return max(un, deux) if rapide else min(un, deux)


def du_stock(numero: int, alea: Random, strate: Strate, lieux: Lieux) -> Depart:
    """A household of the photo of 2021-12-31."""
    au = PREMIERE_PHOTO
    rapide = alea.random() < PART_RAPIDE_STOCK[strate.anciennete]
    adultes, traits = _adultes(alea, numero, strate, au, rapide, court=_EMPLOI_COURT[0])
    enfants = enfants_au_hasard(alea, adultes, au, numero) if _avec_enfants(strate.genre) else ()
    demande = _demande_du_stock(alea, strate, adultes, bool(enfants))
    entre_le = fin_de_mois(demande + timedelta(days=31))
    menage = _menage(alea, numero, strate, adultes, enfants=enfants, demande=demande, au=au, entre_le=entre_le)
    menage = replace(menage, entre_le=min(menage.entre_le, au), adresse=_adresse(alea, strate.commune, lieux, demande))
    menage = _domicile(alea, menage, lieux)
    if strate.etat != "2":
        menage = _en_etat(alea, menage, strate.etat, au, strate.motif)
    return Depart(menage, rapide, traits)


def en_attente_du_stock(numero: int, alea: Random, lieux: Lieux) -> Depart:
    """A request of the last weeks of 2021, not decided yet."""
    return entrant(numero, alea, PREMIERE_PHOTO, lieux, etat="0")


def entrant(numero: int, alea: Random, au: date, lieux: Lieux, etat: str = "") -> Depart:
    """A household whose first photo is ``au``."""
    genre = tirer(alea, _GENRES_ENTRANTS)
    sexes: tuple[str, ...]
    ages: tuple[int, ...]
    age = age_dans(alea, alea.choices(AGES, _AGES_ENTRANTS[genre])[0])
    if genre.startswith("couple"):
        sexe = alea.choice("12")
        autre = ("1" if sexe == "2" else "2") if alea.random() < 0.97 else sexe
        sexes, ages = (sexe, autre), (age, min(max(round(alea.gauss(age, 4)), 20), 66))
    else:
        femme = alea.random() < _PART_FEMMES[genre] or (genre == "isole" and age < 25)
        sexes, ages = ("2" if femme else "1",), (age,)
    strate = Strate(genre, tuple(alea.random() > _PART_NON_SOUMIS for _ in ages), sexes, ages)
    rapide = alea.random() < PART_RAPIDE_ENTRANTS
    adultes, traits = _adultes(alea, numero, strate, au, rapide, court=_EMPLOI_COURT[1])
    enfants = enfants_au_hasard(alea, adultes, au, numero) if _avec_enfants(genre) else ()
    demande = jour_au_hasard(alea, au - timedelta(days=45), au - timedelta(days=3))
    menage = _menage(alea, numero, strate, adultes, enfants=enfants, demande=demande, au=au, entre_le=au)
    sort = alea.random()
    lieu = ETRANGER if sort < 0.001 else HORS_DEPARTEMENT if sort < 0.005 else None
    menage = _domicile(alea, replace(menage, adresse=_adresse(alea, lieu, lieux, demande)), lieux)
    if alea.random() < _ARRIVEES:
        menage = replace(menage, cedant="CAF", numero_precedent=NUMEROS_AILLEURS + numero)
        etat = etat or "2"
    etat = etat or tirer(alea, _ETATS_ENTRANTS)
    if etat != "2":
        menage = _en_etat(alea, menage, etat, au)
    return Depart(menage, rapide, traits)


def _avec_enfants(genre: str) -> bool:
    return genre in {"parent_isole", "couple_enfants"}


def _menage(
    alea: Random,
    numero: int,
    strate: Strate,
    adultes: tuple[Individu, ...],
    *,
    enfants: tuple[Individu, ...],
    demande: date,
    au: date,
    entre_le: date,
) -> Menage:
    jeune = strate.genre in {"isole", "couple"} and adultes[0].age(au) < 25
    grossesse = grossesse_au_hasard(alea, adultes, au, force=jeune)
    if jeune and grossesse is None and alea.random() < 0.8:
        grossesse = grossesse_au_hasard(alea, adultes, au, force=True)
    return Menage(
        numero=numero,
        organisme="MSA" if alea.random() < 0.002 else "CAF",
        adultes=adultes,
        enfants=enfants,
        situation=situation_au_hasard(alea, strate.genre),
        situation_depuis=jour_au_hasard(alea, date(2000, 1, 1), min(demande, date(2024, 1, 1))),
        date_demande=demande,
        entre_le=entre_le,
        adresse=Adresse(None),
        grossesse=grossesse,
    )


def _adultes(
    alea: Random, numero: int, strate: Strate, au: date, rapide: bool, *, court: float
) -> tuple[tuple[Individu, ...], dict[int, float]]:
    adultes: list[Individu] = []
    traits: dict[int, float] = {}
    for rang, (age, sexe, soumis) in enumerate(zip(strate.ages, strate.sexes, strate.soumis, strict=True)):
        role = "CJT" if rang else "DEM"
        adulte = adulte_au_hasard(alea, role, sexe, age=age, au=au, ordre=numero * 10 + rang)
        traits[adulte.ordre] = h = trait(alea, rapide)
        if not soumis:
            genre = tirer(alea, _NON_SOUMIS)
        elif alea.random() < court * (0.35 + 1.5 * h):
            genre = "emploi_court"
        else:
            genre = tirer(alea, _SOUMIS)
        adultes.append(_occuper(alea, adulte, genre, au, seul=len(strate.ages) == 1))
    return tuple(adultes), traits


def _occuper(alea: Random, adulte: Individu, genre: str, au: date, *, seul: bool) -> Individu:
    """What the adult does; under 500 € of earnings a month she is subject to rights and duties (CASF L262-28)."""
    revenu, contrat = 0, ""
    if genre == "emploi_court":
        revenu, contrat = alea.randrange(80, 490, 10), tirer(alea, {"CDD": 4, "CDI": 3, "INT": 2, "CUI": 1})
    elif genre == "emploi":
        revenu, contrat = alea.randrange(510, 560 if seul else 800, 10), tirer(alea, {"CDD": 3, "CDI": 5})
    elif genre == "independant":
        revenu = alea.choice((0, 0, 60, 120, 200, 320, 450))
    inscrit = 0.9 if au >= LOI_PLEIN_EMPLOI else 0.2
    return replace(
        adulte,
        activite=alea.choice(CODES_ACTIVITE.get(genre, ("SAC", "SIN"))),
        activite_depuis=jour_au_hasard(alea, date(au.year - 3, 1, 1), au),
        contrat=contrat,
        revenu=revenu,
        soumis=None if genre == "inconnu" else genre not in {"emploi", "exempte"},
        inscrit_emploi=genre == "inscrit" or alea.random() < inscrit,
    )


def _demande_du_stock(alea: Random, strate: Strate, adultes: tuple[Individu, ...], parents: bool) -> date:
    """The request: within the class of seniority, not before RSA nor before the age it opens at (25, or a child)."""
    au, u = PREMIERE_PHOTO, alea.random()
    majorite = 25 if not parents and min(strate.ages) >= 25 else 18
    naissance = min(a.naissance for a in adultes)
    plus_tot = max(date(2009, 6, 1), date(naissance.year + majorite, naissance.month, min(naissance.day, 28)))
    if strate.anciennete == 0:
        debut, fin, tiree = au - timedelta(days=364), au - timedelta(days=5), 360 * (1 - u**1.15)
    elif strate.anciennete == 1:
        debut, fin, tiree = _annees_avant(au, 5) + timedelta(days=1), _annees_avant(au, 1), 1460 * (1 - u**1.25)
    else:
        debut, fin, tiree = date(2009, 6, 1), _annees_avant(au, 5), 2770 * (1 - u**1.2)
        if alea.random() < _RMI:
            tiree = 0
    debut = min(max(debut, plus_tot), fin)
    return min(debut + timedelta(days=int(tiree)), fin) if debut < fin else fin


def _annees_avant(jour: date, annees: int) -> date:
    return jour.replace(year=jour.year - annees)


def _adresse(alea: Random, lieu: int | None, lieux: Lieux, demande: date) -> Adresse:
    depuis = jour_au_hasard(alea, date(2008, 1, 1), max(demande, date(2009, 1, 1)))
    if lieu == ETRANGER:
        return Adresse(None, depuis=depuis, etranger=("RUE DU RELAIS 4", "ROYAUME DE NULLE PART"))
    if lieu == HORS_DEPARTEMENT:
        return lieux.adresse(alea, depuis, alea.choice(VOISINES))
    return lieux.adresse(alea, depuis, None if lieu is None else lieux.communes[lieu])


def _domicile(alea: Random, menage: Menage, lieux: Lieux) -> Menage:
    """People domiciled at a CCAS (5 %), people with a former address (10 %)."""
    sort = alea.random()
    if sort < 0.05 and menage.adresse.commune is not None:
        adresse = replace(menage.adresse, voie="DE LA MAIRIE", complement="CCAS")
        return replace(menage, domicilie=True, adresse=adresse)
    if sort < 0.15:
        return replace(menage, adresse_precedente=lieux.adresse(alea, date(2007, 1, 1)))
    return menage


def _en_etat(alea: Random, menage: Menage, etat: str, au: date, motif: str = "") -> Menage:
    if etat == "4" and not motif:
        motif = tirer(alea, MOTIFS_HISTOIRE["4"])
    return changer_etat(alea, menage, etat, au, motif)
