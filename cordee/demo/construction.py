"""Building the demonstration: organisation, three monthly files through the real pipeline, the weeks between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from cordee.demo.arrivees import Dire, recevoir_le_mois, recevoir_le_quotidien
from cordee.demo.evolution import mois_suivant
from cordee.demo.fichiers import population_pour
from cordee.demo.liaisons import jour_des_partenaires, recevoir_des_partenaires
from cordee.demo.modele import Population
from cordee.demo.organisation import Organisation, construire_organisation
from cordee.demo.population import foyers_pour
from cordee.demo.quotidiens import jours_de_fichier
from cordee.demo.vie import Vie
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.services import faire_passer_le_temps
from cordee.metier.personnes.models import Personne
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

MOIS: Final = 3
JOUR_DE_RECEPTION: Final = 6


class DemonstrationImpossible(ErreurMetier):
    """The demonstration is not built on real data, nor twice."""


@dataclass(frozen=True, slots=True)
class Bilan:
    """What was built, and what the product refused to the simulated agents (sentence → times)."""

    personnes: int
    fichiers: int
    actes: int
    refus: dict[str, int]


def existe_deja() -> bool:
    """Whether people are known already: the demonstration is built once, on an empty département."""
    return Personne.objects.exists()


def construire(*, personnes: int, graine: int, le: datetime, dire: Dire = lambda _: None) -> Bilan:
    """Build the demonstration as it stands on the day ``le``. The département is installed and empty.

    Args:
        personnes: about how many people subject to droits et devoirs.
        graine: the same seed on the same day gives the same département.
        dire: called with a sentence at each step.
    """
    if existe_deja():
        raise DemonstrationImpossible("Ce département a déjà des personnes : videz-le avec « make reset » d'abord.")
    systeme = agent_systeme()
    mois = _mois_precedents(jour(le))
    debut = datetime.combine(_reception(mois[0]), datetime.min.time(), tzinfo=PARIS) + timedelta(hours=7)
    dire("Les structures, les secteurs et les comptes")
    organisation = construire_organisation(par=systeme, le=debut)
    vie = Vie(organisation, graine=graine)
    bureau = organisation.comptes["donnees"]
    population = population_pour(mois[0], foyers=foyers_pour(personnes), graine=graine)
    actes = fichiers = 0
    for rang, m in enumerate(mois):
        dernier = rang + 1 == len(mois)
        if rang:
            population = mois_suivant(population)
        recu_le = _reception(m)
        recu = datetime.combine(recu_le, datetime.min.time(), tzinfo=PARIS) + timedelta(hours=8)
        fichiers += recevoir_le_mois(population, m, dernier=dernier, par=bureau, le=recu, dire=dire)
        fin = jour(le) + timedelta(days=1) if dernier else _reception(mois[rang + 1])
        dire(f"Les semaines du {recu_le:%d/%m} au {fin:%d/%m}")
        depuis = recu_le
        for quand, arrivee in _arrivees(
            organisation, population, m, fin=fin, quotidiens=dernier, par=systeme, dire=dire
        ):
            actes += vie.derouler(du=depuis, au=quand, systeme=systeme)
            fichiers += arrivee()
            depuis = quand
        actes += vie.derouler(du=depuis, au=fin, systeme=systeme)
    faire_passer_le_temps(par=systeme, le=le)
    return Bilan(Personne.objects.count(), fichiers, actes, dict(vie.refus.most_common()))


def _arrivees(
    organisation: Organisation,
    population: Population,
    mois: str,
    *,
    fin: date,
    quotidiens: bool,
    par: Agent,
    dire: Dire,
) -> list[tuple[date, Callable[[], int]]]:
    """What comes between the monthly file and ``fin`` (excluded), in order: the dailies, and the partners on the 20th.

    The last daily waits at the counter, as on a real morning.
    """
    recu_le, partenaires_le = _reception(mois), jour_des_partenaires(mois)
    arrivees: list[tuple[date, Callable[[], int]]] = []
    if quotidiens:
        apres = mois_suivant(population)
        jours = [d for d in jours_de_fichier(population, apres) if recu_le < d < fin]
        arrivees += [
            (d, partial(recevoir_le_quotidien, population, apres, d, par=par, charger=d != jours[-1], dire=dire))
            for d in jours
        ]
    if recu_le < partenaires_le < fin:
        venue = partial(recevoir_des_partenaires, organisation, mois, graine=population.graine, dire=dire)
        arrivees.append((partenaires_le, venue))
    return sorted(arrivees, key=lambda arrivee: arrivee[0])


def _mois_precedents(aujourdhui: date) -> list[str]:
    """The months of the last files received, oldest first (a file comes on the 6th)."""
    dernier = aujourdhui if aujourdhui.day >= JOUR_DE_RECEPTION else aujourdhui.replace(day=1) - timedelta(days=1)
    mois = []
    for _ in range(MOIS):
        mois.append(f"{dernier:%Y-%m}")
        dernier = dernier.replace(day=1) - timedelta(days=1)
    return mois[::-1]


def _reception(mois: str) -> date:
    return date.fromisoformat(f"{mois}-{JOUR_DE_RECEPTION:02d}")
