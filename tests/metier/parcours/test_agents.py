"""Leavers: access cut, nobody left without an owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.organismes.enums import RoleAgent, Unite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.services import appliquer_departs, fermer_acces, quitter_structure, reconstruire
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
AU = jour(LE)
HIER = LE - timedelta(days=40)


@pytest.fixture
def eds() -> Structure:
    return f.structure()


@pytest.fixture
def chef(eds: Structure) -> Agent:
    return f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds)


def suivie(eds: Structure, referent: Agent) -> Personne:
    p = f.soumise(eds, le=HIER)
    f.accompagnee(p, eds, referent, le=HIER)
    return p


def test_people_go_back_to_the_structure_with_its_head_as_owner(eds: Structure, chef: Agent) -> None:
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    personnes = [suivie(eds, lea) for _ in range(3)]
    assert fermer_acces(agent=lea, a_compter_du=AU, par=chef, le=LE) == 3
    for p in personnes:
        situation = Situation.objects.select_related("etape").get(personne=p)
        assert situation.etat == Etat.ATTENTE_REFERENT
        assert situation.etape is not None
        assert (situation.etape.genre, situation.etape.unite) == (GenreEtape.NOMMER_REFERENT, Unite.CHEF_STRUCTURE)
        assert situation.etape.structure == eds
    assert set(personnes_visibles(pour=chef, au=AU + timedelta(days=60))) == set(personnes)
    assert not Rattachement.objects.filter(agent=lea, fin=None).exists()
    assert reconstruire(verifier=True) == []


def test_her_sessions_end_and_she_cannot_sign_in_any_more(eds: Structure, chef: Agent, client: Client) -> None:
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    client.force_login(lea, backend="django.contrib.auth.backends.ModelBackend")
    avant = lea.get_session_auth_hash()
    fermer_acces(agent=lea, a_compter_du=AU, par=chef, le=LE)
    assert lea.get_session_auth_hash() != avant
    assert not client.login(username=lea.courriel, password="secret")
    assert not lea.is_active
    assert lea.parti_le == LE
    assert habilitation(lea, au=AU).roles == frozenset()


def test_a_coreferent_who_leaves_is_no_longer_named(eds: Structure, chef: Agent) -> None:
    lea, max_ = (f.agent(RoleAgent.REFERENT, structure=eds) for _ in range(2))
    p = suivie(eds, lea)
    f.evenement(p, GenreEvenement.COREFERENT_NOMME, le=HIER, structure=eds.pk, agent=max_.pk)
    assert fermer_acces(agent=max_, a_compter_du=AU, par=chef, le=LE) == 0
    calcul = Situation.objects.get(personne=p).calcul
    assert (calcul["coreferent_structure"], calcul.get("coreferent_agent")) == (eds.pk, None)
    assert Situation.objects.get(personne=p).referent_agent == lea


def test_a_departure_to_come_waits_for_its_day(eds: Structure, chef: Agent) -> None:
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    p = suivie(eds, lea)
    depart = AU + timedelta(days=10)
    assert fermer_acces(agent=lea, a_compter_du=depart, par=chef, le=LE) == 1
    assert Situation.objects.get(personne=p).referent_agent == lea
    assert personnes_visibles(pour=lea, au=depart - timedelta(days=1)).exists()
    assert not personnes_visibles(pour=lea, au=depart).exists()
    la_veille = appliquer_departs(par=f.systeme(), le=LE + timedelta(days=9))
    le_jour = appliquer_departs(par=f.systeme(), le=LE + timedelta(days=10))
    encore = appliquer_departs(par=f.systeme(), le=LE + timedelta(days=11))
    assert la_veille == encore == {"comptes_fermes": 0, "personnes_rendues": 0}
    assert le_jour == {"comptes_fermes": 1, "personnes_rendues": 1}
    lea.refresh_from_db()
    assert not lea.actif
    assert Situation.objects.get(personne=p).referent_agent is None


def test_leaving_one_structure_of_two_keeps_the_other(eds: Structure, chef: Agent) -> None:
    autre = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    f.affecter(lea, RoleAgent.REFERENT, autre)
    ici, la_bas = suivie(eds, lea), suivie(autre, lea)
    assert quitter_structure(agent=lea, structure=eds, par=chef, le=LE) == 1
    assert Situation.objects.get(personne=ici).referent_agent is None
    assert Situation.objects.get(personne=la_bas).referent_agent == lea
    assert set(personnes_visibles(pour=lea, au=AU)) == {la_bas}
    assert lea.is_active


def test_a_role_that_ended_gives_its_people_back_the_next_time_departures_are_applied(eds: Structure) -> None:
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    p = suivie(eds, lea)
    lea.affectations.update(fin=AU)
    assert appliquer_departs(par=f.systeme(), le=LE) == {"comptes_fermes": 0, "personnes_rendues": 1}
    assert Situation.objects.get(personne=p).referent_agent is None


def test_nothing_is_given_back_for_somebody_who_died(eds: Structure) -> None:
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    f.evenement(suivie(eds, lea), GenreEvenement.DECES, le=LE)
    lea.affectations.update(fin=AU)
    assert appliquer_departs(par=f.systeme(), le=LE) == {"comptes_fermes": 0, "personnes_rendues": 0}


SITUATIONS = ("entrante", "orientee", "notifiee", "referent_nomme", "accompagnee", "interrompue", "sortie", "protegee")


def _placer(p: Personne, ou: str, eds: Structure, lea: Agent) -> None:
    E = GenreEvenement
    if ou == "entrante":
        return
    f.orientee(p, eds, le=HIER, notifiee=ou != "orientee")
    if ou in ("orientee", "notifiee"):
        return
    f.rattachement(p, eds, lea, finalite=FinaliteRattachement.REFERENT, debut=jour(HIER))
    f.evenement(p, E.REFERENT_NOMME, le=HIER, structure=eds.pk, agent=lea.pk)
    if ou == "protegee":
        f.evenement(p, E.PROTECTION_SIGNALEE, le=HIER)
    elif ou != "referent_nomme":
        f.evenement(p, E.CONTRAT_SIGNE, le=HIER, contrat=0, prochain_contact_le=AU.isoformat())
        if ou == "interrompue":
            f.evenement(p, E.INTERRUPTION, le=HIER, motif="sante", revue_le=(AU + timedelta(days=30)).isoformat())
        elif ou == "sortie":
            f.evenement(p, E.DROIT_CLOS, le=HIER, motif_sortie="emploi")


@settings(max_examples=20)
@given(lieux=st.lists(st.tuples(st.sampled_from(SITUATIONS), st.booleans()), min_size=1, max_size=6))
def test_nobody_is_left_without_an_owner(lieux: list[tuple[str, bool]]) -> None:
    """Wherever her people stand, no open task names her any more, each has a unit, hers keep a structure."""
    with f.sans_trace():
        eds = f.structure()
        lea, max_, chef = (
            f.agent(role, structure=eds) for role in (RoleAgent.REFERENT, RoleAgent.REFERENT, RoleAgent.CHEF_STRUCTURE)
        )
        siennes = []
        for ou, a_elle in lieux:
            p = f.soumise(eds, le=HIER)
            _placer(p, ou, eds, lea if a_elle else max_)
            if a_elle:
                siennes.append(p)
        etrangeres = Evenement.objects.exclude(personne__in=siennes).count()
        fermer_acces(agent=lea, a_compter_du=AU, par=chef, le=LE)
        ids = [p.pk for p in siennes]
        for modele in (Etape, Echeance):
            ouvertes = modele.objects.filter(fermee_le=None)
            assert not ouvertes.filter(agent=lea).exists()
            assert not ouvertes.filter(personne__in=ids, unite=Unite.REFERENT, structure=None).exists()
        for situation in Situation.objects.filter(soumis=True):
            assert situation.etape is not None
        assert not Situation.objects.filter(referent_agent=lea).exists()
        assert not Rattachement.objects.filter(agent=lea, fin=None).exists()
        assert set(personnes_visibles(pour=chef, au=AU + timedelta(days=90)).values_list("pk", flat=True)) >= set(ids)
        assert Evenement.objects.exclude(personne__in=siennes).count() == etrangeres
        assert reconstruire(verifier=True) == []
