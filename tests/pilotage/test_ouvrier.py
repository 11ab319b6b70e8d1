"""What the worker does of the figures, by day and by night."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from cordee.configuration.taches import rafraichir_les_chiffres, refaire_les_chiffres
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.pilotage.models import Calcul
from cordee.pilotage.selectors import fraicheur, indicateurs, serie
from tests.pilotage import gens
from tests.pilotage.conftest import Lac


def test_figures_follow_within_ten_minutes_and_history_in_time(lac: Lac, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve past months at a time, the last ones first: two years are there after two rounds."""
    monkeypatch.setenv("CORDEE_MAINTENANT", "2023-11-15T09:00")
    gens.soumise()
    rafraichir_les_chiffres(timestamp=0)
    assert fraicheur().au == date(2023, 11, 15)
    assert Calcul.objects.count() == 13
    rafraichir_les_chiffres(timestamp=0)
    assert [v.numerateur for v in serie(pour=None, code="foyers_allocataires")] == [None] * 24  # one household: hidden
    for _ in range(6):
        gens.soumise()
    rafraichir_les_chiffres(timestamp=0)
    (valeur,) = indicateurs(pour=None, codes=["personnes_sdd"])
    assert valeur.valeur == 7


def test_every_night_what_was_erased_leaves_the_figures(lac: Lac, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2022-01-20T09:00")
    personnes = [gens.soumise() for _ in range(6)]
    for personne in personnes:
        gens.fait(personne, E.CONTACT, date(2022, 1, 10), resultat="jointe")
    rafraichir_les_chiffres(timestamp=0)
    assert _jamais() == 0
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL cordee.effacement = 'oui'; DELETE FROM parcours_evenement")
    refaire_les_chiffres(timestamp=0)
    assert _jamais() == 6


def _jamais() -> float | None:
    (valeur,) = indicateurs(pour=None, codes=["jamais_accompagnees"])
    return valeur.valeur
