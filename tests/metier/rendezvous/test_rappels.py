"""Reminders: once, in time, by a way that is open, never to those who know already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import MotifAnnulation
from cordee.metier.rendezvous.models import LienPersonnel, RendezVous
from cordee.metier.rendezvous.services import reponses
from cordee.metier.rendezvous.services.rappels import preparer_rappels
from cordee.socle.horloge import PARIS
from tests import fabriques as f

LE = datetime(2026, 2, 2, 9, tzinfo=PARIS)
LUNDI = datetime(2026, 2, 23, 10, tzinfo=PARIS)
JEUDI = datetime(2026, 2, 19, 8, 30, tzinfo=PARIS)


@pytest.fixture
def eds(settings: Any, db: None) -> Structure:
    settings.URL_PUBLIQUE = "https://cordee.exemple.invalid"
    f.systeme()
    return f.structure(commune=f.commune(), telephone="01 00 00 00 00")


def convoquer(eds: Structure, *, le: datetime = LE, telephone: str = "0601020304", debut: datetime = LUNDI) -> Personne:
    personne = f.soumise(eds, le=LE - timedelta(days=3))
    f.adresse(personne=personne)
    if telephone:
        f.contact(personne, telephone)
    services.reserver(
        creneau=f.creneau(eds, debut=debut), personne=personne, canal=Canal.COURRIER, par=f.systeme(), le=le
    )  # fmt: skip
    return personne


def rappels() -> list[Courrier]:
    return list(Courrier.objects.filter(genre=GenreCourrier.RAPPEL))


def test_two_working_days_before_and_once(eds: Structure) -> None:
    samia = convoquer(eds)
    assert preparer_rappels(par=f.systeme(), le=JEUDI - timedelta(days=1)) == 0
    assert preparer_rappels(par=f.systeme(), le=JEUDI) == 1
    assert preparer_rappels(par=f.systeme(), le=JEUDI + timedelta(days=1)) == 0
    (rappel,) = rappels()
    assert (rappel.personne, rappel.canal, rappel.etat) == (samia, Canal.SMS, "")
    texte = rappel.donnees["message_court"]["texte"]
    assert "23" in texte
    assert "RSA" not in texte
    assert "/rdv/" in texte


def test_a_night_without_a_worker_is_caught_up(eds: Structure) -> None:
    convoquer(eds)
    assert preparer_rappels(par=f.systeme(), le=LUNDI - timedelta(hours=20)) == 1


def test_those_who_know_already_are_left_in_peace(eds: Structure) -> None:
    convoquer(eds, le=JEUDI - timedelta(days=2))  # convened on Tuesday
    convoquer(eds, telephone="", debut=LUNDI + timedelta(hours=1))  # nothing but her letter
    confirmee = convoquer(eds, debut=LUNDI + timedelta(hours=2))
    lien = LienPersonnel.objects.get(personne=confirmee)
    reponses.confirmer(lien=lien, le=LE)
    annulee = convoquer(eds, debut=LUNDI + timedelta(hours=3))
    services.annuler(
        rendez_vous=RendezVous.objects.get(personne=annulee), motif=MotifAnnulation.SERVICE, par=f.systeme(), le=LE
    )  # fmt: skip
    assert preparer_rappels(par=f.systeme(), le=JEUDI) == 0
    assert rappels() == []


def test_as_many_queries_for_two_as_for_twelve(eds: Structure) -> None:
    comptes = []
    for nombre in (2, 12):
        for rang in range(nombre):
            convoquer(eds, telephone=f"06010203{rang + nombre:02d}", debut=LUNDI + rang * timedelta(minutes=10))
        with CaptureQueriesContext(connection) as requetes:
            assert preparer_rappels(par=f.systeme(), le=JEUDI) == nombre
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]
