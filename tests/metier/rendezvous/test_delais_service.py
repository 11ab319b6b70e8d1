"""Service levels: what is counted, from which day, and when somebody is warned (REQ-27)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import AlerteService, DimensionService, GenreRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.regles.derive import Mesure, Seuil, alertes
from cordee.metier.rendezvous.selectors.delais_service import (
    NiveauDeService,
    niveaux_de_service,
    semaines_de_service,
)
from cordee.metier.rendezvous.services import constater
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

J = timedelta(days=1)


def convoquee(
    equipe: Equipe, *, offerte: int, delai: int, structure: Structure | None = None, **champs: Any
) -> RendezVous:
    """Offered a date ``offerte`` days ago, ``delai`` days after her reception (the day before the offer)."""
    le = LE - offerte * J
    personne = equipe.entrante(le=le - J, **champs)
    return equipe.convoquer(personne, le=le, debut=le + (delai - 1) * J, structure=structure or equipe.eds)


def niveau(structure: Structure, *, le: datetime = LE, **champs: Any) -> NiveauDeService:
    return next(n for n in niveaux_de_service(maintenant=le, **champs) if n.structure == structure)


class TestMesures:
    def test_median_days_from_reception_to_the_first_date_offered(self, equipe: Equipe) -> None:
        for delai in (10, 20, 21, 22, 40):
            convoquee(equipe, offerte=3, delai=delai)
        for delai in (5, 6, 7, 8, 9):
            convoquee(equipe, offerte=60, delai=delai)
        n = niveau(equipe.eds)
        assert n.convocation == Mesure(21.0, 7.0, 5, 5)
        assert n.alertes["convocation"] == frozenset()  # five people conclude nothing

    def test_the_first_offer_counts_and_the_stock_does_not(self, equipe: Equipe) -> None:
        rdv = convoquee(equipe, offerte=20, delai=10)
        equipe.convoquer(rdv.personne, le=LE - 2 * J, debut=LE + 30 * J)  # a second one
        ancienne = equipe.entrante(le=LE - 500 * J)
        equipe.convoquer(ancienne, le=LE - 2 * J, debut=LE + 5 * J)
        assert niveau(equipe.eds).convocation.nombre == 1

    def test_interviews_held_and_no_shows(self, equipe: Equipe) -> None:
        rdvs = [convoquee(equipe, offerte=15, delai=8 + rang % 2) for rang in range(6)]
        for rang, rdv in enumerate(rdvs):
            statut = StatutRendezVous.ABSENT if rang < 2 else StatutRendezVous.HONORE
            constater(rendez_vous=rdv, statut=statut, par=equipe.samia, le=rdv.debut + J / 24)
        n = niveau(equipe.eds)
        assert (n.entretien.nombre, n.absences.nombre) == (4, 6)
        assert n.entretien.recente is None  # four people: nothing is shown (V9)
        assert n.absences.recente == pytest.approx(2 / 6)

    def test_by_place_or_by_sector(self, equipe: Equipe) -> None:
        for _ in range(5):
            convoquee(equipe, offerte=3, delai=12, structure=equipe.ccas)
        assert niveau(equipe.ccas).convocation.nombre == 5
        assert niveau(equipe.eds, par=DimensionService.SECTEUR).convocation.recente == 12.0
        assert [n.structure for n in niveaux_de_service(maintenant=LE, structures=[equipe.eds.pk])] == []

    def test_week_by_week(self, equipe: Equipe) -> None:
        for _ in range(5):
            convoquee(equipe, offerte=3, delai=14)
        semaines = semaines_de_service(structure=equipe.eds, au=jour(LE))
        assert len(semaines) == 12
        assert (semaines[-1].convocation, semaines[-1].convocations, semaines[0].convocations) == (14.0, 5, 0)

    def test_queries_do_not_depend_on_how_many(self, equipe: Equipe, django_assert_max_num_queries: Any) -> None:
        for structure in (equipe.eds, equipe.ccas, equipe.mission):
            convoquee(equipe, offerte=3, delai=12, structure=structure)
        with django_assert_max_num_queries(5):
            niveaux_de_service(maintenant=LE)


class TestEgaliser:
    def creneau(self, structure: Structure, jours: int, *, prises: int = 0) -> Creneau:
        return Creneau.objects.create(
            structure=structure, genre=GenreRendezVous.ORIENTATION, modalite="physique", places=1, prises=prises,
            debut=LE + jours * J, fin=LE + jours * J + J / 24,
        )  # fmt: skip

    def test_the_nearest_with_room_sooner(self, equipe: Equipe) -> None:
        creteil, vitry = f.commune(), f.commune("94081", "Vitry-sur-Seine")
        loin = f.commune("94048", "Marolles-en-Brie")
        for commune, point in ((creteil, (48.79, 2.455)), (vitry, (48.787, 2.39)), (loin, (48.737, 2.55))):
            commune.latitude, commune.longitude = point
            commune.save()
        for structure, commune in ((equipe.eds, creteil), (equipe.ccas, vitry), (equipe.mission, loin)):
            structure.commune = commune
            structure.save()
        self.creneau(equipe.eds, 20)
        self.creneau(equipe.eds, 2, prises=1)  # full
        self.creneau(equipe.ccas, 10)
        self.creneau(equipe.mission, 5)
        self.creneau(equipe.agence, 18)  # two days sooner: not worth a journey
        n = niveau(equipe.eds)
        assert n.premier_creneau == LE + 20 * J
        assert [v.structure for v in n.plus_tot] == [equipe.ccas, equipe.mission]
        assert n.plus_tot[0].km == pytest.approx(4.8, abs=0.3)
        assert niveau(equipe.mission).plus_tot == ()


@pytest.mark.parametrize(
    ("mesure", "attendues"),
    [
        (Mesure(24.0, 23.0, 20, 40), {AlerteService.CIBLE}),
        (Mesure(20.0, 14.0, 20, 40), {AlerteService.DERIVE}),
        (Mesure(27.0, 14.0, 20, 40), {AlerteService.CIBLE, AlerteService.DERIVE}),
        (Mesure(20.0, 18.0, 20, 40), set()),  # +11 %
        (Mesure(4.0, 2.0, 20, 40), set()),  # +100 %, but two days
        (Mesure(40.0, 10.0, 9, 40), set()),  # nine people
        (Mesure(20.0, 14.0, 20, 9), set()),  # nothing to compare with
        (Mesure(20.0, 0.0, 20, 40), set()),
        (Mesure(), set()),
    ],
)
def test_when_somebody_is_warned(mesure: Mesure, attendues: set[AlerteService]) -> None:
    assert alertes(mesure, Seuil(cible=21, hausse=0.3, pas=3, minimum=10)) == attendues


def test_a_merged_or_deleted_appointment_breaks_nothing(equipe: Equipe) -> None:
    rdv = convoquee(equipe, offerte=3, delai=12)
    Personne.objects.filter(pk=rdv.personne_id).update(canonique=equipe.entrante())
    assert niveau(equipe.eds).convocation.nombre == 1
