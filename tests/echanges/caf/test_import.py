"""A file through the whole pipeline: received, staged, merged, told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cordee.echanges.caf.models import FichierRecu, StatutFichier
from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.caf.services import charger, recevoir
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.models import DroitPersonne, Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer

pytestmark = pytest.mark.django_db

Importer = Callable[..., Rapport]


@pytest.fixture
def importer() -> Importer:
    """Receive and load a file."""

    def faire(chemin: Path, *, recu_le: date | None = None, confirmer: bool = False) -> Rapport:
        par = f.systeme()
        fichier = recevoir(chemin=chemin, nom=chemin.name, recu_le=recu_le, par=par, le=f.MAINTENANT)
        return charger(fichier=fichier, par=par, le=f.MAINTENANT, confirmer=confirmer)

    return faire


def test_a_new_entrant_has_her_path(flux: Flux, importer: Importer) -> None:
    f.regle_secteur(eds := f.structure(), f.commune())
    rapport = importer(flux(foyer()))
    assert (rapport.foyers_lus, rapport.nouveaux_entrants, rapport.personnes_creees) == (1, 1, 1)
    assert (rapport.statut, rapport.portee, rapport.organisme) == ("charge", "courant", "CAF941")
    situation = Situation.objects.get()
    assert (situation.etat, situation.recu_le, situation.structure_secteur) == (Etat.ENTRANTE, date(2026, 1, 5), eds)
    assert DroitPersonne.objects.get().debut == date(2025, 12, 31)


def test_the_same_bytes_change_nothing(flux: Flux, importer: Importer) -> None:
    chemin = flux(foyer())
    importer(chemin)
    avant = (Evenement.objects.count(), Personne.objects.count())
    rapport = importer(chemin)
    assert rapport.deja_recu
    assert (Evenement.objects.count(), Personne.objects.count()) == avant
    assert FichierRecu.objects.get().statut == StatutFichier.CHARGE
