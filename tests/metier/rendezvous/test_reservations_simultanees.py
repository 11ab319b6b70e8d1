"""Fifty people at once, with real connections: no slot is ever over its capacity; plans of bookings keep the count."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.courriers.enums import Canal
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.services.places import TIENNENT
from cordee.socle.erreurs import ErreurMetier
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe
from tests.metier.equipe import equipe as monter

S = StatutRendezVous


def tenues(creneau: Creneau) -> int:
    """Places held, counted on the appointments."""
    siens = RendezVous.objects.filter(statut__in=TIENNENT)
    return siens.filter(creneau=creneau).count() + siens.filter(suite=creneau).count()


@pytest.mark.django_db(transaction=True)
def test_fifty_bookings_at_once_never_exceed_the_capacity() -> None:
    """Three slots, eleven places in all, one with overbooking: eleven people get one, the others a clear message."""
    equipe = monter()
    creneaux = [
        f.creneau(equipe.eds, debut=LE + timedelta(days=7), places=1),
        f.creneau(equipe.eds, debut=LE + timedelta(days=8), places=3, surplus=1),
        f.creneau(equipe.eds, debut=LE + timedelta(days=9), places=6, genre=GenreRendezVous.COLLECTIF),
    ]
    personnes = [equipe.entrante() for _ in range(50)]
    depart = Barrier(10)

    def reserver(rang: int) -> str:
        if rang < depart.parties:
            depart.wait()
        try:
            services.reserver(
                creneau=creneaux[rang % 3], personne=personnes[rang], canal=Canal.COURRIER, par=equipe.samia, le=LE
            )
        except ErreurMetier as refus:
            return str(refus)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(max_workers=depart.parties) as fils:
        reponses = list(fils.map(reserver, range(50)))
    connection.close()
    assert reponses.count("") == 11
    assert {r for r in reponses if r} == {"Ce créneau n'a plus de place : choisissez-en un autre."}
    for creneau in Creneau.objects.all():
        assert creneau.prises == creneau.places + creneau.surplus == tenues(creneau)


PLAN = st.lists(
    st.tuples(
        st.sampled_from(["reserver", "annuler", "deplacer", "excuser", "venir", "fermer", "ouvrir"]),
        st.integers(0, 4),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=14,
)


class Monde:
    """Five people, three slots, and what an agent may try on them."""

    def __init__(self, equipe: Equipe) -> None:
        self.equipe = equipe
        self.personnes: list[Personne] = [equipe.entrante() for _ in range(4)]
        self.personnes.append(equipe.entrante(langue="tamoul", interprete=True))
        premier = f.creneau(equipe.eds, agent=equipe.lea, debut=LE + timedelta(days=2))
        self.creneaux = [
            premier,
            f.creneau(equipe.eds, agent=equipe.lea, debut=premier.fin),
            f.creneau(equipe.eds, debut=LE + timedelta(days=3), places=2, surplus=1),
        ]

    def jouer(self, acte: str, qui: int, ou: int) -> None:
        commun = {"par": self.equipe.samia, "le": LE}
        creneau = self.creneaux[ou]
        rdv = RendezVous.objects.filter(personne=self.personnes[qui]).order_by("-pk").first()
        if acte == "reserver":
            services.reserver(creneau=creneau, personne=self.personnes[qui], canal=Canal.COURRIER, **commun)
        elif acte == "fermer":
            services.fermer_creneaux(ids=[creneau.pk], motif="service", **commun)  # type: ignore[arg-type]
        elif acte == "ouvrir":
            services.rouvrir_creneaux(ids=[creneau.pk], **commun)
        elif rdv is None:
            return
        elif acte == "annuler":
            services.annuler(rendez_vous=rdv, motif=MotifAnnulation.PERSONNE, **commun)
        elif acte == "deplacer":
            services.deplacer(rendez_vous=rdv, version=rdv.version, creneau=creneau, canal=Canal.COURRIER, **commun)
        else:
            statut = S.EXCUSE if acte == "excuser" else S.HONORE
            le = LE if acte == "excuser" else rdv.debut
            services.constater(rendez_vous=rdv, statut=statut, par=self.equipe.samia, le=le)


@settings(max_examples=10)
@given(plan=PLAN)
def test_whatever_the_plan_the_count_is_true_and_within_the_capacity(equipe: Equipe, plan: list) -> None:  # type: ignore[type-arg]
    with f.sans_trace():
        monde = Monde(equipe)
        for acte, qui, ou in plan:
            try:
                monde.jouer(acte, qui, ou)
            except ErreurMetier:
                continue
        for creneau in Creneau.objects.all():
            assert creneau.prises == tenues(creneau)
        assert not Creneau.objects.filter(prises__gt=F("places") + F("surplus")).exists()
        for personne in monde.personnes:
            prevus = RendezVous.objects.filter(personne=personne, statut=S.PREVU)
            assert prevus.count() == prevus.values("debut").distinct().count()
