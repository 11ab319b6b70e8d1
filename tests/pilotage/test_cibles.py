"""Targets: nothing is rewritten, last year's promise stays beside the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.pilotage.cibles import selectors
from cordee.pilotage.cibles.services import REMPLACEE, CibleRefusee, Engagement, fixer, retirer
from cordee.pilotage.entetes import IndicateurInconnu
from cordee.pilotage.models import Cible
from tests import fabriques as f
from tests.fabriques import MAINTENANT

pytestmark = pytest.mark.django_db
PROMIS = Engagement(organisme="Direction", origine="Délibération du 3 mars 2025", fixee_le=date(2025, 3, 3))
FIN_2025, FIN_2026 = date(2025, 12, 31), date(2026, 12, 31)


@pytest.fixture
def par() -> Agent:
    f.commune()
    return f.agent(RoleAgent.PILOTAGE)


def viser(par: Agent, valeur: float = 60, echeance: date = FIN_2026, **autres: Any) -> Cible:
    donnees: dict[str, Any] = {"code": "taux_contrat", "territoire": "94", "engagement": PROMIS, "le": MAINTENANT}
    return fixer(valeur=valeur, echeance=echeance, par=par, **{**donnees, **autres})


def test_a_new_value_replaces_the_old_one_which_stays_written(par: Agent) -> None:
    ancienne = viser(par, 60)
    nouvelle = viser(par, 70, le=MAINTENANT + timedelta(days=1))
    assert list(selectors.toutes()) == [nouvelle]
    [retiree] = selectors.toutes(retirees=True)
    assert (retiree.pk, retiree.valeur, retiree.motif, retiree.retiree_par) == (ancienne.pk, 60, REMPLACEE, par)


def test_the_next_target_and_the_last_promise_of_a_day(par: Agent) -> None:
    promesse, proche, lointaine = viser(par, 50, FIN_2025), viser(par, 60), viser(par, 80, date(2027, 12, 31))
    au = MAINTENANT.date()
    assert selectors.cibles(["taux_contrat"], "94", au) == {"taux_contrat": proche}
    assert selectors.promesses(["taux_contrat"], "94", au) == {"taux_contrat": promesse}
    assert selectors.cibles(["taux_contrat"], "94", date(2025, 6, 30)) == {"taux_contrat": promesse}
    assert selectors.cibles(["taux_contrat"], "94", date(2027, 6, 30)) == {"taux_contrat": lointaine}
    assert selectors.cibles(["taux_contrat"], "94", date(2025, 3, 2)) == {}, "nobody had said it yet"
    assert selectors.cibles(["taux_contrat"], "94028", au) == {}
    assert selectors.promesses(["taux_contrat"], "94", date(2027, 7, 31)) == {"taux_contrat": proche}


def test_a_target_given_up_stays_beside_the_figures_of_its_time(par: Agent) -> None:
    cible = viser(par)
    retirer(cible=cible, motif="Abandonnée par la délibération de mars", par=par, le=MAINTENANT)
    assert selectors.cibles(["taux_contrat"], "94", MAINTENANT.date()) == {}
    assert selectors.cibles(["taux_contrat"], "94", date(2025, 12, 1)) == {"taux_contrat": cible}
    with pytest.raises(CibleRefusee, match="déjà retirée"):
        retirer(cible=cible, motif="encore", par=par, le=MAINTENANT)


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"territoire": "75056"}, "choisissez-en un autre"),
        ({"valeur": 120}, "de 0 à 100"),
        ({"valeur": float("nan")}, "valeur positive"),
        ({"echeance": date(2025, 3, 2)}, "avant la date"),
        ({"engagement": replace(PROMIS, organisme=" ")}, "qui répond"),
        ({"engagement": replace(PROMIS, origine="")}, "d'où vient"),
    ],
)
def test_what_cannot_be_aimed_at_is_said(par: Agent, change: dict[str, Any], phrase: str) -> None:
    with pytest.raises(CibleRefusee, match=phrase):
        viser(par, **change)
    assert not Cible.objects.exists()


def test_an_unknown_indicator_and_a_reason_left_out(par: Agent) -> None:
    with pytest.raises(IndicateurInconnu):
        viser(par, code="bonheur")
    with pytest.raises(CibleRefusee, match="pourquoi"):
        retirer(cible=viser(par), motif="  ", par=par, le=MAINTENANT)


def test_the_database_keeps_one_and_its_owner(par: Agent) -> None:
    cible = viser(par)
    cible.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        cible.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cible.objects.update(organisme="", agent=None)
