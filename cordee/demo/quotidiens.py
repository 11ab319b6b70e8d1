"""The daily files a payer would send between two photos of the synthetic population.

Each change between the two photos is decided on a working day of the month, and sent early the next morning with what
caused it (``Evenement``). What happens in the last days is seen in the monthly file only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from cordee.demo.evolution import mois_suivant
from cordee.demo.fichiers import population_pour
from cordee.demo.foyers import ORGANISMES, foyer_lu
from cordee.demo.modele import Menage, Population
from cordee.demo.tirage import alea_de
from cordee.echanges.caf import ecriture
from cordee.echanges.caf.foyer import EvenementLu, FoyerLu
from cordee.echanges.caf.resultats import Entete
from cordee.reglementation.calendrier import est_jour_ouvre
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS


class JourImpossible(ErreurMetier):
    """The day asked for is not one a file can be made for."""


_HEURE: Final = time(5, 12)
_FAITS_D_ETAT: Final = {"1": "DEMRSA", "3": "SUS", "4": "SUS", "5": "RAD", "6": "RAD"}


def jours_de_fichier(avant: Population, apres: Population) -> list[date]:
    """The working days of the month between two photos: one daily file each, sent the same morning."""
    jour = avant.au + timedelta(days=1)
    return [d for n in range((apres.au - avant.au).days) if est_jour_ouvre(d := jour + timedelta(days=n))]


def generer_quotidien(jour: date, *, foyers: int, graine: int, sortie: Path, organisme: str = "CAF") -> int:
    """Make the daily file a payer sends on ``jour``, about the population of :func:`fichiers.generer_mensuel`.

    Returns:
        The number of households written.

    Raises:
        JourImpossible: no file is sent that day, or it would be empty.
    """
    if not est_jour_ouvre(jour):
        raise JourImpossible("Aucun fichier quotidien n'est envoyé ce jour-là : choisissez un jour ouvré.")
    avant = population_pour(f"{jour:%Y-%m}", foyers=foyers, graine=graine)
    ecrits = ecrire_quotidien(avant, mois_suivant(avant), jour, sortie, organisme=organisme)
    if not ecrits:
        raise JourImpossible("Rien n'a changé ce jour-là : choisissez un autre jour, ou plus de foyers.")
    return ecrits


def ecrire_quotidien(avant: Population, apres: Population, jour: date, sortie: Path, *, organisme: str = "CAF") -> int:
    """Write the daily file sent on ``jour``. Same populations, same day, same bytes.

    Returns:
        The number of households written; nothing is written when there is none.
    """
    foyers = [foyer for envoye, foyer in foyers_du_mois(avant, apres, organisme) if envoye == jour]
    return ecriture.ecrire(sortie, entete_du(jour, organisme), foyers) if foyers else 0


def entete_du(jour: date, organisme: str) -> Entete:
    """The header of the daily file of a day."""
    appli, _ = ORGANISMES[organisme]
    cree_le = datetime.combine(jour, _HEURE, tzinfo=PARIS)
    return Entete(appli=appli, version_appli="6200", type_flux="I", nature="D", cree_le=cree_le, reference=jour)


def foyers_du_mois(avant: Population, apres: Population, organisme: str) -> Iterator[tuple[date, FoyerLu]]:
    """What dailies send between two photos, with the day of each."""
    jours = jours_de_fichier(avant, apres)
    connus = {menage.numero: menage for menage in avant.menages}
    for menage in apres.menages:
        if menage.organisme != organisme:
            continue
        ancien = connus.get(menage.numero)
        if ancien is not None and replace(ancien, transmis=menage.transmis) == menage:
            continue
        jour = _jour_d_envoi(menage, jours, apres)
        if jour is not None:
            liquide = _veille(jour, avant)
            evenement = EvenementLu(le=liquide, heure="03:00:17.52", fait=fait_generateur(ancien, menage))
            yield jour, replace(foyer_lu(menage, jour, avant.au), evenements=(evenement,))


def fait_generateur(ancien: Menage | None, menage: Menage) -> str:
    """What caused the change, as the payer codes it (FG)."""
    if ancien is None:
        return "MUT" if menage.cedant else "DEMRSA"
    if menage.etat != ancien.etat:
        return "MUT" if menage.motif == "MUT" else _FAITS_D_ETAT.get(menage.etat, "REA")
    if menage.adresse != ancien.adresse:
        return "ADR"
    if len(menage.adultes) != len(ancien.adultes):
        return "SITFAM"
    if len(menage.enfants) != len(ancien.enfants):
        return "SITENFAUT"
    return "SITPRO"


def _jour_d_envoi(menage: Menage, jours: list[date], apres: Population) -> date | None:
    """A working day not before the facts themselves (request, birth, change of family); ``None``: the monthly only."""
    faits = [menage.date_demande, *(enfant.naissance for enfant in menage.enfants), menage.situation_depuis]
    plancher = max(faits)
    possibles = [jour for jour in jours if jour > plancher]
    if not possibles:
        return None
    return alea_de(apres.graine, apres.au, f"q{menage.numero}").choice(possibles)


def _veille(jour: date, avant: Population) -> date:
    return max(jour - timedelta(days=1), avant.au)
