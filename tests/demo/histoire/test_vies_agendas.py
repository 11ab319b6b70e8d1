"""Appointments of lives lived apart: the référent gets those she can keep."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cordee.demo.histoire.vies.agendas import attribuer
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import RendezVous
from tests import fabriques as f

pytestmark = pytest.mark.django_db
DEMAIN = f.MAINTENANT + timedelta(days=1)


def _rendez_vous(eds: Structure, lea: Agent, debut: datetime, genre: GenreRendezVous) -> RendezVous:
    personne = f.soumise(eds)
    f.accompagnee(personne, eds, lea)
    return RendezVous.objects.create(
        personne=personne, genre=genre, modalite=ModaliteRendezVous.PHYSIQUE, structure=eds, debut=debut,
        fin=debut + timedelta(minutes=45),
    )  # fmt: skip


def test_two_people_at_the_same_hour_the_first_keeps_the_referent() -> None:
    eds = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    premier = _rendez_vous(eds, lea, DEMAIN, GenreRendezVous.CONTRAT)
    meme_heure = _rendez_vous(eds, lea, DEMAIN + timedelta(minutes=30), GenreRendezVous.CONTRAT)
    plus_tard = _rendez_vous(eds, lea, DEMAIN + timedelta(hours=2), GenreRendezVous.ACCOMPAGNEMENT)
    orientation = _rendez_vous(eds, lea, DEMAIN + timedelta(hours=4), GenreRendezVous.ORIENTATION)
    assert attribuer() == 2
    assert attribuer() == 0
    for rdv, agent in ((premier, lea), (meme_heure, None), (plus_tard, lea), (orientation, None)):
        rdv.refresh_from_db()
        assert rdv.agent == agent
