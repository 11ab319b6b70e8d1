"""Who may do what on a day, which structure serves whom, which bodies may be référents."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure, Unite
from cordee.metier.organismes.roles import ROLES, Etendue, Permission
from cordee.metier.organismes.selectors import (
    Habilitation,
    InstallationIncomplete,
    agent_systeme,
    agents_de,
    carte_des_secteurs,
    habilitation,
    structure_du_secteur,
    structures_orientables,
    structures_ouvertes,
)
from cordee.metier.organismes.services import installer_agent_systeme
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import jour
from tests import fabriques as f

AU = jour(f.MAINTENANT)
P = PublicSecteur


@pytest.mark.django_db
class TestHabilitation:
    def test_roles_are_put_together_with_where_they_are_held(self) -> None:
        suivi, encadree = f.structure(), f.structure()
        agent = f.agent(RoleAgent.REFERENT, structure=suivi)
        f.affecter(agent, RoleAgent.CHEF_STRUCTURE, encadree)
        h = habilitation(agent, au=AU)
        assert h.roles == {RoleAgent.REFERENT, RoleAgent.CHEF_STRUCTURE}
        assert h.structures == {suivi.pk, encadree.pk}
        assert h.structures_encadrees == {encadree.pk}
        assert h.etendue is Etendue.STRUCTURE
        assert Unite.CHEF_STRUCTURE in h.unites
        assert h.peut(Permission.NOMMER_REFERENT)
        assert not h.peut(Permission.IMPORTER)

    def test_only_the_roles_of_the_day_count(self) -> None:
        eds = f.structure()
        agent = f.agent(RoleAgent.REFERENT, structure=eds, debut=AU, fin=AU + timedelta(days=1))
        assert [bool(habilitation(agent, au=AU + timedelta(days=n)).roles) for n in (-1, 0, 1)] == [False, True, False]

    def test_one_query_whatever_the_number_of_roles(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        agent = f.agent(RoleAgent.REFERENT, RoleAgent.ENCADRANT, RoleAgent.LIAISON)
        with django_assert_num_queries(1):
            assert len(habilitation(agent, au=AU).roles) == 3

    def test_the_system_s_agent_has_no_role(self) -> None:
        assert habilitation(f.systeme(), au=AU) == Habilitation(f.systeme().pk)


@pytest.mark.parametrize("role", RoleAgent)
def test_what_a_habilitation_says_is_what_its_role_says(role: RoleAgent) -> None:
    h = Habilitation(1, frozenset({(role, 7)}))
    definition = ROLES[role]
    assert (h.permissions, h.unites, h.etendue) == (definition.permissions, definition.unites, definition.etendue)
    assert h.structures_encadrees == ({7} if definition.etendue is Etendue.STRUCTURE else set())
    reach = definition.etendue is Etendue.DEPARTEMENT and Permission.VOIR_PERSONNES in definition.permissions
    assert h.departement(Permission.VOIR_PERSONNES) is reach


@pytest.mark.django_db
class TestSecteurs:
    def test_the_most_precise_rule_serves_first(self) -> None:
        commune = f.commune()
        eds, ccas = f.structure(), f.structure(TypeStructure.CCAS, GenreOrganismeReferent.DELEGATAIRE)
        f.regle_secteur(eds, commune)
        f.regle_secteur(ccas, commune, P.SANS_ENFANT)
        servie = {public: structure_du_secteur(code_insee="94028", public=public, au=AU) for public in (*P, None)}
        assert servie == {
            P.TOUS: eds, P.ISOLES: ccas, P.COUPLES_SANS_ENFANT: ccas, P.SANS_ENFANT: ccas, P.AVEC_ENFANT: eds,
            None: eds,
        }  # fmt: skip
        assert structure_du_secteur(code_insee="94046", public=None, au=AU) is None

    def test_rules_and_structures_are_dated(self) -> None:
        commune = f.commune()
        fermee = f.structure(fin=AU)
        f.regle_secteur(fermee, commune)
        assert structure_du_secteur(code_insee="94028", public=None, au=AU - timedelta(days=1)) == fermee
        assert structure_du_secteur(code_insee="94028", public=None, au=AU) is None

    def test_the_whole_map_in_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        eds = f.structure()
        for n in range(5):
            f.regle_secteur(eds, f.commune(f"9400{n}", f"Commune {n}"))
        with django_assert_num_queries(1):
            carte = carte_des_secteurs(AU)
        assert {carte.structure(f"9400{n}", P.ISOLES) for n in range(5)} == {eds.pk}


@pytest.mark.django_db
class TestStructures:
    def test_a_delegataire_only_under_a_convention_in_force(self) -> None:
        """C. trav. L5411-5-1 IV 3° (V14)."""
        delegataires = [
            f.structure(TypeStructure.ASSOCIATION, GenreOrganismeReferent.DELEGATAIRE, nom=nom)
            for nom in ("Sans", "Expirée", "En vigueur", "À venir")
        ]
        f.convention(delegataires[1], fin=AU)
        f.convention(delegataires[2], debut=AU, fin=AU + timedelta(days=1))
        f.convention(delegataires[3], debut=AU + timedelta(days=1))
        orientables = structures_orientables(categorie=GenreOrganismeReferent.DELEGATAIRE, au=AU)
        assert [s.nom for s in orientables] == ["En vigueur"]

    def test_other_bodies_need_none_but_must_be_open(self) -> None:
        ouverte, _fermee = f.structure(), f.structure(fin=AU)
        categorie = GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL
        assert list(structures_orientables(categorie=categorie, au=AU)) == [ouverte]
        assert list(structures_orientables(categorie=GenreOrganismeReferent.MISSION_LOCALE, au=AU)) == []

    def test_open_structures_by_name_or_code(self) -> None:
        f.structure(nom="EDS de Créteil", code="EDS-CRE")
        f.structure(nom="CCAS de Thiais", code="CCAS-THI")
        assert [s.code for s in structures_ouvertes(au=AU, texte="thiais")] == ["CCAS-THI"]
        assert [s.code for s in structures_ouvertes(au=AU, texte="eds-")] == ["EDS-CRE"]
        assert structures_ouvertes(au=date(2010, 1, 1)).count() == 0

    def test_agents_of_a_structure(self) -> None:
        eds = f.structure()
        zoe = f.agent(RoleAgent.REFERENT, structure=eds, nom="Zola")
        abel = f.agent(RoleAgent.REFERENT, RoleAgent.CHEF_STRUCTURE, structure=eds, nom="Abel")
        f.agent(RoleAgent.REFERENT, structure=eds, actif=False)
        f.agent(RoleAgent.REFERENT, structure=eds, fin=AU)
        assert list(agents_de(eds, au=AU)) == [abel, zoe]
        assert list(agents_de(eds, au=AU, roles=frozenset({RoleAgent.CHEF_STRUCTURE}))) == [abel]


@pytest.mark.django_db
def test_the_system_s_agent_is_made_once_and_cannot_sign_in() -> None:
    with pytest.raises(InstallationIncomplete):
        agent_systeme()
    agent = installer_agent_systeme(le=f.MAINTENANT)
    assert installer_agent_systeme(le=f.MAINTENANT) == agent == agent_systeme()
    assert not agent.is_active
    assert not agent.has_usable_password()
