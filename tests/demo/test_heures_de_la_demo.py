"""Hours of the demonstration: the same for a seed, lawful for the product, silences among them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from cordee.demo.heures import SEMAINES, noter_les_heures
from cordee.metier.contrats.models import Contrat, Engagement, HeuresRealisees
from cordee.metier.contrats.regles.heures import lundi
from cordee.metier.contrats.selectors.heures import heures_de
from cordee.metier.organismes.enums import RoleAgent
from tests import fabriques as f
from tests.metier.heures import sous_contrat

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
Photo = set[tuple[int, date, str, str, Decimal]]


def tirer(graine: int) -> Photo:
    with transaction.atomic():
        assert noter_les_heures(graine=graine, le=LE) == HeuresRealisees.objects.count()
        photo = set(HeuresRealisees.objects.values_list("personne", "semaine", "famille", "source", "heures"))
        transaction.set_rollback(True)
    return photo


def test_same_seed_same_hours_and_nothing_unlawful() -> None:
    eds = f.structure()
    agent = f.agent(RoleAgent.REFERENT, structure=eds)
    gens = [sous_contrat(eds, agent, depuis=date(2025, 9, 1))[0] for _ in range(12)]
    une = tirer(94)
    assert une == tirer(94)
    assert une != tirer(95)
    noter_les_heures(graine=94, le=LE)
    semaines = {s for _, s, *_ in une}
    assert max(semaines) == lundi(LE.date()) - timedelta(days=7)
    assert len(semaines) <= SEMAINES
    for contrat in Contrat.objects.filter(derniere_semaine__isnull=False):
        dites = heures_de(contrat.personne, du=contrat.derniere_semaine or LE.date(), au=LE.date())
        assert dites[-1].renseignee, "la dernière semaine notée au contrat est celle des heures"
    assert 0 < len({pk for pk, *_ in une}) <= len(gens)
    assert not HeuresRealisees.objects.filter(saisie_le__gt=LE).exists()
    assert not Engagement.objects.filter(etat="tenu", tenu_le__gt=LE.date()).exists()
