"""What an agent feels while a monthly file is loaded (R31): p95 of a list of the whole département, at rest and during.

The page is asked for in this process; another one loads the file. The month is the worst one: every amount of the
Département changes (the revaluation of April), so that every household is read, compared and written again.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from benchmarks.import_caf import CREATION, CREATION_SUIVANTE, MAINTENANT, importer, preparer
from benchmarks.mesure import Mesure
from cordee.demo.fichiers import generer_mensuel
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.organismes.services import affecter, creer_agent, creer_structure
from cordee.socle.horloge import maintenant

BUDGET_P95, BUDGET_RAPPORT = 100, 2
PAGE = "/personnes/"
_AU_REPOS = 100
_IMPORTER = """
import sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from pathlib import Path
from benchmarks.import_caf import importer
importer(Path(sys.argv[2]))
"""


_STATIQUES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
"""The measure needs no collected static file."""


@override_settings(STORAGES={**settings.STORAGES, **_STATIQUES})
def mesurer(options: argparse.Namespace) -> list[Mesure]:
    preparer()
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"})
    client.force_login(_agente(), backend=settings.AUTHENTICATION_BACKENDS[0])
    with tempfile.TemporaryDirectory(prefix="cordee-banc-") as dossier:
        premier, suivant = Path(dossier) / "premier.xml", Path(dossier) / "suivant.xml"
        foyers = generer_mensuel("2026-01", foyers=options.foyers, graine=94, sortie=premier)
        revaloriser(premier, suivant)
        importer(premier)
        demander = _demandeur(client)
        for _ in range(5):
            demander()
        repos = _p95([demander() for _ in range(_AU_REPOS)])
        debut = time.perf_counter()
        pendant = _pendant(suivant, demander)
        duree = time.perf_counter() - debut
    p95 = _p95(pendant)
    detail = (
        f"{repos:.0f} ms au repos, {len(pendant)} pages pendant un import de {duree:.0f} s, {foyers} foyers changés"
    )
    return [
        Mesure(f"page {PAGE} pendant un import (p95)", p95, BUDGET_P95, "ms", detail),
        Mesure("la même, rapportée au repos", p95 / repos, BUDGET_RAPPORT, "fois"),
    ]


def _agente() -> Agent:
    par, le, debut = agent_systeme(), maintenant(), date(2025, 1, 1)
    plateforme = creer_structure(
        code="BANC", nom="Plateforme", type=TypeStructure.PLATEFORME, debut=debut, par=par, le=le
    )
    agente = creer_agent(courriel="agente@exemple.invalid", nom="Banc", par=par, le=le)
    affecter(agent=agente, structure=plateforme, role=RoleAgent.AGENT_PLATEFORME, debut=debut, par=par, le=le)
    return agente


def revaloriser(source: Path, sortie: Path) -> None:
    """The same file a month later, every amount of right up by a hundredth."""
    texte = source.read_text("iso-8859-1")
    texte = re.sub(CREATION, CREATION_SUIVANTE, texte, count=1).replace(">2025-12-31<", ">2026-01-31<", 1)
    sortie.write_text(
        re.sub(r"<(MTTOTDRORSA|MTRSAVERS)>(\d+\.\d\d)<", lambda m: f"<{m[1]}>{float(m[2]) * 1.01:010.2f}<", texte),
        "iso-8859-1",
    )


def _demandeur(client: Client) -> Callable[[], float]:
    def demander() -> float:
        debut = time.perf_counter()
        reponse = client.get(PAGE, secure=True)
        duree = time.perf_counter() - debut
        if reponse.status_code != 200:
            raise RuntimeError(f"{PAGE}: {reponse.status_code} {reponse.headers.get('location', '')}")
        return duree

    return demander


def _pendant(fichier: Path, demander: Callable[[], float]) -> list[float]:
    nom = str(connection.settings_dict["NAME"])
    env = {**os.environ, "CORDEE_MAINTENANT": MAINTENANT, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    with subprocess.Popen([sys.executable, "-c", _IMPORTER, nom, str(fichier)], env=env) as chargement:
        durees = []
        while chargement.poll() is None:
            durees.append(demander())
            time.sleep(0.05)  # an agent reads the page; without this pause the page would be measured against itself
    if chargement.returncode:
        raise RuntimeError("the import failed")
    return durees


def _p95(durees: list[float]) -> float:
    """In milliseconds."""
    return statistics.quantiles(durees, n=20)[-1] * 1000
