"""A national lake: many départements side by side, none of which meets another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cordee.pilotage.entetes import definition
from cordee.pilotage.lac.export import SCHEMA, exporter
from cordee.pilotage.national import sur_duckdb
from cordee.pilotage.national.fabrique import LacTropPetit, fabriquer
from cordee.pilotage.national.lac import DESCRIPTION, LacNational, LacNationalAbsent, lire
from cordee.pilotage.national.lignes import Ligne
from cordee.pilotage.national.reunion import ReunionRefusee, reunir
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

CODES = ("personnes_sdd", "foyers_allocataires", "taux_orientation", "charge_maximale", "attente_orientation")


@pytest.fixture
def petit(lac: Lac) -> Lac:
    """Three people in Créteil, one of them oriented, and her référent; one in Vitry."""
    structure = f.structure()
    for rang in range(3):
        personne = gens.soumise(depuis=date(2025, 10, 1))
        if not rang:
            gens.orientation(personne, structure, date(2025, 11, 3))
            gens.referent(personne, structure, f.agent(structure=structure), date(2025, 11, 3))
    gens.soumise(depuis=date(2025, 11, 1), commune=f.commune("94081", "Vitry-sur-Seine"))
    return lac


def _fabriquer(lac: Lac, sortie: Path, personnes: int) -> LacNational:
    manifeste = lac.manifeste
    return fabriquer(manifeste, manifeste.racine(), sortie, personnes=personnes)


def _chiffres(national: LacNational) -> dict[tuple[str, str], Ligne]:
    lignes = sur_duckdb.calculer(national, [national.au], [definition(c) for c in CODES])
    return {(x.code, x.territoire): x for x in lignes}


def test_three_departements_are_three_times_one(petit: Lac, tmp_path: Path) -> None:
    """Sums are thrice those of one, rates and maxima the same: nobody joins across copies."""
    un = {code: petit.cellules(code)["94"] for code in CODES}
    national = _fabriquer(petit, tmp_path / "national", personnes=11)
    assert (national.departements, national.synthetique) == (("01", "02", "03"), True)
    chiffres = _chiffres(national)
    for code in ("personnes_sdd", "foyers_allocataires"):
        assert chiffres[code, ""].valeur == 3 * (un[code].valeur or 0)
    for code in ("taux_orientation", "charge_maximale", "attente_orientation"):
        assert chiffres[code, ""].valeur == un[code].valeur
    assert [chiffres["personnes_sdd", c].valeur for c in ("01028", "02081", "03028")] == [3, 1, 3]


def test_it_is_read_again_from_its_folder(petit: Lac, tmp_path: Path) -> None:
    national = _fabriquer(petit, tmp_path / "national", personnes=1)
    assert lire(tmp_path / "national") == national


def test_a_folder_that_is_no_lake_says_what_to_do(petit: Lac, tmp_path: Path) -> None:
    with pytest.raises(LacNationalAbsent, match="reunir"):
        lire(tmp_path)
    _fabriquer(petit, tmp_path / "national", personnes=1)
    page = tmp_path / "national" / DESCRIPTION
    page.write_text(page.read_text("utf-8").replace('"sexe"', '"genre"'), "utf-8")
    with pytest.raises(LacNationalAbsent, match="autre version"):
        lire(tmp_path / "national")


def test_too_small_a_lake_cannot_be_a_country(petit: Lac, tmp_path: Path) -> None:
    with pytest.raises(LacTropPetit, match="compte 4 personnes soumises"):
        _fabriquer(petit, tmp_path / "national", personnes=2_000_000)


def _exporter(lac: Lac, dossier: Path, departement: str = "94") -> Path:
    """The lake as it leaves a département, made that of another one if asked."""
    exporter(lac.manifeste, dossier)
    for fichier in dossier.glob("*/94.parquet"):
        fichier.rename(fichier.with_stem(departement))
    page = dossier / SCHEMA
    page.write_text(page.read_text("utf-8").replace('"departement": "94"', f'"departement": "{departement}"'), "utf-8")
    return dossier


def test_exported_lakes_are_read_side_by_side(petit: Lac, tmp_path: Path) -> None:
    """Two départements whose structures bear the same numbers: nobody counts for the other's."""
    un = {code: petit.cellules(code)["94"] for code in CODES}
    exports = [_exporter(petit, tmp_path / "a"), _exporter(petit, tmp_path / "b", "93")]
    national = reunir(exports, tmp_path / "national")
    assert (national.departements, national.synthetique) == (("94", "93"), False)
    chiffres = _chiffres(national)
    assert chiffres["personnes_sdd", ""].valeur == 2 * (un["personnes_sdd"].valeur or 0)
    assert chiffres["charge_maximale", ""].valeur == un["charge_maximale"].valeur


def test_what_cannot_be_one_is_refused(petit: Lac, tmp_path: Path) -> None:
    bon = _exporter(petit, tmp_path / "bon")
    with pytest.raises(ReunionRefusee, match="même département"):
        reunir([bon, bon], tmp_path / "n")
    with pytest.raises(ReunionRefusee, match="exporter"):
        reunir([tmp_path / "ailleurs"], tmp_path / "n")
    page = bon / SCHEMA
    page.write_text(page.read_text("utf-8").replace('"sexe"', '"genre"'), "utf-8")
    with pytest.raises(ReunionRefusee, match="autre version"):
        reunir([bon], tmp_path / "n")
