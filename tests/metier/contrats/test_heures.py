"""Hours really done: sources side by side, corrections kept, nothing that follows by itself, signals of the boards."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cordee.metier.contrats.enums import Empechement, FamilleActivite, PieceVue, SourceHeures
from cordee.metier.contrats.models import Contrat, Engagement, HeuresRealisees
from cordee.metier.contrats.regles.heures import Dite, Semaine, lundi, questions, retenir
from cordee.metier.contrats.selectors.heures import alertes_heures, ecart_offre, grille, heures_de, historique_de
from cordee.metier.contrats.services.heures import (
    HeuresRefusees,
    LigneSaisie,
    constater_heures,
    declarer_heures,
)
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.selectors import signaux
from cordee.metier.orientation.selectors.signaux import Signal, q_signal
from cordee.metier.parcours.models import Evenement
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.heures import Scene, sous_contrat

F, S = FamilleActivite, SourceHeures
LE = f.MAINTENANT  # Tuesday 17 February 2026
SEMAINE = lundi(LE.date()) - timedelta(days=7)
H = Decimal


@pytest.fixture
def scene(db: None) -> Scene:
    eds = f.structure()
    agent = f.agent(RoleAgent.REFERENT, structure=eds)
    return Scene(eds, agent, *sous_contrat(eds, agent, depuis=date(2025, 9, 1)))


class TestSources:
    def test_each_source_stays_and_the_strongest_counts(self, scene: Scene) -> None:
        p, eds, agent = scene.personne, scene.eds, scene.agent
        declarer_heures(personne=p, semaine=SEMAINE, heures={F.FORMATION: H(10)}, par=None, le=LE)
        vues = [LigneSaisie(personne=p.pk, heures={F.FORMATION: H(6)})]
        constater_heures(lignes=vues, semaine=SEMAINE, structure=eds, par=agent, le=LE)
        (semaine,) = heures_de(p, du=SEMAINE, au=SEMAINE)
        retenue = semaine.retenues[F.FORMATION]
        assert (retenue.heures, retenue.source) == (H(6), S.PRESENTE)
        assert "ce que dit la personne, 10 h, qui reste noté" in retenue.pourquoi
        assert "Manque-t-il une activité" in questions(semaine)[0]
        constater_heures(
            lignes=[LigneSaisie(personne=p.pk, heures={F.FORMATION: H(8)})], semaine=SEMAINE, structure=eds,
            piece_vue=PieceVue.EMARGEMENT, par=agent, le=LE,
        )  # fmt: skip
        (semaine,) = heures_de(p, du=SEMAINE, au=SEMAINE)
        assert semaine.total == H(8)
        assert {d.source for d in semaine.dites[F.FORMATION]} == set(S)
        assert semaine.prevues == H(15)

    def test_a_correction_keeps_what_was_said(self, scene: Scene) -> None:
        p = scene.personne
        for n in (10, 7, 7):
            declarer_heures(personne=p, semaine=SEMAINE, heures={F.RECHERCHE: H(n)}, par=scene.agent, le=LE)
        lignes = list(historique_de(p, semaine=SEMAINE))
        assert sorted((ligne.heures, ligne.remplacee_le is None) for ligne in lignes) == [(H(7), True), (H(10), False)]
        assert {ligne.saisie_par for ligne in lignes} == {scene.agent}, "dit par elle, saisi par un agent (R80)"

    def test_nothing_moves_on_the_path(self, scene: Scene) -> None:
        avant = Evenement.objects.count()
        declarer_heures(
            personne=scene.personne, semaine=SEMAINE, heures={F.FORMATION: H(0)}, empechement=Empechement.PAS_D_OFFRE,
            par=None, le=LE,
        )  # fmt: skip
        assert Evenement.objects.count() == avant
        (semaine,) = heures_de(scene.personne, du=SEMAINE, au=SEMAINE)
        assert (semaine.total, semaine.empechement) == (H(0), Empechement.PAS_D_OFFRE)

    @pytest.mark.parametrize(
        ("semaine", "heures", "mot"),
        [
            (lundi(LE.date()) + timedelta(days=7), H(3), "n'a pas commencé"),
            (SEMAINE + timedelta(days=1), H(3), "par son lundi"),
            (SEMAINE - timedelta(days=7 * 40), H(3), "26 semaines"),
            (SEMAINE, H(71), "de 0 à 70 h"),
            (SEMAINE, H("2.25"), "demi-heure"),
        ],
    )
    def test_refused_in_words(self, scene: Scene, semaine: date, heures: Decimal, mot: str) -> None:
        with pytest.raises(HeuresRefusees, match=mot):
            declarer_heures(personne=scene.personne, semaine=semaine, heures={F.RECHERCHE: heures}, par=None, le=LE)
        assert not HeuresRealisees.objects.exists()

    def test_the_database_keeps_one_word_per_source(self, scene: Scene) -> None:
        commun: dict[str, Any] = {
            "personne": scene.personne,
            "semaine": SEMAINE,
            "famille": F.FORMATION,
            "heures": 3,
            "saisie_le": LE,
        }
        HeuresRealisees.objects.create(source=S.DECLAREE, **commun)
        for faux in (
            {"source": S.DECLAREE},
            {"source": S.PRESENTE},
            {"source": S.DECLAREE, "semaine": date(2026, 2, 3)},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                HeuresRealisees.objects.create(**{**commun, **faux})


class TestGrid:
    def test_many_people_at_a_constant_cost_and_nobody_overwritten(
        self, scene: Scene, django_assert_num_queries: Any
    ) -> None:
        autres = [sous_contrat(scene.eds, scene.agent, depuis=date(2025, 9, 1))[0] for _ in range(4)]
        gens = [scene.personne, *autres]
        lignes = [LigneSaisie(personne=p.pk, heures={F.FORMATION: H(4)}, vues={}) for p in gens]
        commun: dict[str, Any] = {"semaine": SEMAINE, "structure": scene.eds, "par": scene.agent, "le": LE}
        with django_assert_num_queries(7):
            bilan = constater_heures(lignes=lignes, **commun)
        assert (bilan.ecrites, bilan.perimees) == (5, set())
        seconde = [LigneSaisie(personne=p.pk, heures={F.FORMATION: H(9)}, vues={}) for p in gens[:2]]
        assert constater_heures(lignes=seconde, **commun).perimees == {gens[0].pk, gens[1].pk}
        with django_assert_num_queries(4):
            lues = grille([p.pk for p in gens], semaine=SEMAINE, source=S.PRESENTE, structure=scene.eds.pk)
        assert {ligne.saisies[F.FORMATION] for ligne in lues.values()} == {H(4)}
        assert lues[scene.personne.pk].plan == {F.FORMATION: H(10), F.RECHERCHE: H(5)}


class TestSignals:
    def test_silence_is_told_until_somebody_speaks(self, scene: Scene) -> None:
        assert scene.signal(Signal.HEURES)
        declarer_heures(personne=scene.personne, semaine=SEMAINE, heures={F.RECHERCHE: H(5)}, par=None, le=LE)
        assert not scene.signal(Signal.HEURES)
        assert scene.signal(Signal.HEURES, LE + timedelta(days=35))

    def test_a_new_contract_or_a_plan_without_hours_awaits_nothing(self, scene: Scene) -> None:
        Contrat.objects.update(debut=date(2026, 2, 4))
        assert not scene.signal(Signal.HEURES)
        Contrat.objects.update(debut=date(2025, 9, 1), heures=0)
        assert not scene.signal(Signal.HEURES)

    def test_hours_to_look_at_again(self, scene: Scene) -> None:
        assert not scene.signal(Signal.HEURES_A_REVOIR)
        Contrat.objects.update(
            heures=0, motif_heures="parent_isole_sans_garde", enfant_ne_le=date(2014, 3, 1),
            revue_heures_le=date(2026, 6, 1), demande_dispense_le=date(2025, 9, 1),
        )  # fmt: skip
        assert scene.signal(Signal.HEURES_A_REVOIR)
        assert [a.le for a in alertes_heures(scene.personne, au=jour(LE))] == [date(2026, 3, 1), date(2026, 6, 1)]

    def test_our_late_promises(self, scene: Scene) -> None:
        promesse = Engagement.objects.create(
            contrat=scene.contrat, engage="organisme", texte="Envoyer la demande", avant_le=jour(LE) - timedelta(days=1)
        )
        assert scene.signal(Signal.PROMESSE)
        Engagement.objects.filter(pk=promesse.pk).update(etat="tenu", tenu_le=jour(LE))
        assert not scene.signal(Signal.PROMESSE)

    def test_every_signal_has_its_condition(self) -> None:
        assert {s for s in Signal if q_signal(s, maintenant=LE) is not None} == set(Signal)
        with pytest.raises(ValueError, match="upper room"):
            signaux.enregistrer(Signal.SANS_RDV, lambda _, __: None)  # type: ignore[arg-type,return-value]


def test_planned_against_what_is_known_of_the_offer(scene: Scene) -> None:
    declarer_heures(personne=scene.personne, semaine=SEMAINE, heures={F.FORMATION: H(8)}, par=None, le=LE)
    ecart = ecart_offre(pour=scene.agent, maintenant=LE, droits=habilitation(scene.agent, au=jour(LE)))
    besoins = {b.famille: b for b in ecart.familles}
    assert (besoins[F.FORMATION].personnes, besoins[F.FORMATION].prevues) == (1, H(10))
    assert besoins[F.FORMATION].realisees == H(2), "huit heures sur quatre semaines"
    assert {b.organisees for b in ecart.familles} == {None}, "l'offre n'est pas renseignée : rien n'est inventé"


def test_two_bodies_add_up_and_a_long_week_is_asked_about() -> None:
    dites = (Dite(S.PRESENTE, H(20), "A"), Dite(S.PRESENTE, H(18), "B"), Dite(S.DECLAREE, H(38), "la personne"))
    retenue = retenir(dites)
    assert retenue is not None
    assert retenue.heures == H(38)
    assert "au-delà de 35 h" in questions(Semaine(SEMAINE, H(15), dites={F.ACTIVITE: dites}))[0]
