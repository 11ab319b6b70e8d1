"""The same SQL on another engine gives the same figures: every indicator, every territory, to the fourth decimal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.pilotage.entetes import definitions
from cordee.pilotage.national import sur_duckdb, sur_spark
from cordee.pilotage.national.fabrique import fabriquer
from cordee.pilotage.national.lignes import ecarts
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

pytestmark = [
    pytest.mark.enable_socket,  # Python speaks to its Java through a socket of this machine
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning"),
]


@pytest.fixture
def monde(lac: Lac) -> Lac:
    """Two years of a dozen people: oriented or not, with and without contract, moved, gone, come back, absent."""
    eds, operateur = f.structure(), f.structure(TypeStructure.EDS, GenreOrganismeReferent.OPERATEUR_EMPLOI)
    vitry = f.commune("94081", "Vitry-sur-Seine")
    for rang in range(12):
        entree, suite = date(2025, 1 + rang, 1), date(2025, 1 + rang, 20)
        partie = date(2026, 1, 1) if rang % 5 == 4 else None
        personne = gens.soumise(depuis=entree, commune=vitry if rang % 3 else None, fin=partie)
        gens.fait(personne, GenreEvenement.CONVOCATION, suite)
        if rang % 4 == 3:
            gens.fait(personne, GenreEvenement.ABSENCE, suite)
            continue
        vers = operateur if rang % 2 else eds
        gens.orientation(personne, vers, suite, voie=Voie.EMPLOI if rang % 2 else Voie.SOCIAL)
        gens.referent(personne, vers, f.agent(structure=vers), suite)
        if rang % 4 == 1:
            gens.contrat(personne, vers, date(2025, 1 + rang, 25))
    return lac


def test_every_indicator_is_the_same(monde: Lac, tmp_path: Path) -> None:
    manifeste = monde.manifeste
    national = fabriquer(manifeste, manifeste.racine(), tmp_path / "national", personnes=24)
    tous = list(definitions().values())
    jours = [date(2025, 12, 31), manifeste.au]
    ici = list(sur_duckdb.calculer(national, jours, tous))
    assert {ligne.code for ligne in ici} >= {"personnes_sdd", "taux_contrat", "attente_orientation"}
    assert ecarts(ici, sur_spark.calculer(national, jours, tous)) == []
