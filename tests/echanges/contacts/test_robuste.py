"""Killed in the middle, run again; two at once wait for each other: real connections, real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from cordee.echanges.contacts.services import charger, recevoir
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.metier.personnes.models import Contact, Personne
from tests import fabriques as f
from tests.echanges.contacts.lignes import Ecrire, ligne

pytestmark = pytest.mark.django_db(transaction=True)
A, B = "639980001", "639980002"

_MOURIR = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from cordee.echanges.contacts import fusion, services
from cordee.echanges.fichiers.models import FichierRecu
from tests import fabriques as f
vraie = getattr(fusion, sys.argv[4])
def mourir(*a, **k):
    vraie(*a, **k)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(fusion, sys.argv[4], mourir)
fichier = FichierRecu.objects.get(pk=int(sys.argv[3]))
services.charger(fichier=fichier, par=f.systeme(), le=f.MAINTENANT, chemin=Path(sys.argv[2]))
"""


def recu(chemin: Path) -> FichierRecu:
    return recevoir(chemin=chemin, nom="c", recu_le=None, par=f.systeme(), le=f.MAINTENANT, deposer=False)


@pytest.mark.parametrize("fonction", ["_sorts", "_mouvements", "fusionner"])
def test_tue_puis_relance(couple: tuple[Personne, Personne], ecrire: Ecrire, fonction: str) -> None:
    """Killed after the rows were written and before the end: nothing of them is there; run again, all is."""
    chemin = ecrire(ligne(A), ligne(B, role="CJT"))
    fichier = recu(chemin)
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        "DJANGO_SETTINGS_MODULE": "cordee.configuration.settings_tests",
    }
    nom = connection.settings_dict["NAME"]
    fini = subprocess.run(
        [sys.executable, "-c", _MOURIR, nom, str(chemin), str(fichier.pk), fonction],
        env=env, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert fini.returncode == -signal.SIGKILL, fini.stderr
    fichier.refresh_from_db()
    assert fichier.statut == StatutFichier.EN_COURS
    assert not Contact.objects.exists()
    assert charger(fichier=fichier, par=f.systeme(), le=f.MAINTENANT, chemin=chemin).pris == 2
    assert Contact.objects.count() == 2


def test_deux_chargements_du_meme_fichier_s_attendent(couple: tuple[Personne, Personne], ecrire: Ecrire) -> None:
    chemin = ecrire(ligne(A))
    fichier = recu(chemin)
    par = f.systeme()
    deja: list[bool] = []

    def mener() -> None:
        try:
            deja.append(charger(fichier=fichier, par=par, le=f.MAINTENANT, chemin=chemin).deja_recu)
        finally:
            connection.close()

    fils = [threading.Thread(target=mener) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(deja) == [False, True]
    assert Contact.objects.count() == 1
