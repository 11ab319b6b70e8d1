"""One month later: who enters, who leaves, what changes. Rates are monthly working hypotheses, those of the end of the
five-year history (``histoire.dynastie_taux``): the files that follow it show about as many movements.

Absence is not leaving (law_and_practice E02): a few households are simply not transmitted one month and come back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from cordee.demo.modele import Individu, Menage, Population, fin_de_mois
from cordee.demo.tirage import adresse_au_hasard, alea_de, changer_etat, enfant, nouveau_menage, tirer

ENTREES: Final = 0.0212
SAISON: Final = {1: 1.15, 2: 1.0, 3: 1.0, 4: 0.95, 5: 0.95, 6: 0.95, 7: 0.9, 8: 0.7, 9: 1.2, 10: 1.2, 11: 1.0, 12: 0.9}
"""Peaks in January and at the return from holidays, a dip in August."""
_SORTIES: Final = ((365, 0.026), (5 * 365, 0.025), (100 * 365, 0.0125))
"""Monthly chance of leaving by seniority in days: the longer on RSA, the rarer the exit."""
_MOTIFS_SORTIE: Final = {"ECH": 44, "RFD": 24, "RAU": 12, "MUT": 18, "RGD": 1, "PCG": 1}
_TRANSITIONS: Final = {
    "2": {"2": 97.4, "4": 2.05, "3": 0.55},
    "3": {"3": 64.0, "2": 30.0, "5": 6.0},
    "4": {"4": 52.0, "2": 36.0, "5": 12.0},
    "0": {"0": 35.0, "2": 55.0, "1": 10.0},
}
_DECES: Final = 0.0003
_NON_TRANSMIS: Final = 0.003
_DISPARUS: Final = 0.0003
_DEMENAGEMENTS: Final = 0.0045
_SEPARATIONS: Final = 0.0017
_GROSSESSES: Final = 0.0035
_EMBAUCHES: Final = 0.0062
_FINS_EMPLOI: Final = 0.036
_AGE_RETRAITE: Final = 66
_DEPARTS_RETRAITE: Final = 0.15
_TERME: Final = 280


def mois_suivant(population: Population, graine: int | None = None) -> Population:
    """The same population one month later.

    Args:
        graine: another seed for what follows; the population's own when ``None``.
    """
    graine = population.graine if graine is None else graine
    au = fin_de_mois(population.au + timedelta(days=1))
    suivants: list[Menage] = []
    prochain = population.prochain
    for menage in population.menages:
        alea = alea_de(graine, au, menage.numero)
        if _parti(alea, menage):
            continue
        menage = replace(menage, transmis=alea.random() >= _NON_TRANSMIS)  # noqa: PLW2901 - one household, a month later
        if menage.en_couple and menage.etat == "2" and alea.random() < _SEPARATIONS:
            reste, part = _separer(menage, prochain, au)
            suivants += (reste, part)
            prochain += 1
        else:
            suivants.append(_evoluer(alea, menage, population, au))
    entrants = round(ENTREES * SAISON[au.month] * len(population.menages))
    communes = population.communes
    for numero in range(prochain, prochain + entrants):
        entrant = nouveau_menage(numero, graine=graine, au=au, communes=communes, entrant=True)
        suivants.append(_etat_entrant(alea_de(graine, au, f"e{numero}"), entrant, au))
    return replace(population, au=au, graine=graine, menages=tuple(suivants), prochain=prochain + entrants)


def _parti(alea: Random, menage: Menage) -> bool:
    """Closed or refused last month: no longer sent. A very few disappear without a word."""
    return menage.etat in {"1", "5", "6"} or alea.random() < _DISPARUS


def _evoluer(alea: Random, menage: Menage, population: Population, au: date) -> Menage:
    menage = replace(menage, cedant="", adultes=tuple(_vie(alea, adulte, menage, au) for adulte in menage.adultes))
    menage = _famille(alea, menage, au)
    sort = alea.random()
    if sort < _DECES:
        return changer_etat(alea, menage, "3", au, "DG" if menage.adultes[0].sexe == "2" else "DH")
    sort -= _DECES
    if sort < _DEMENAGEMENTS:
        nouvelle = adresse_au_hasard(alea, population.communes, au - timedelta(days=alea.randint(5, 40)))
        menage = replace(menage, adresse=nouvelle, adresse_precedente=menage.adresse, domicilie=False)
    if alea.random() < _risque_de_sortie(menage, au):
        return changer_etat(alea, menage, "5", au, tirer(alea, _MOTIFS_SORTIE))
    if menage.motif in {"DG", "DH"}:
        return changer_etat(alea, menage, "5", au, "RAU")
    etat = tirer(alea, _TRANSITIONS[menage.etat])
    if etat == menage.etat:
        return menage
    if menage.etat in {"0", "4"} and etat == "2":
        menage = replace(menage, adultes=tuple(_reprendre(adulte) for adulte in menage.adultes))
    return changer_etat(alea, menage, etat, au)


def _risque_de_sortie(menage: Menage, au: date) -> float:
    if menage.adultes[0].age(au) >= _AGE_RETRAITE:
        return _DEPARTS_RETRAITE
    anciennete = (au - menage.date_demande).days
    return next(taux for borne, taux in _SORTIES if anciennete < borne)


def _vie(alea: Random, adulte: Individu, menage: Menage, au: date) -> Individu:
    """Jobs begin and end; earnings cross 500 € in both directions; a missing flag comes back."""
    if menage.etat not in {"2", "4"} or menage.motif == "01":
        return adulte
    if adulte.soumis is None:
        return replace(adulte, soumis=adulte.revenu < 500) if alea.random() < 0.6 else adulte
    if alea.random() >= (_FINS_EMPLOI if adulte.contrat else _EMBAUCHES):
        return replace(adulte, soumis=None) if alea.random() < 0.0008 else adulte
    if not adulte.contrat:
        revenu = alea.randrange(100, 490, 10) if alea.random() < 0.75 else alea.randrange(510, 560, 10)
        activite, contrat = "SAL", tirer(alea, {"CDD": 6, "INT": 3, "CDI": 2})
    else:
        revenu, activite, contrat = 0, "ANP", ""
    return replace(
        adulte,
        revenu=revenu,
        activite=activite,
        contrat=contrat,
        activite_depuis=au.replace(day=1),
        soumis=revenu < 500,
    )


def _reprendre(adulte: Individu) -> Individu:
    """Payment starts again: too high earnings are over, the person is subject again."""
    revenu = adulte.revenu if adulte.revenu < 500 else 0
    return replace(adulte, revenu=revenu, soumis=True, activite=adulte.activite if revenu else "ANP", contrat="")


def _famille(alea: Random, menage: Menage, au: date) -> Menage:
    """Pregnancies, births, children who grow up."""
    enfants = tuple(e for e in menage.enfants if e.age(au) < 21)
    if len(enfants) != len(menage.enfants):
        menage = replace(menage, enfants=enfants)
    if menage.grossesse is not None:
        if (au - menage.grossesse).days < _TERME:
            return menage
        ordre = menage.numero * 10 + 1 + max([e.ordre % 10 for e in menage.enfants], default=1)
        if ordre % 10 == 0 or any(e.ordre == ordre for e in menage.enfants):
            return replace(menage, grossesse=None)
        bebe = enfant(alea, menage.adultes[-1].nom_naissance, 0, au, ordre)
        bebe = replace(bebe, naissance=au - timedelta(days=alea.randint(0, 27)))
        return replace(menage, grossesse=None, enfants=(*menage.enfants, bebe))
    if alea.random() < _GROSSESSES and any(a.sexe == "2" and 19 <= a.age(au) <= 42 for a in menage.adultes):
        return replace(menage, grossesse=au - timedelta(days=75))
    return menage


def _separer(menage: Menage, numero: int, au: date) -> tuple[Menage, Menage]:
    """A couple parts: the claimant keeps the file and the children, the other opens one that names the former."""
    reste, part = menage.adultes
    commune = replace(menage.adresse, numero="1", complement="CHEZ UN TIERS", depuis=au.replace(day=3))
    menage = replace(menage, situation="ISO", situation_depuis=au.replace(day=2))
    nouveau = replace(
        menage,
        numero=numero,
        adultes=(replace(part, role="DEM"),),
        enfants=(),
        adresse=commune,
        adresse_precedente=menage.adresse,
        date_demande=au.replace(day=8),
        entre_le=au,
        grossesse=menage.grossesse if part.sexe == "2" else None,
        numero_precedent=menage.numero,
        transmis=True,
    )
    grossesse = menage.grossesse if reste.sexe == "2" else None
    return replace(menage, adultes=(reste,), grossesse=grossesse), nouveau


def _etat_entrant(alea: Random, menage: Menage, au: date) -> Menage:
    etat = tirer(alea, {"2": 90, "0": 5, "4": 3, "1": 2})
    return menage if etat == "2" else changer_etat(alea, menage, etat, au)
