"""Weekly hours: planned, done, by whom they are told; why some plans are lighter. Hand-counted."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.contrats.enums import FamilleActivite, SourceHeures
from cordee.metier.contrats.models import HeuresRealisees
from cordee.metier.organismes.enums import TypeStructure
from tests import fabriques as f
from tests.pilotage import gens, gens_actes
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)  # a Saturday: the last four whole weeks begin on 29 December, 5, 12 and 19 January
LE = date(2025, 6, 2)


def test_planned_hours_and_why_some_plans_are_lighter(lac: Lac) -> None:
    """15, 20, 8 for health, 5 for childcare, none at her request, 10 without a reason; one contract says nothing."""
    eds = f.structure()
    plans = [(15, ""), (20, ""), (8, "sante"), (5, "famille"), (0, "handicap"), (10, "")]
    for combien, motif in plans:
        gens_actes.contrat_d_heures(gens.soumise(), eds, LE, combien, motif)
    gens_actes.contrat_d_heures(gens.soumise(), eds, LE, None)
    gens_actes.contrat_d_heures(gens.soumise(), eds, date(2026, 2, 2), 15)
    m = lac.mesures(
        "heures_prevues", "heures_dispensees", "heures_minorees", "heures_allegees", "heures_allegees_sante",
        "heures_allegees_famille", "heures_allegees_emploi", "heures_allegees_autre", au=AU,
    )  # fmt: skip
    assert m["heures_prevues"][:3] == (pytest.approx(58 / 6, abs=1e-3), 58, 6)
    assert m["heures_dispensees"][1:] == (1, 6, 0)
    assert m["heures_minorees"][1:] == (3, 6, 0)
    assert m["heures_allegees"][0] == 4
    assert (m["heures_allegees_sante"][0], m["heures_allegees_famille"][0]) == (2, 1)
    assert m["heures_allegees_emploi"] == (0, 0, None, 1)
    assert m["heures_allegees_autre"] == (0, 0, None, 1)


def test_the_strongest_source_counts_and_silence_is_no_idleness(lac: Lac) -> None:
    """One week: 10 said, 6 seen by two bodies for the same activity (they add up): 12 count, seen. Another activity of
    the same week: 3 said, 4 proved. Second person: 5 said each of two weeks. A third said nothing: unknown."""
    eds, ccas = f.structure(), f.structure(TypeStructure.CCAS)
    suivie, seule, muette = (gens.soumise() for _ in range(3))
    for personne in (suivie, seule, muette):
        gens_actes.contrat_d_heures(personne, eds, LE, 15)
    semaine = date(2026, 1, 12)
    gens_actes.heures(suivie, semaine, 10)
    gens_actes.heures(suivie, semaine, 6, SourceHeures.PRESENTE, eds)
    gens_actes.heures(suivie, semaine, 6, SourceHeures.PRESENTE, ccas)
    gens_actes.heures(suivie, semaine, 3, famille=FamilleActivite.FORMATION)
    gens_actes.heures(suivie, semaine, 4, SourceHeures.VERIFIEE, eds, famille=FamilleActivite.FORMATION)
    for lundi in (date(2025, 12, 29), date(2026, 1, 19)):
        gens_actes.heures(seule, lundi, 5)
    gens_actes.heures(seule, date(2025, 12, 22), 40)  # before the four weeks
    gens_actes.heures(seule, date(2026, 1, 26), 40)  # the week is not over
    corrigee = gens_actes.heures(seule, date(2026, 1, 5), 35)
    HeuresRealisees.objects.filter(pk=corrigee.pk).update(remplacee_le=gens.a(date(2026, 1, 20)))
    m = lac.mesures(
        "heures_faites", "heures_renseignees", "part_heures_declarees", "part_heures_constatees",
        "part_heures_justifiees", au=AU,
    )  # fmt: skip
    assert m["heures_faites"] == (pytest.approx((16 + 5) / 2), 21, 2, 1)
    assert m["heures_renseignees"][1:] == (2, 3, 0)
    assert m["part_heures_declarees"][1:3] == (10, 26)
    assert m["part_heures_constatees"][1:3] == (12, 26)
    assert m["part_heures_justifiees"][1:3] == (4, 26)
