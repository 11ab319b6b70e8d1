"""Structures, agents, roles, sectors, conventions: what is recorded, what is refused and how."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Agent, Convention, RegleSecteur
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.organismes.services import (
    OrganisationRefusee,
    affecter,
    creer_agent,
    creer_convention,
    creer_structure,
    fermer_compte,
    mettre_fin_affectation,
    regler_secteur,
)
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
AU = jour(LE)


@pytest.fixture
def admin() -> Agent:
    return f.agent(RoleAgent.ADMINISTRATEUR)


def structure(admin: Agent, **champs: Any) -> Any:
    base = {"code": "EDS-1", "nom": "EDS", "type": TypeStructure.EDS, "debut": date(2024, 1, 1)}
    return creer_structure(**{**base, **champs}, par=admin, le=LE)


def test_a_structure_with_its_code_once(admin: Agent) -> None:
    assert structure(admin).nom == "EDS"
    with pytest.raises(OrganisationRefusee):
        structure(admin)


def test_dates_out_of_order_are_refused_with_a_sentence(admin: Agent) -> None:
    with pytest.raises(OrganisationRefusee, match="date de fermeture doit suivre"):
        structure(admin, fin=date(2023, 1, 1))


def test_an_account_opens_without_any_right(admin: Agent) -> None:
    agent = creer_agent(courriel=" Lea@Exemple.invalid ", nom="Martin", prenom="Léa", par=admin, le=LE)
    assert agent.courriel == "lea@exemple.invalid"
    assert not agent.has_usable_password()
    assert habilitation(agent, au=AU).roles == frozenset()
    with pytest.raises(OrganisationRefusee, match="existe déjà"):
        creer_agent(courriel="LEA@exemple.invalid", nom="Autre", par=admin, le=LE)


def test_a_role_is_not_held_twice_at_once(admin: Agent) -> None:
    eds, agent = f.structure(), f.agent()
    affecter(agent=agent, structure=eds, role=RoleAgent.REFERENT, debut=AU, par=admin, le=LE)
    affecter(agent=agent, structure=eds, role=RoleAgent.CHEF_STRUCTURE, debut=AU, par=admin, le=LE)
    with pytest.raises(OrganisationRefusee, match="déjà ce rôle"):
        affecter(agent=agent, structure=eds, role=RoleAgent.REFERENT, debut=AU, par=admin, le=LE)


def test_a_closed_account_gets_no_role(admin: Agent) -> None:
    agent = f.agent(RoleAgent.REFERENT)
    fermer_compte(agent=agent, le=LE)
    assert not Affectation.objects.filter(agent=agent, fin=None).exists()
    with pytest.raises(OrganisationRefusee):
        affecter(agent=agent, structure=f.structure(), role=RoleAgent.REFERENT, debut=AU, par=admin, le=LE)


def test_ending_a_role_keeps_the_past_and_withdraws_what_had_not_begun(admin: Agent) -> None:
    agent = f.agent(RoleAgent.REFERENT)
    en_cours = agent.affectations.get()
    a_venir = f.affecter(agent, RoleAgent.CHEF_STRUCTURE, en_cours.structure, debut=AU + timedelta(days=9))
    assert mettre_fin_affectation(affectation=en_cours, fin=AU, par=admin, le=LE).fin == AU  # type: ignore[union-attr]
    assert mettre_fin_affectation(affectation=a_venir, fin=AU, par=admin, le=LE) is None
    assert list(agent.affectations.values_list("fin", flat=True)) == [AU]
    plus_tard = mettre_fin_affectation(affectation=en_cours, fin=AU + timedelta(days=5), par=admin, le=LE)
    assert plus_tard is not None
    assert plus_tard.fin == AU  # an end is never pushed back by ending again


def test_a_new_sector_rule_ends_the_one_before(admin: Agent) -> None:
    commune, avant, apres = f.commune(), f.structure(), f.structure()
    f.regle_secteur(avant, commune)
    regler_secteur(structure=apres, commune=commune, debut=AU, par=admin, le=LE)
    regles = RegleSecteur.objects.order_by("debut").values_list("structure_id", "fin")
    assert list(regles) == [(avant.pk, AU), (apres.pk, None)]
    regler_secteur(structure=avant, commune=commune, debut=AU, par=admin, le=LE)  # typed wrong, typed again
    assert RegleSecteur.objects.get(fin=None).structure == avant
    regler_secteur(structure=apres, commune=commune, public=PublicSecteur.ISOLES, debut=AU, par=admin, le=LE)
    assert RegleSecteur.objects.filter(fin=None).count() == 2


def test_a_sector_rule_over_a_later_one_is_refused(admin: Agent) -> None:
    commune, eds = f.commune(), f.structure()
    f.regle_secteur(eds, commune, debut=AU + timedelta(days=30))
    with pytest.raises(OrganisationRefusee, match="Une autre structure reçoit déjà"):
        regler_secteur(structure=f.structure(), commune=commune, debut=AU, par=admin, le=LE)


def test_a_convention_has_one_reference(admin: Agent) -> None:
    champs: dict[str, Any] = {"structure": f.structure(), "reference": "2026-1", "objet": "Suivi", "debut": AU}
    creer_convention(**champs, volume=120, par=admin, le=LE)
    with pytest.raises(OrganisationRefusee):
        creer_convention(**champs, par=admin, le=LE)
    assert Convention.objects.get().volume == 120
