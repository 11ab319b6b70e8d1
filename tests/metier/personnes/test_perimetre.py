"""Who sees whom: reach of roles, hand-over, dossiers sensibles, links, merged groups."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import LecteurSensible, LienAgent, Personne
from cordee.metier.personnes.selectors import (
    PersonneIntrouvable,
    permissions_sur,
    personne_visible,
    personnes_visibles,
    q_visibles,
)
from cordee.socle import memoire
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
AU = jour(f.MAINTENANT)


def vues(agent: Agent, au: date = AU) -> set[int]:
    """Whom she sees: a page, which works the perimeter out once, shows the same people as anything else."""
    trouvees = set(personnes_visibles(pour=agent, au=au).values_list("pk", flat=True))
    with memoire.lecture():
        assert set(personnes_visibles(pour=agent, au=au).values_list("pk", flat=True)) == trouvees
        situations = Situation.objects.filter(q_visibles("personne", pour=agent, au=au))
        assert set(situations.values_list("pk", flat=True)) <= trouvees
    return trouvees


def sensible(personne: Personne, *lecteurs: Agent) -> None:
    Personne.objects.filter(pk=personne.pk).update(dossier_sensible=True)
    for lecteur in lecteurs:
        LecteurSensible.objects.create(personne=personne, agent=lecteur, motif="suivi", debut=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("role", "attendues"),
    [
        (RoleAgent.AGENT_PLATEFORME, {"confiee", "structure", "ailleurs", "sans"}),
        (RoleAgent.ENCADRANT, {"confiee", "structure", "ailleurs", "sans"}),
        (RoleAgent.LIAISON, {"confiee", "structure", "ailleurs", "sans"}),
        (RoleAgent.GESTIONNAIRE_DONNEES, {"confiee", "structure", "ailleurs", "sans"}),
        (RoleAgent.DEVOIRS, {"confiee", "structure", "ailleurs", "sans"}),
        (RoleAgent.SIGNATAIRE, {"confiee", "structure", "ailleurs", "sans"}),
        (RoleAgent.CHEF_STRUCTURE, {"confiee", "structure"}),
        (RoleAgent.CHARGE_EMPLOI, {"confiee", "structure"}),
        (RoleAgent.REFERENT, {"confiee"}),
        (RoleAgent.TRAVAILLEUR_SOCIAL, {"confiee"}),
        (RoleAgent.OPERATEUR, {"confiee"}),
        (RoleAgent.PILOTAGE, set()),
        (RoleAgent.ELU, set()),
        (RoleAgent.MEMBRE_EP, set()),
        (RoleAgent.ADMINISTRATEUR, set()),
    ],
)
def test_reach_of_every_role(role: RoleAgent, attendues: set[str]) -> None:
    eds, ailleurs = f.structure(), f.structure()
    agent = f.agent(role, structure=eds)
    personnes = {nom: f.personne() for nom in ("confiee", "structure", "ailleurs", "sans")}
    f.rattachement(personnes["confiee"], eds, agent)
    f.rattachement(personnes["structure"], eds, f.agent(RoleAgent.REFERENT, structure=eds))
    f.rattachement(personnes["ailleurs"], ailleurs, agent)  # entrusted to her in a structure where she does not work
    assert {nom for nom, p in personnes.items() if p.pk in vues(agent)} == attendues


def test_every_role_is_in_the_table_above() -> None:
    parametres = next(m for m in test_reach_of_every_role.pytestmark if m.name == "parametrize").args[1]  # type: ignore[attr-defined]
    assert {role for role, _ in parametres} == set(RoleAgent)


def test_an_agent_without_role_or_gone_sees_nobody() -> None:
    eds = f.structure()
    partie = f.agent(RoleAgent.ENCADRANT, structure=eds, actif=False)
    finie = f.agent(RoleAgent.ENCADRANT, structure=eds, fin=AU)
    f.personne()
    assert vues(f.agent()) == vues(partie) == vues(finie) == set()


def test_access_ends_fifteen_days_after_the_hand_over() -> None:
    eds = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    p = f.personne()
    f.rattachement(p, eds, lea, finalite=FinaliteRattachement.REFERENT, fin=AU)
    assert vues(lea, AU + timedelta(days=14)) == {p.pk}
    assert vues(lea, AU + timedelta(days=15)) == set()


def test_access_does_not_begin_before_its_date() -> None:
    eds = f.structure()
    chef = f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds)
    f.rattachement(f.personne(), eds, debut=AU + timedelta(days=1))
    assert vues(chef) == set()


def test_a_sensitive_file_opens_to_its_readers_only() -> None:
    eds = f.structure()
    lea, max_, encadrante = (
        f.agent(role, structure=eds) for role in (RoleAgent.REFERENT, RoleAgent.REFERENT, RoleAgent.ENCADRANT)
    )
    p = f.personne()
    f.rattachement(p, eds, max_)
    sensible(p, lea)
    assert vues(lea) == {p.pk}
    assert vues(max_) == vues(encadrante) == set()


def test_a_sensitive_file_whose_readers_all_left_goes_to_the_encadrants() -> None:
    eds = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    encadrante, plateforme = (f.agent(r, structure=eds) for r in (RoleAgent.ENCADRANT, RoleAgent.AGENT_PLATEFORME))
    p = f.personne()
    sensible(p, lea)
    Agent.objects.filter(pk=lea.pk).update(actif=False)
    assert vues(encadrante) == {p.pk}
    assert vues(plateforme) == set()


def test_nobody_opens_her_own_file_even_as_a_listed_reader() -> None:
    encadrante = f.agent(RoleAgent.ENCADRANT)
    elle, soeur = f.personne(), f.personne()
    LienAgent.objects.create(personne=elle, agent=encadrante)
    LienAgent.objects.create(personne=soeur, agent=encadrante, soi_meme=False)
    sensible(elle, encadrante)
    assert vues(encadrante) == set()


def test_merged_rows_open_and_close_together() -> None:
    eds = f.structure()
    lea, chef = f.agent(RoleAgent.REFERENT, structure=eds), f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds)
    canonique = f.personne()
    absorbee = f.personne(canonique=canonique)
    f.rattachement(absorbee, eds, lea)
    assert vues(lea) == vues(chef) == {canonique.pk}
    assert personne_visible(pour=lea, au=AU, pk=absorbee.pk) == canonique
    LienAgent.objects.create(personne=absorbee, agent=chef)
    assert vues(chef) == set()
    sensible(absorbee)
    assert vues(lea) == set()


def test_outside_the_perimeter_and_absent_are_the_same_answer() -> None:
    lea = f.agent(RoleAgent.REFERENT)
    p = f.personne()
    reponses = []
    for pk in (p.pk, p.pk + 1_000_000):
        with pytest.raises(PersonneIntrouvable) as capture:
            personne_visible(pour=lea, au=AU, pk=pk)
        reponses.append(str(capture.value))
    assert reponses[0] == reponses[1]


def test_permissions_come_from_the_roles_that_reach_the_person(maintenant: datetime) -> None:
    suivi, emploi = f.structure(), f.structure()
    agent = f.agent(RoleAgent.REFERENT, structure=suivi)
    f.affecter(agent, RoleAgent.CHARGE_EMPLOI, emploi)
    suivie, conseillee, inconnue = f.personne(), f.personne(), f.personne()
    f.rattachement(suivie, suivi, agent)
    f.rattachement(conseillee, emploi)
    assert Permission.VOIR_DROITS in permissions_sur(pour=agent, au=AU, personne=suivie)
    assert permissions_sur(pour=agent, au=AU, personne=conseillee) == {Permission.VOIR_PERSONNES}
    assert permissions_sur(pour=agent, au=AU, personne=inconnue) == frozenset()
    assert not personnes_visibles(pour=agent, au=AU, permission=Permission.CONTRACTUALISER).filter(pk=conseillee.pk)


@pytest.mark.parametrize("role", [RoleAgent.ENCADRANT, RoleAgent.CHEF_STRUCTURE, RoleAgent.REFERENT])
def test_two_queries_whatever_the_number_of_people(
    role: RoleAgent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    eds = f.structure()
    agent = f.agent(role, structure=eds)
    for _ in range(7):
        f.rattachement(f.personne(), eds, agent)
    with django_assert_num_queries(2):
        assert len(list(personnes_visibles(pour=agent, au=AU))) == 7


@pytest.mark.parametrize("role", list(RoleAgent))
def test_the_condition_on_other_tables_is_the_same_rule(role: RoleAgent) -> None:
    """Situations and tasks are filtered without reading the persons: who is seen there is seen here."""
    eds = f.structure()
    agent = f.agent(role, structure=eds)
    siennes = [f.soumise(eds) for _ in range(2)]
    suivie, secrete, parente = (f.soumise() for _ in range(3))
    absorbee = f.personne(canonique=suivie)
    for personne in (*siennes, absorbee, secrete, parente):
        f.rattachement(personne, eds, agent)
    Personne.objects.filter(pk=secrete.pk).update(dossier_sensible=True)
    LienAgent.objects.create(agent=agent, personne=parente)
    visibles = set(personnes_visibles(pour=agent, au=AU).values_list("pk", flat=True))
    situations = Situation.objects.filter(q_visibles("personne", pour=agent, au=AU))
    connues = set(Situation.objects.values_list("pk", flat=True))
    assert set(situations.values_list("pk", flat=True)) == visibles & connues
    assert not visibles & {absorbee.pk, parente.pk}
