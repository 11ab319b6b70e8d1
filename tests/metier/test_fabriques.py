"""The factories themselves: what they promise to other tests."""

from __future__ import annotations

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def test_a_new_entrant_is_to_be_convened() -> None:
    p = f.soumise(f.structure())
    assert Situation.objects.get(personne=p).etat == Etat.ENTRANTE


def test_an_accompanied_person_has_her_referent_and_her_contract() -> None:
    eds = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    p = f.soumise(eds)
    f.accompagnee(p, eds, lea)
    situation = Situation.objects.get(personne=p)
    assert (situation.etat, situation.referent_agent) == (Etat.ACCOMPAGNEE, lea)
