"""What reaches the data desk, month after month: files as they come, with the accidents real desks meet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from cordee.demo.contacts import ecrire_contacts
from cordee.demo.fichiers import ecrire_mensuel
from cordee.demo.modele import Population
from cordee.demo.quotidiens import ecrire_quotidien
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.guichet import services as guichet
from cordee.metier.organismes.models import Agent
from cordee.socle.horloge import PARIS, jour

Dire = Callable[[str], None]
_MATIN: Final = timedelta(hours=8)
_ABIMES: Final = 3
"""Households of the last monthly whose birth date is impossible: they wait to be corrected and played again."""
_DATE_IMPOSSIBLE: Final = b"1979-02-31"
_FOYER, _NAISSANCE = b"<InfosFoyerRSA>", b"<DTNAI>"


def recevoir_le_mois(population: Population, mois: str, *, dernier: bool, par: Agent, le: datetime, dire: Dire) -> int:
    """The monthly files of both bodies, then the contacts of the CAF's dossiers. Returns how many came.

    ``dernier``: in the last month the CAF's file holds households that cannot be read, and the MSA's is late.
    """
    recus = 0
    with tempfile.TemporaryDirectory() as dossier:
        caf, msa, contacts = (
            Path(dossier) / nom for nom in (f"CAFBEM.{mois}.xml", f"MSABEM.{mois}.xml", f"CONTACTS.{mois}.csv")
        )
        nombre = ecrire_mensuel(population, mois, caf, organisme="CAF")
        if dernier:
            abimer(caf, rangs={nombre * (n + 1) // (_ABIMES + 1) for n in range(_ABIMES)})
        ecrits = {
            caf: nombre,
            msa: 0 if dernier else ecrire_mensuel(population, mois, msa, organisme="MSA"),
            contacts: ecrire_contacts(population, contacts),
        }
        for chemin in (chemin for chemin, combien in ecrits.items() if combien):
            dire(f"Le fichier {chemin.name}")
            _charger(chemin, par=par, le=le)
            recus += 1
    return recus


def recevoir_le_quotidien(
    avant: Population, apres: Population, le_jour: date, *, par: Agent, charger: bool, dire: Dire
) -> int:
    """The daily file of a day: loaded at once (``charger``), or waiting at the counter. Returns how many came."""
    le = datetime.combine(le_jour, datetime.min.time(), tzinfo=PARIS) + _MATIN
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / f"CAFBEI.{le_jour}.xml"
        if not ecrire_quotidien(avant, apres, le_jour, chemin):
            return 0
        dire(f"Le fichier {chemin.name}")
        if charger:
            _charger(chemin, par=par, le=le)
        else:
            fichier = guichet.recevoir(chemin=chemin, nom=chemin.name, recu_le=le_jour, par=par, le=le)
            guichet.noter_apercu(fichier=fichier)
    return 1


def abimer(chemin: Path, *, rangs: set[int]) -> None:
    """Give an impossible birth date to the first person of some households, by rank (from 1). Their number stands."""
    abime = chemin.with_suffix(".abime")
    rang, restants = 0, set(rangs)
    with chemin.open("rb") as source, abime.open("wb") as sortie:
        for ligne in source:
            if _FOYER in ligne:
                rang += 1
            elif rang in restants and _NAISSANCE in ligne:
                restants.discard(rang)
                ligne = _NAISSANCE.join((ligne.split(_NAISSANCE)[0], _DATE_IMPOSSIBLE + b"</DTNAI>\n"))  # noqa: PLW2901
            sortie.write(ligne)
    abime.replace(chemin)


def _charger(chemin: Path, *, par: Agent, le: datetime) -> None:
    fichier = guichet.recevoir(chemin=chemin, nom=chemin.name, recu_le=jour(le), par=par, le=le, deposer=False)
    try:
        guichet.charger(fichier=fichier, par=par, le=le, confirmer=True, chemin=chemin)
    except FichierRefuse as refus:  # the demonstration's own files are right: say so loudly
        raise RuntimeError(f"{chemin.name} : {refus}") from refus
