from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.territoires.regles import cle_commune, departement_de, distance_km

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(POINTS, POINTS)
def test_une_distance_est_symetrique_et_bornee(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert 0 <= distance_km(a, b) <= 20_016  # half the Earth's circumference
    assert distance_km(a, a) == 0


def test_un_degre_de_latitude_fait_111_km() -> None:
    assert distance_km((48.0, 2.4), (49.0, 2.4)) == pytest.approx(111.19, abs=0.01)
    assert distance_km((48.0, 2.0), (48.0, 3.0)) == pytest.approx(74.4, abs=0.1)


@pytest.mark.parametrize(
    ("fichier", "officiel"),
    [
        ("ST MAUR DES FOSSES", "Saint-Maur-des-Fossés"),
        ("L HAY LES ROSES", "L'Haÿ-les-Roses"),
        ("LE KREMLIN BICETRE CEDEX", "Le Kremlin-Bicêtre"),
        ("IVRY S/ SEINE", "Ivry-sur-Seine"),
    ],
)
def test_les_ecritures_des_fichiers_se_rejoignent(fichier: str, officiel: str) -> None:
    assert cle_commune(fichier) == cle_commune(officiel)


def test_deux_communes_voisines_de_nom_restent_distinctes() -> None:
    assert cle_commune("Villeneuve-le-Roi") != cle_commune("Villeneuve-Saint-Georges")


@pytest.mark.parametrize(
    ("insee", "departement"), [("94081", "94"), ("2B033", "2B"), ("97105", "971"), ("01004", "01")]
)
def test_departement_d_un_code(insee: str, departement: str) -> None:
    assert departement_de(insee) == departement
