"""What reaches the data desk, month after month: files as they come, with the accidents real desks meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

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


def charger_le_mois(mensuel: Path, contacts: Path, *, foyers: int, par: Agent, le: datetime, dire: Dire) -> int:
    """The monthly file of the CAF, then the contacts of its dossiers. Returns how many files.

    Some of its households cannot be read; the MSA's file is late.
    """
    abimer(mensuel, rangs={foyers * (n + 1) // (_ABIMES + 1) for n in range(_ABIMES)})
    for chemin in (mensuel, contacts):
        dire(f"Le fichier {chemin.name}")
        _charger(chemin, par=par, le=le)
    return 2


def charger_le_quotidien(chemin: Path, le_jour: date, *, par: Agent, charger: bool, dire: Dire) -> int:
    """The daily file of a day: loaded at once (``charger``), or waiting at the counter. Returns how many came."""
    le = datetime.combine(le_jour, datetime.min.time(), tzinfo=PARIS) + _MATIN
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
