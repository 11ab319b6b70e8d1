"""Orientations by default, signed together (R262-65-3, E07)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.services import OrientationRefusee
from cordee.metier.orientation.services.defaut import a_orienter_par_defaut, prononcer_par_defaut
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.services import constater
from cordee.metier.suivi.absences import a_rappeler, chez_l_operateur, suites
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.services import noter_aller_vers
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation

J = timedelta(days=1)


def absente(equipe: Equipe, *, depuis: int, **champs: object) -> Personne:
    """Received ``depuis`` days ago, convened, absent."""
    recue: datetime = LE - depuis * J
    personne = equipe.entrante(le=recue, **champs)
    rdv = equipe.convoquer(personne, le=recue + J, debut=recue + 8 * J)
    constater(rendez_vous=rdv, statut=StatutRendezVous.ABSENT, par=equipe.samia, le=recue + 8 * J + J / 24)
    return personne


@pytest.fixture
def odile(equipe: Equipe) -> Agent:
    return f.agent(RoleAgent.ENCADRANT, structure=equipe.eds)


def file(odile: Agent) -> list[Situation]:
    return list(a_orienter_par_defaut(pour=odile, au=jour(LE)))


class TestFile:
    def test_from_the_fourth_week_and_only_those_never_met(self, equipe: Equipe, odile: Agent) -> None:
        prete, tot = absente(equipe, depuis=28), absente(equipe, depuis=27)
        vue = absente(equipe, depuis=30)
        f.evenement(vue, GenreEvenement.PRESENCE)
        f.evenement(equipe.entrante(le=LE - 35 * J), GenreEvenement.COURRIER_REVENU)  # never convened
        assert [s.personne for s in file(odile)] == [prete]
        assert {s.personne for s in a_rappeler(pour=odile, au=jour(LE))} >= {prete, tot}

    def test_every_attempt_made_she_is_there_before(self, equipe: Equipe, odile: Agent) -> None:
        personne = absente(equipe, depuis=12)
        for essai in range(3):
            noter_aller_vers(
                personne=personne, genre=GenreContactSuivi.APPEL, resultat=ResultatContact.MESSAGE, par=equipe.samia,
                le=LE - (3 - essai) * J,
            )  # fmt: skip
        assert situation(personne).etat == Etat.A_ORIENTER_PAR_DEFAUT
        assert [s.personne for s in file(odile)] == [personne]

    def test_what_was_tried_is_told(self, equipe: Equipe, odile: Agent) -> None:
        personne = absente(equipe, depuis=20)
        f.contact(personne, "0601020304")
        noter_aller_vers(
            personne=personne, genre=GenreContactSuivi.APPEL, resultat=ResultatContact.MESSAGE, par=equipe.samia, le=LE
        )
        (suite,) = suites(list(a_rappeler(pour=odile, au=jour(LE))), au=jour(LE))
        assert (suite.convocations, suite.absences, suite.tentatives, suite.reste) == (1, 1, 1, 2)
        assert (suite.telephone, suite.appelee_aujourdhui, suite.complete) == ("0601020304", True, False)
        assert suite.defaut_le == jour(LE) + 8 * J
        assert suite.terme == jour(LE) + 22 * J


class TestSigner:
    def test_one_act_one_decision_each(self, equipe: Equipe, odile: Agent) -> None:
        gens = [absente(equipe, depuis=30) for _ in range(3)]
        bilan = prononcer_par_defaut(situations=file(odile), voie=Voie.SOCIAL, par=odile, le=LE)
        assert (len(bilan.decisions), dict(bilan.refusees)) == (3, {})
        faits = Evenement.objects.filter(acte=bilan.acte)
        assert {e.personne_id for e in faits} == {p.pk for p in gens}
        assert {e.genre for e in faits} == {GenreEvenement.ORIENTATION_DECIDEE}
        for personne in gens:
            decision = Orientation.objects.get(personne=personne, fin__isnull=True)
            assert (decision.par_defaut, decision.decidee_par, decision.structure) == (True, odile, equipe.eds)
            assert decision.motifs == ["informations_manquantes"]
            assert etape(personne).genre == GenreEtape.NOTIFIER
        assert file(odile) == []

    def test_who_cannot_be_is_told_and_the_others_are_signed(self, equipe: Equipe, odile: Agent) -> None:
        prete, changee = absente(equipe, depuis=30), absente(equipe, depuis=31)
        lues = file(odile)
        f.evenement(changee, GenreEvenement.PRESENCE)  # she came meanwhile
        bilan = prononcer_par_defaut(situations=lues, voie=Voie.SOCIAL, par=odile, le=LE)
        assert [o.personne for o in bilan.decisions] == [prete]
        assert "a été reçue" in bilan.refusees[changee.pk]

    def test_nobody_and_too_many_are_refused(self, equipe: Equipe, odile: Agent) -> None:
        with pytest.raises(OrientationRefusee, match="au moins une"):
            prononcer_par_defaut(situations=[], voie=Voie.SOCIAL, par=odile, le=LE)
        absente(equipe, depuis=30)
        with pytest.raises(OrientationRefusee, match="100 personnes"):
            prononcer_par_defaut(situations=file(odile) * 101, voie=Voie.SOCIAL, par=odile, le=LE)


def test_past_six_weeks_they_are_the_operators(equipe: Equipe, odile: Agent) -> None:
    personne = absente(equipe, depuis=50)
    f.evenement(personne, GenreEvenement.DELAI_ORIENTATION_DEPASSE, par=f.systeme())
    assert [s.personne for s in chez_l_operateur(pour=odile, au=jour(LE))] == [personne]
    assert file(odile) == []
