"""The synthetic organisation agrees with the source documents, day by day, and holds together."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.demo.equipes import ACCOMPAGNENT, OBSERVATION, OUVERTURE, FicheStructure, Metier, noms, occupations
from cordee.demo.organisation import DOMAINE, MOT_DE_PASSE, Organisation, construire_organisation
from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Agent, Convention, RegleSecteur, Structure
from cordee.metier.organismes.selectors import carte_des_secteurs, structures_orientables
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import PARIS
from cordee.territoires.models import Commune
from cordee.territoires.services import charger_departement
from tests import fabriques as f

LE = datetime(2026, 2, 17, 9, tzinfo=PARIS)
FIN_2025 = date(2025, 12, 31)
T = TypeStructure


@pytest.fixture
def organisation(db: None) -> Organisation:
    charger_departement(code="94")
    return construire_organisation(par=f.systeme(), le=LE)


def _metiers(organisation: Organisation, au: date) -> Counter[Metier]:
    return Counter(poste.metier for fiche in organisation.fiches.values() for poste in fiche.postes if poste.tenu(au))


def _du_type(organisation: Organisation, *types: TypeStructure) -> list[FicheStructure]:
    return [fiche for fiche in organisation.fiches.values() if fiche.type in types]


class TestPublishedNumbers:
    def test_33_agents_receive_and_orient(self, organisation: Organisation) -> None:
        [plateforme] = _du_type(organisation, T.PLATEFORME)
        assert sum(poste.tenu(FIN_2025) for poste in plateforme.postes) == 33

    def test_31_agents_in_four_specialised_teams_of_the_departement(self, organisation: Organisation) -> None:
        equipes = _du_type(organisation, T.EQUIPE_SPECIALISEE)
        assert len(equipes) == 4
        assert sum(poste.tenu(FIN_2025) for equipe in equipes for poste in equipe.postes) == 31
        assert {equipe.categorie for equipe in equipes} == {GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL}

    def test_11_conseillers_en_2022_then_22(self, organisation: Organisation) -> None:
        cip = [_metiers(organisation, au)[Metier.CIP] for au in (date(2022, 6, 1), date(2023, 12, 31), FIN_2025)]
        assert cip == [11, 22, 22]

    def test_26_ccas_and_6_associations_serve_35_communes(self, organisation: Organisation) -> None:
        delegataires = _du_type(organisation, T.CCAS, T.ASSOCIATION)
        assert Counter(fiche.type for fiche in delegataires) == {T.CCAS: 26, T.ASSOCIATION: 6}
        assert len({insee for fiche in delegataires for insee in fiche.communes}) == 35
        volume = sum(fiche.volume or 0 for fiche in delegataires)
        assert 3700 <= volume <= 5800
        assert 116 <= volume / 32 <= 180

    def test_operators_hold_two_thirds_of_11_000_from_2024(self, organisation: Organisation) -> None:
        operateurs = _du_type(organisation, T.OPERATEUR)
        volume = sum(operateur.volume or 0 for operateur in operateurs)
        assert volume == pytest.approx(11_000 * 2 / 3, rel=0.02)
        assert {c.debut for c in Convention.objects.filter(structure__type=T.OPERATEUR)} == {date(2024, 1, 1)}
        assert not any(o.referents(date(2023, 12, 31)) for o in operateurs)
        charges = [p.capacite for o in operateurs for p in o.referents(FIN_2025)]
        assert 50 <= min(charges) <= max(charges) <= 90
        assert volume < sum(charges) < 1.3 * volume  # the convention counts intensive support only

    def test_18_eds_and_4_ei_with_caseloads_as_they_are(self, organisation: Organisation) -> None:
        centres = _du_type(organisation, T.EDS, T.EI)
        assert Counter(fiche.type for fiche in centres) == {T.EDS: 18, T.EI: 4}
        charges = sorted(p.capacite for fiche in centres for p in fiche.referents(FIN_2025))
        ordinaires = [charge for charge in charges if 60 <= charge <= 130]
        assert len(ordinaires) / len(charges) > 0.8
        assert max(charges) == 170


class TestSectors:
    @pytest.mark.parametrize("public", list(PublicSecteur))
    @pytest.mark.parametrize("au", [date(2010, 1, 1), date(2021, 11, 30), LE.date()])
    def test_every_commune_has_a_structure_for_everybody_at_any_time(
        self, organisation: Organisation, au: date, public: PublicSecteur
    ) -> None:
        carte = carte_des_secteurs(au)
        assert all(carte.structure(commune.code_insee, public) for commune in Commune.objects.all())

    def test_12_communes_fall_back_on_their_eds(self, organisation: Organisation) -> None:
        regles = RegleSecteur.objects.filter(public=PublicSecteur.SANS_ENFANT).values("commune")
        sans = Commune.objects.exclude(pk__in=regles)
        assert sans.count() == 12
        carte, types = carte_des_secteurs(LE.date()), dict(Structure.objects.values_list("pk", "type"))
        assert {types[carte.structure(c.code_insee, PublicSecteur.ISOLES) or 0] for c in sans} == {T.EDS}

    def test_every_delegataire_may_be_chosen_today(self, organisation: Organisation) -> None:
        possibles = structures_orientables(categorie=GenreOrganismeReferent.DELEGATAIRE, au=LE.date())
        assert possibles.count() == 26 + 6 + 6


class TestTeamsInTime:
    @pytest.mark.parametrize("au", [OBSERVATION, date(2022, 7, 15), date(2024, 6, 3), LE.date()])
    def test_an_open_body_always_has_a_head_and_a_referent(self, organisation: Organisation, au: date) -> None:
        for fiche in organisation.fiches.values():
            if fiche.categorie and fiche.type != T.OPERATEUR_EMPLOI and fiche.ouverte(au):
                assert fiche.referents(au), fiche.code
                assert fiche.agents(RoleAgent.CHEF_STRUCTURE, au), fiche.code

    def test_over_five_years_some_left_and_some_are_recent(self, organisation: Organisation) -> None:
        collegues = Agent.objects.filter(systeme=False)
        partis = collegues.filter(actif=False)
        assert 0.15 < partis.count() / collegues.count() < 0.5
        assert partis.filter(parti_le__isnull=True).count() == 0
        assert Affectation.objects.filter(fin__isnull=True, agent__actif=False).count() == 0
        assert Affectation.objects.filter(debut__gt=LE.date() - timedelta(days=180), fin__isnull=True).exists()

    def test_about_four_hundred_agents_work_today(self, organisation: Organisation) -> None:
        assert 380 < Agent.objects.filter(actif=True, systeme=False).count() < 480

    def test_nobody_signs_in_as_a_colleague(self, organisation: Organisation) -> None:
        comptes = Agent.objects.filter(courriel__endswith=DOMAINE)
        assert comptes.count() == 17
        assert all(compte.check_password(MOT_DE_PASSE) for compte in comptes)
        collegues = Agent.objects.filter(systeme=False).exclude(courriel__endswith=DOMAINE)
        assert not any(collegue.has_usable_password() for collegue in collegues)

    def test_the_same_seed_gives_the_same_teams(self, organisation: Organisation) -> None:
        def equipes() -> list[tuple[str, str, date, date | None]]:
            lignes = Affectation.objects.values_list("agent__courriel", "structure__code", "debut", "fin")
            return sorted(lignes, key=str)

        premieres = equipes()
        for modele in (Affectation, RegleSecteur, Convention):
            modele._default_manager.all().delete()
        Agent.objects.filter(systeme=False).delete()
        Structure.objects.update(parent=None)
        Structure.objects.all().delete()
        construire_organisation(par=f.systeme(), le=LE)
        assert equipes() == premieres

    def test_it_is_written_in_few_statements(
        self, db: None, django_assert_max_num_queries: pytest.FixtureRequest
    ) -> None:
        charger_departement(code="94")
        with django_assert_max_num_queries(40):  # type: ignore[operator]
            construire_organisation(par=f.systeme(), le=LE)


class TestAccounts:
    def test_each_role_has_its_account_with_a_believable_caseload(self, organisation: Organisation) -> None:
        postes = {p.compte: p for fiche in organisation.fiches.values() for p in fiche.postes if p.compte}
        assert {p.role for p in postes.values()} == set(RoleAgent)
        assert postes["referente"].capacite == 170
        assert all(p.fin is None for p in postes.values())
        assert all(50 <= p.capacite <= 170 for p in postes.values() if p.role in ACCOMPAGNENT)

    def test_colleagues_have_different_names(self) -> None:
        assert len(set(noms(900))) == 900


@given(st.integers(0, 10_000), st.booleans(), st.sampled_from([None, date(2020, 1, 6), date(2023, 10, 2)]))
def test_a_position_is_held_by_one_agent_at_a_time(graine: int, continue_: bool, titulaire: date | None) -> None:
    periodes = list(
        occupations(
            Random(graine),  # noqa: S311
            depuis=OUVERTURE,
            au=LE.date(),
            titulaire_depuis=titulaire,
            continue_=continue_,
        )
    )
    assert periodes[0][0] < OBSERVATION
    for (debut, fin), (suivant, _) in pairwise(periodes):
        assert fin is not None
        assert debut < fin <= suivant
        assert fin == suivant or not continue_
    if titulaire is not None:
        assert periodes[-1] == (titulaire, None)
