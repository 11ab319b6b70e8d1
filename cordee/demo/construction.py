"""Building the demonstration: organisation, three monthly files through the real pipeline, the weeks between them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from cordee.demo.contacts import ecrire_contacts
from cordee.demo.evolution import mois_suivant
from cordee.demo.fichiers import ecrire_mensuel, population_pour
from cordee.demo.liaisons import jour_des_partenaires, recevoir_des_partenaires
from cordee.demo.modele import Population
from cordee.demo.organisation import construire_organisation
from cordee.demo.population import foyers_pour
from cordee.demo.vie import Vie
from cordee.echanges.guichet import services as guichet
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


def construire(*, personnes: int, graine: int, le: datetime, dire: Callable[[str], None] = lambda _: None) -> Bilan:
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
    population = population_pour(mois[0], foyers=foyers_pour(personnes), graine=graine)
    actes = fichiers = 0
    for rang, m in enumerate(mois):
        if rang:
            population = mois_suivant(population)
        recu_le = _reception(m)
        recu = datetime.combine(recu_le, datetime.min.time(), tzinfo=PARIS) + timedelta(hours=8)
        fichiers += _recevoir_le_mois(population, m, par=systeme, le=recu, dire=dire)
        fin = _reception(mois[rang + 1]) if rang + 1 < len(mois) else jour(le) + timedelta(days=1)
        dire(f"Les semaines du {recu_le:%d/%m} au {fin:%d/%m}")
        partenaires_le = min(jour_des_partenaires(m), fin)
        actes += vie.derouler(du=recu_le, au=partenaires_le, systeme=systeme)
        if partenaires_le < fin:
            fichiers += recevoir_des_partenaires(organisation, m, graine=graine, dire=dire)
        actes += vie.derouler(du=partenaires_le, au=fin, systeme=systeme)
    faire_passer_le_temps(par=systeme, le=le)
    return Bilan(Personne.objects.count(), fichiers, actes, dict(vie.refus.most_common()))


def _recevoir_le_mois(
    population: Population, mois: str, *, par: Agent, le: datetime, dire: Callable[[str], None]
) -> int:
    """The two monthly files, then the contacts of the CAF's dossiers, all through the counter. Returns how many."""
    recus = 0
    with tempfile.TemporaryDirectory() as dossier:
        caf, msa, contacts = (
            Path(dossier) / nom for nom in (f"CAFBEM.{mois}.xml", f"MSABEM.{mois}.xml", f"CONTACTS.{mois}.csv")
        )
        ecrits = {
            caf: ecrire_mensuel(population, mois, caf, organisme="CAF"),
            msa: ecrire_mensuel(population, mois, msa, organisme="MSA"),
            contacts: ecrire_contacts(population, contacts),
        }
        for chemin in (chemin for chemin, nombre in ecrits.items() if nombre):
            dire(f"Le fichier {chemin.name}")
            fichier = guichet.recevoir(chemin=chemin, nom=chemin.name, recu_le=jour(le), par=par, le=le, deposer=False)
            guichet.charger(fichier=fichier, par=par, le=le, confirmer=True, chemin=chemin)
            recus += 1
    return recus


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
