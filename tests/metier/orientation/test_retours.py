"""The référent of before an absence: who is proposed, until when, and who never is (R55)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cordee.metier.organismes.models import Affectation, Agent
from cordee.metier.orientation.models import DemandeChangement
from cordee.metier.orientation.selectors.retours import AncienReferent, ancien_referent
from cordee.metier.orientation.services import nommer_referent
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.models import LienAgent, Personne
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as monter

LE = f.MAINTENANT
IL_Y_A_DEUX_ANS, SORTIE = LE - timedelta(days=730), LE - timedelta(days=430)


@pytest.fixture
def equipe(db: None) -> Equipe:
    f.systeme()
    return monter()


@pytest.fixture
def revenue(equipe: Equipe) -> Personne:
    """Accompanied by Léa, gone fourteen months, back today with a new orientation to decide."""
    personne = f.soumise(equipe.eds, le=IL_Y_A_DEUX_ANS)
    f.accompagnee(personne, equipe.eds, equipe.lea, le=IL_Y_A_DEUX_ANS)
    f.evenement(personne, E.DROIT_CLOS, le=SORTIE)
    f.entree_sdd(personne, equipe.eds, le=LE)
    return personne


def propose(personne: Personne) -> AncienReferent | None:
    return ancien_referent(personne, Situation.objects.filter(pk=personne.pk).first(), au=jour(LE))


def test_the_one_of_before_with_her_room(equipe: Equipe, revenue: Personne) -> None:
    avant = Evenement.objects.count()
    ancien = propose(revenue)
    assert ancien is not None
    assert (ancien.agent, ancien.structure, ancien.garde) == (equipe.lea, equipe.eds, False)
    assert (ancien.jusqu_au, ancien.revenue_le) == (jour(SORTIE), jour(LE))
    assert ancien.places, "le barème dit ce qu'elle peut encore recevoir"
    assert Evenement.objects.count() == avant, "rien n'est décidé"


def test_a_short_absence_keeps_her_until_the_contact_is_resumed(equipe: Equipe) -> None:
    personne = f.soumise(equipe.eds, le=LE - timedelta(days=200))
    f.accompagnee(personne, equipe.eds, equipe.lea, le=LE - timedelta(days=200))
    assert propose(personne) is None, "elle n'est jamais partie"
    f.evenement(personne, E.FIN_SDD, le=LE - timedelta(days=60))
    assert propose(personne) is None, "elle n'est pas revenue"
    f.evenement(personne, E.RETOUR_SDD, le=LE, recu_le=jour(LE).isoformat(), localisation="secteur")
    ancien = propose(personne)
    assert ancien is not None
    assert (ancien.agent, ancien.garde, ancien.jusqu_au) == (equipe.lea, True, jour(LE - timedelta(days=60)))
    f.evenement(personne, E.CONTACT, le=LE, resultat="jointe")
    assert propose(personne) is None


@pytest.mark.parametrize("pourquoi", ["partie", "poste fini", "changement demandé", "proche"])
def test_who_is_never_proposed(equipe: Equipe, revenue: Personne, pourquoi: str) -> None:
    faire: dict[str, Any] = {
        "partie": lambda: Agent.objects.filter(pk=equipe.lea.pk).update(actif=False),
        "poste fini": lambda: Affectation.objects.filter(agent=equipe.lea).update(fin=jour(LE)),
        "changement demandé": lambda: DemandeChangement.objects.create(
            personne=revenue, agent=equipe.lea, motif="autre", demandee_le=SORTIE, demandee_par=equipe.samia
        ),
        "proche": lambda: LienAgent.objects.create(personne=revenue, agent=equipe.lea, soi_meme=False),
    }
    faire[pourquoi]()
    assert propose(revenue) is None


def test_not_where_she_does_not_work(equipe: Equipe, revenue: Personne) -> None:
    f.orientee(revenue, equipe.ccas, le=LE)
    assert propose(revenue) is None


def test_nothing_more_once_somebody_is_named(equipe: Equipe, revenue: Personne) -> None:
    f.orientee(revenue, equipe.eds, le=LE)
    assert propose(revenue) is not None
    nommer_referent(personne=revenue, agent=equipe.lea, par=equipe.samia, le=LE)
    assert propose(revenue) is None


def test_a_first_entry_costs_two_queries(equipe: Equipe, django_assert_max_num_queries: Any) -> None:
    personne = f.soumise(equipe.eds, le=LE)
    situation = Situation.objects.get(pk=personne.pk)
    with django_assert_max_num_queries(2):
        assert ancien_referent(personne, situation, au=date(2026, 2, 17)) is None
