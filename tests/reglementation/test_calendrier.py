"""E13: one place counts delays, with two readings of a closed day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.reglementation.calendrier import (
    ajouter_jours_ouvres,
    ajouter_mois,
    echeance_interne,
    est_jour_ouvre,
    expiration_pour_la_personne,
    jours_feries,
    jours_ouvres_entre,
    milieu,
)

JOURS = st.dates(date(2009, 6, 1), date(2040, 12, 31))
MOIS = st.integers(-120, 120)


def test_jours_feries_2026_sont_les_onze_du_code_du_travail() -> None:
    assert set(jours_feries(2026)) == {
        date(2026, mois, jour)
        for mois, jour in [
            (1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25),
        ]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("jour", "n", "attendu"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_ajouter_mois_va_de_quantieme_a_quantieme_ou_au_dernier_jour(jour: date, n: int, attendu: date) -> None:
    assert ajouter_mois(jour, n) == attendu


@given(JOURS, MOIS)
def test_ajouter_mois_avance_du_nombre_de_mois_sans_jamais_depasser_le_quantieme(jour: date, n: int) -> None:
    fin = ajouter_mois(jour, n)
    assert (fin.year * 12 + fin.month) - (jour.year * 12 + jour.month) == n
    assert fin.day <= jour.day
    assert fin.day == jour.day or (fin + timedelta(days=1)).day == 1


@given(JOURS, JOURS, MOIS)
def test_ajouter_mois_garde_l_ordre(a: date, b: date, n: int) -> None:
    if a <= b:
        assert ajouter_mois(a, n) <= ajouter_mois(b, n)


@given(JOURS, st.integers(1, 80))
def test_ajouter_puis_compter_les_jours_ouvres_redonne_le_nombre(jour: date, n: int) -> None:
    fin = ajouter_jours_ouvres(jour, n)
    assert est_jour_ouvre(fin)
    assert jours_ouvres_entre(jour, fin) == n
    assert jours_ouvres_entre(fin, jour) == -n


@given(JOURS, st.integers(1, 80))
def test_reculer_est_le_miroir_d_avancer_entre_jours_ouvres(jour: date, n: int) -> None:
    depart = echeance_interne(jour)
    assert ajouter_jours_ouvres(ajouter_jours_ouvres(depart, n), -n) == depart


@given(JOURS)
def test_les_deux_lectures_encadrent_le_terme_de_jours_fermes_seulement(terme: date) -> None:
    avant, apres = echeance_interne(terme), expiration_pour_la_personne(terme)
    assert avant <= terme <= apres
    assert est_jour_ouvre(avant)
    assert est_jour_ouvre(apres)
    fermes = [avant + timedelta(days=i) for i in range(1, (apres - avant).days)]
    assert not any(map(est_jour_ouvre, fermes))
    assert (avant == apres) == est_jour_ouvre(terme)


@pytest.mark.parametrize(
    ("terme", "interne", "personne"),
    [
        (date(2026, 5, 14), date(2026, 5, 13), date(2026, 5, 15)),  # Ascension, a Thursday
        (date(2026, 5, 24), date(2026, 5, 22), date(2026, 5, 26)),  # Sunday before Whit Monday
        (date(2026, 5, 26), date(2026, 5, 26), date(2026, 5, 26)),
        (date(2027, 1, 1), date(2026, 12, 31), date(2027, 1, 4)),
    ],
)
def test_terme_un_jour_ferme(terme: date, interne: date, personne: date) -> None:
    assert (echeance_interne(terme), expiration_pour_la_personne(terme)) == (interne, personne)


def test_le_pont_de_l_ascension_2026_allonge_dix_jours_ouvres() -> None:
    assert ajouter_jours_ouvres(date(2026, 5, 7), 10) == date(2026, 5, 26)


def test_milieu_refuse_une_periode_a_l_envers() -> None:
    with pytest.raises(ValueError, match="avant de commencer"):
        milieu(date(2026, 2, 2), date(2026, 2, 1))
