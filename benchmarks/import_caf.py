"""The monthly file of the CAF: first load, then the next month with 3 % of the households changed (design §8).

The reference is bare ``lxml.iterparse`` over the same file, in the same process, before and after (the mean is kept).
The file is read in one process and written by a thread of it: its resident memory is that of the import.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from benchmarks.mesure import Mesure
from cordee.demo.fichiers import generer_mensuel
from cordee.echanges.caf.services import charger, recevoir
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.organismes.services import installer_agent_systeme
from cordee.socle.horloge import maintenant
from cordee.territoires.services import charger_departement

BUDGET_PREMIER, BUDGET_SUIVANT, BUDGET_MEMOIRE = 4, 2, 500
CENTIEMES_CHANGES = 3
_PIC = Path("/proc/self/clear_refs")
MAINTENANT = "2026-03-01T09:00"
CREATION, CREATION_SUIVANTE = ">2026-01-05<", ">2026-02-05<"


def preparer() -> None:
    """An installation without anybody yet."""
    os.environ["CORDEE_MAINTENANT"] = MAINTENANT
    installer_agent_systeme(le=maintenant())
    charger_departement()


def mesurer(options: argparse.Namespace) -> list[Mesure]:
    preparer()
    with tempfile.TemporaryDirectory(prefix="cordee-banc-") as dossier:
        premier, suivant = Path(dossier) / "premier.xml", Path(dossier) / "suivant.xml"
        foyers = generer_mensuel("2026-01", foyers=options.foyers, graine=94, sortie=premier)
        mois_suivant(premier, suivant)
        _oublier_le_pic()
        taille = premier.stat().st_size / 1e6
        mesures = [
            _comparer(premier, f"premier chargement, {foyers} foyers, {taille:.0f} Mo", BUDGET_PREMIER),
            _comparer(suivant, f"mois suivant, {CENTIEMES_CHANGES} % de foyers changés", BUDGET_SUIVANT),
        ]
        memoire = _memoire()
    return [*mesures, Mesure("mémoire résidente de l'import", memoire, BUDGET_MEMOIRE, "Mo")]


def _oublier_le_pic() -> None:
    """What was needed to make the files is not what it takes to load them."""
    gc.collect()
    _PIC.write_text("5", encoding="ascii")


def _memoire() -> float:
    """Peak of resident memory, in megabytes, since :func:`_oublier_le_pic`."""
    pic = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(pic[1]) / 1024 if pic else 0.0


def mois_suivant(source: Path, sortie: Path) -> None:
    """The same file a month later: addresses, flags and states of 3 % of the households change, as many come and go."""
    entete, *foyers = source.read_text("iso-8859-1").split("  <InfosFoyerRSA>\n")
    entete = entete.replace(CREATION, CREATION_SUIVANTE).replace(">2025-12-31<", ">2026-01-31<")
    fin = foyers.pop()
    ecrits = [bloc for rang, texte in enumerate(foyers) for bloc in _evoluer(rang, texte)] + [fin]
    texte = "  <InfosFoyerRSA>\n".join([entete, *ecrits])
    total = f"<NBTOTDOSRSATRANSM>{len(ecrits):08d}<"
    sortie.write_text(re.sub(r"<NBTOTDOSRSATRANSM>\d+<", total, texte), "iso-8859-1")


def _evoluer(rang: int, foyer: str) -> list[str]:
    match rang % 200:
        case 10 | 60:
            return [re.sub(r"<NOMVOIE>[^<]*<", "<NOMVOIE>DES CIMES<", foyer)]
        case 30 | 80:
            return [foyer.replace("<TOPPERSDRODEVORSA>1<", "<TOPPERSDRODEVORSA>0<")]
        case 150:
            return [foyer.replace("<ETATDOSRSA>2<", "<ETATDOSRSA>4<")]
        case 199:
            return []
        case 100:
            nouveau = re.sub(r"<NUMDEMRSA>\d+<", f"<NUMDEMRSA>9{rang:010d}<", foyer)
            nouveau = re.sub(r"<MATRICULE>\d+<", f"<MATRICULE>{9_000_000 + rang}00000000<", nouveau)
            nouveau = re.sub(r"<NIR>(\d{5})\d+<", lambda m: f"<NIR>{m[1]}{rang:08d}<", nouveau)
            return [foyer, re.sub(r"<PRENOM>([^<]+)<", r"<PRENOM>\1X<", nouveau)]
    return [foyer]


def _comparer(chemin: Path, quoi: str, budget: float) -> Mesure:
    avant = _chronometrer(_lecture_nue, chemin)
    charge = _chronometrer(importer, chemin)
    nue = (avant + _chronometrer(_lecture_nue, chemin)) / 2
    return Mesure(quoi, charge / nue, budget, "fois la lecture nue", f"{charge:.1f} s contre {nue:.1f} s")


def _chronometrer(faire: Callable[[Path], None], chemin: Path) -> float:
    debut = time.perf_counter()
    faire(chemin)
    return time.perf_counter() - debut


def _lecture_nue(chemin: Path) -> None:
    for _, element in etree.iterparse(str(chemin), events=("end",), tag="InfosFoyerRSA"):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def importer(chemin: Path) -> None:
    """Receive and load a file."""
    par, le = agent_systeme(), maintenant()
    fichier = recevoir(chemin=chemin, nom=chemin.name, recu_le=None, par=par, le=le, deposer=False)
    charger(fichier=fichier, par=par, le=le, chemin=chemin)
