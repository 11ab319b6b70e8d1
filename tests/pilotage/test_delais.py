"""How long: mature cohorts, those who wait never forgotten, what is due to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.personnes.models import DroitPersonne, Personne
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)
RECU = date(2025, 9, 6)


@pytest.fixture(autouse=True)
def premier_fichier(lac: Lac) -> None:
    """Somebody of the stock: the first file makes no arrivals."""
    gens.soumise()


def entrante(recu_le: date = RECU, **champs: object) -> Personne:
    """Known by the file received that day, her right of the month before the photo."""
    photo = recu_le.replace(day=1) - timedelta(days=1)
    return gens.soumise(depuis=photo, demande_le=photo.replace(day=1), **champs)  # type: ignore[arg-type]


def test_the_delay_is_shared_between_the_payer_the_service_and_absences(lac: Lac) -> None:
    """1 August: right. 6 September: received. Missed on the 20th, met on the 30th, oriented on 10 October."""
    personne = entrante()
    gens.fait(personne, E.CONVOCATION, date(2025, 9, 8))
    gens.fait(personne, E.ABSENCE, date(2025, 9, 20))
    gens.fait(personne, E.PRESENCE, date(2025, 9, 30))
    gens.orientation(personne, f.structure(), date(2025, 10, 10))
    moyenne, caisse, absences, service = (
        lac.mesure(c, AU)[0] for c in ("delai_orientation_moyen", "delai_caisse", "delai_absences", "delai_service")
    )
    assert (moyenne, caisse, absences, service) == (70, 36, 10, 24)


def test_who_still_waits_weighs_on_the_median(lac: Lac) -> None:
    """Two oriented in 50 and 60 days, three waiting: the median is not reached; the one who left is told apart."""
    eds = f.structure()
    for jours in (50, 60):
        gens.orientation(entrante(), eds, date(2025, 8, 1) + timedelta(days=jours))
    for _ in range(2):
        entrante()
    sortie = entrante()
    DroitPersonne.objects.filter(personne=sortie).update(fin=date(2025, 12, 31))
    assert lac.mesure("delai_orientation", AU) == (60, None, 4, 1)
    assert lac.mesure("delai_orientation_p90", AU) == (None, None, 4, 1)
    entrante()
    assert lac.mesure("delai_orientation", AU)[0] is None
    assert lac.mesure("delai_orientation_moyen", AU) == (55, 110, 2, 4)


def test_only_cohorts_old_enough_are_judged(lac: Lac) -> None:
    eds = f.structure()
    for recu in (date(2025, 4, 6), date(2025, 12, 6)):
        gens.orientation(entrante(recu), eds, recu + timedelta(days=5))
    assert lac.mesure("delai_orientation", AU) == (None, None, None, 0)
    gens.orientation(entrante(date(2025, 10, 6)), eds, date(2025, 10, 11))
    assert lac.mesure("delai_orientation", AU)[2] == 1


def test_a_spouse_in_an_old_household_has_her_own_delay(lac: Lac) -> None:
    """Her right starts on the day a file says she is subject, not when the household asked in 2015."""
    personne = entrante()
    personne.ouvertures.update(demande_le=date(2015, 3, 2), effet_le=date(2015, 3, 1))
    gens.orientation(personne, f.structure(), date(2025, 9, 30))
    assert lac.mesure("delai_caisse", AU)[0] == 6  # photo of 31 August, received on 6 September


def test_the_legal_delay_starts_at_the_reception(lac: Lac) -> None:
    """Six weeks since 2025 (D262-65-2); not over yet: not counted."""
    eds = f.structure()
    a_temps, tard, _jamais = (entrante() for _ in range(3))
    gens.orientation(a_temps, eds, RECU + timedelta(days=42))
    gens.orientation(tard, eds, RECU + timedelta(days=43))
    entrante(date(2026, 1, 6))
    assert lac.mesure("orientation_delai_legal", AU)[1:] == (1, 3, 0)
    assert lac.qui("orientation_delai_legal", AU) == {a_temps.pk}


def test_the_legal_delay_was_two_months_before_2025(lac: Lac) -> None:
    recu = date(2024, 6, 6)
    gens.orientation(entrante(recu), f.structure(), recu + timedelta(days=60))
    assert lac.mesure("orientation_delai_legal", date(2024, 9, 30))[1:] == (1, 1, 0)


def test_how_long_those_who_wait_have_waited(lac: Lac) -> None:
    """The one of the stock waits since the first file."""
    for recu in (date(2026, 1, 6), date(2025, 12, 6)):
        entrante(recu)
    gens.orientation(entrante(), f.structure(), date(2025, 9, 10))
    assert lac.mesure("attente_orientation", AU) == (56, None, 3, 0)
    assert lac.mesure("en_attente_orientation", AU)[0] == 3


def test_convened_within_fifteen_days(lac: Lac) -> None:
    recu = date(2025, 12, 6)
    for jours in (3, 15, 20):
        gens.fait(entrante(recu), E.CONVOCATION, recu + timedelta(days=jours))
    entrante(recu)
    gens.orientation(entrante(recu), f.structure(), recu)  # oriented on her file: nobody convenes her
    assert lac.mesure("convoquees_15_jours", AU)[1:] == (2, 4, 0)
    assert lac.mesure("delai_convocation", AU)[0] == 15


def test_a_corrected_event_never_happened(lac: Lac) -> None:
    personne = entrante(date(2025, 12, 6))
    convocation = gens.fait(personne, E.CONVOCATION, date(2025, 12, 9))
    assert lac.mesure("convoquees_15_jours", AU)[1] == 1
    gens.annuler(convocation)
    assert lac.mesure("convoquees_15_jours", AU)[1] == 0
