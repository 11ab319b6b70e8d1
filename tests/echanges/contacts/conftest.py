"""A household of two, and contacts files about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from cordee.echanges.contacts.services import charger, recevoir
from cordee.echanges.fichiers.depot import lieu_de
from cordee.echanges.fichiers.models import FichierRecu
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.echanges.contacts.lignes import ENTETE, NIR_CJT, NIR_DEM, Ecrire, Importer


@pytest.fixture
def ecrire(tmp_path: Path) -> Ecrire:
    numero = count(1)

    def ecrire(*lignes: str, entete: str = ENTETE, encodage: str = "cp1252", fin: str = "\r\n") -> Path:
        chemin = tmp_path / f"fichier{next(numero)}"
        chemin.write_bytes((fin.join((entete, *lignes)) + fin).encode(encodage))
        return chemin

    return ecrire


@pytest.fixture
def couple(db: None) -> tuple[Personne, Personne]:
    """Demandeur and conjoint of the dossier of :func:`ligne`."""
    dossier = f.foyer(numdemrsa="00000010099", matricule="9900001")
    demandeuse = f.personne(foyer=dossier, nom="Exemple", prenom="Camille", nir=NIR_DEM)
    conjoint = f.personne(foyer=dossier, role=RoleFoyer.CJT, nom="Autre", prenom="Dominique", nir=NIR_CJT)
    return demandeuse, conjoint


@pytest.fixture
def importer(ecrire: Ecrire) -> Importer:
    """Write, receive and load at once."""
    fichiers = count()

    def importer(
        *lignes: str, au: date = date(2026, 2, 1), confirmer: bool = True, entete: str = ENTETE
    ) -> RapportLignes:
        chemin = ecrire(*lignes, *[""] * next(fichiers), entete=entete)  # the same words again are another file
        par, le = f.systeme(), f.MAINTENANT
        fichier = recevoir(chemin=chemin, nom="c", recu_le=None, par=par, le=le, deposer=False, date_du_fichier=au)
        return charger(fichier=fichier, par=par, le=le, confirmer=confirmer, chemin=chemin)

    return importer


@pytest.fixture(autouse=True)
def _sans_copies(request: pytest.FixtureRequest) -> Iterator[None]:
    """No copy of a file outlives its test."""
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        for fichier in FichierRecu.objects.all():
            lieu_de(fichier).unlink(missing_ok=True)
