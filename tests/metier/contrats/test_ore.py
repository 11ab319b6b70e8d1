"""The reasonable offer still to be defined: who is told of it, until when, who never is (R5411-15-1, E14)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.contrats.selectors.ore import ore_avant_le
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.selectors.signaux import Signal
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Echeance, Evenement
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.heures import LE, Scene, sous_contrat

AU = jour(LE)  # 17 February 2026


@pytest.fixture
def scene(db: None) -> Scene:
    """A contract signed on 1 September 2025, whose plan has hours of search: 1 March 2026 is a Sunday."""
    eds = f.structure()
    agent = f.agent(RoleAgent.REFERENT, structure=eds)
    return Scene(eds, agent, *sous_contrat(eds, agent, depuis=date(2025, 9, 1)))


def terme(scene: Scene) -> date | None:
    dit = ore_avant_le([scene.personne.pk], au=AU).get(scene.personne.pk)
    assert (dit is not None) == scene.signal(Signal.ORE), "le tableau et la page disent la même chose"
    return dit


def test_six_months_from_the_signature_and_nothing_else_is_written(scene: Scene) -> None:
    avant = Evenement.objects.count(), Echeance.objects.count()
    assert terme(scene) == date(2026, 2, 27)
    assert (Evenement.objects.count(), Echeance.objects.count()) == avant


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"ore_emploi": "Cuisinier", "ore_zone": "Créteil", "ore_salaire": "12 €"}, False),
        ({"ore_emploi": "Cuisinier", "ore_zone": "Créteil"}, True),
        ({"debut": date(2025, 3, 21)}, False),
        ({"debut": date(2025, 3, 22)}, True),
        ({"genre": "cer"}, False),
        ({"fin": date(2026, 2, 1)}, False),
    ],
)
def test_only_what_is_missing_in_force_since_the_rule_exists(scene: Scene, champs: dict[str, Any], dit: bool) -> None:
    Contrat.objects.update(**champs)
    assert (terme(scene) is not None) is dit


def test_never_in_the_social_path(scene: Scene) -> None:
    f.orientee(scene.personne, scene.eds, voie=Voie.SOCIAL, le=LE)
    assert terme(scene) is None


def test_only_when_the_project_includes_salaried_work(scene: Scene) -> None:
    Engagement.objects.filter(famille="recherche").update(etat="abandonne")
    assert terme(scene) is None
    Contrat.objects.update(ore_zone="Créteil")
    assert terme(scene) is not None, "un élément écrit dit que le projet comporte un emploi"


def test_an_update_does_not_start_the_months_again(scene: Scene) -> None:
    premier = scene.contrat
    Contrat.objects.filter(pk=premier.pk).update(fin=date(2025, 12, 1))
    suite = Contrat.objects.create(
        personne=scene.personne, genre="contrat_engagement", structure=scene.eds, debut=date(2025, 12, 1),
        signe_personne_le=date(2025, 12, 1), signe_referent_le=date(2025, 12, 1), precedent=premier, ore_zone="Créteil",
        cree_le=LE, cree_par=scene.agent,
    )  # fmt: skip
    assert terme(scene) == date(2026, 2, 27)
    Contrat.objects.filter(pk=suite.pk).update(debut=date(2025, 12, 15))
    assert terme(scene) == date(2026, 6, 15), "le premier avait pris fin : c'est un autre contrat"
