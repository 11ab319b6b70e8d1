"""The search box: typos, accents, dates, numbers; never a hint of who stands outside the perimeter."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.enums import RoleFoyer, SourceDonnee
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import rechercher
from cordee.metier.personnes.selectors.recherche import cle_de_personne
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
AU = jour(f.MAINTENANT)


@pytest.fixture
def plateforme() -> Agent:
    return f.agent(RoleAgent.AGENT_PLATEFORME)


@pytest.fixture
def nguyen() -> Personne:
    foyer = f.foyer(numdemrsa="00012345678", matricule="7654321")
    personne = f.personne(
        nom="Nguyen-Lefèbvre", nom_naissance="Nguyen", prenom="Théodorine", date_naissance=date(1988, 3, 12),
        foyer=foyer,
    )  # fmt: skip
    f.contact(personne, "0601020304")
    f.contact(personne, "theo@exemple.invalid")
    f.personne(nom="Dupont", nom_naissance="Dupont", prenom="Alix", date_naissance=date(1990, 1, 2), foyer=f.foyer())
    return personne


@pytest.mark.parametrize(
    "texte",
    [
        "nguyen", "NGUYEN théodorine", "theodorine lefebvre", "Nguien", "Teodorine", "lefevre", "nguy",
        "12/03/1988", "12-03-1988", "12031988", "1988-03-12", "nguyen 12/03/1988",
        "00012345678", "7654321", "06 01 02 03 04", "+33601020304", "Theo@exemple.invalid",
    ],
)  # fmt: skip
def test_what_people_have_in_hand_finds_her(plateforme: Agent, nguyen: Personne, texte: str) -> None:
    assert rechercher(pour=plateforme, au=AU, texte=texte) == [nguyen]


@pytest.mark.parametrize(
    "texte", ["", "   ", "durand", "nguyen 13/03/1988", "31/02/1988 nguyen x", "99999999999", "0799999999"]
)
def test_what_does_not_match_finds_nobody(plateforme: Agent, nguyen: Personne, texte: str) -> None:
    assert nguyen not in rechercher(pour=plateforme, au=AU, texte=texte)


def test_a_nir_is_never_searched(plateforme: Agent) -> None:
    f.personne(nir="2880394028123")
    assert rechercher(pour=plateforme, au=AU, texte="2 88 03 94 028 123") == []


def test_best_match_first(plateforme: Agent) -> None:
    proche = f.personne(nom="Moreaux", nom_naissance="Moreaux", prenom="Ana")
    exacte = f.personne(nom="Moreau", nom_naissance="Moreau", prenom="Anna")
    assert rechercher(pour=plateforme, au=AU, texte="moreau anna") == [exacte, proche]


def test_outside_the_perimeter_nothing_shows(nguyen: Personne) -> None:
    eds = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    for texte in ("nguyen", "00012345678", "7654321", "12/03/1988", "0601020304"):
        assert rechercher(pour=lea, au=AU, texte=texte) == []
    f.rattachement(nguyen, eds, lea)
    assert rechercher(pour=lea, au=AU, texte="nguyen") == [nguyen]


def test_a_merged_row_leads_to_the_person_she_is_now(plateforme: Agent, nguyen: Personne) -> None:
    f.personne(nom="Martinez", nom_naissance="Martinez", prenom="Eva", canonique=nguyen)
    assert rechercher(pour=plateforme, au=AU, texte="martinez eva") == [nguyen]


def test_children_are_not_listed_by_name(plateforme: Agent, nguyen: Personne) -> None:
    foyer = f.foyer()
    enfant = f.personne(nom="Nguyen", nom_naissance="Nguyen", prenom="Lou", foyer=foyer, role=RoleFoyer.ENF)
    assert rechercher(pour=plateforme, au=AU, texte="nguyen") == [nguyen]
    f.membre(enfant, f.foyer(), RoleFoyer.DEM)  # R40: she asks for herself at 25
    assert enfant in rechercher(pour=plateforme, au=AU, texte="nguyen")


def test_constant_number_of_queries(plateforme: Agent, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(12):
        f.personne(nom="Kowalski", nom_naissance="Kowalski", prenom=f"Prénom{n}")
    with django_assert_max_num_queries(10):  # roles, people, twice: savepoint and its release, threshold, matches
        assert len(rechercher(pour=plateforme, au=AU, texte="kovalski")) == 12


def test_a_common_name_is_answered_as_a_rare_one(plateforme: Agent) -> None:
    """The short way (enough people resemble it closely) gives what the long one would."""
    proches = [f.personne(nom="Martin", nom_naissance="Martin", prenom=f"Prénom{n}") for n in range(4)]
    f.personne(nom="Martial", nom_naissance="Martial", prenom="Zoé")
    assert rechercher(pour=plateforme, au=AU, texte="martin", limite=1) == proches[:1]
    trouvees = rechercher(pour=plateforme, au=AU, texte="martin", limite=5)
    assert trouvees[:4] == proches
    assert [p.nom for p in trouvees[4:]] == ["Martial"]


def test_the_search_uses_the_trigram_index(plateforme: Agent) -> None:
    tirage = random.Random(94)  # noqa: S311 - invented names, not a secret
    Personne.objects.bulk_create(
        Personne(
            nom=_nom(tirage), nom_naissance=_nom(tirage), prenom=_nom(tirage), source=SourceDonnee.FLUX,
            cree_le=f.MAINTENANT,
        )
        for _ in range(6000)
    )  # fmt: skip
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE personnes_personne")
    plan = Personne.objects.annotate(cle=cle_de_personne()).filter(cle__trigram_word_similar="kowalski").explain()
    assert "personne_cle_recherche" in plan


def _nom(tirage: random.Random) -> str:
    syllabes = (tirage.choice("bcdfglmnprstvz") + tirage.choice("aeiou") for _ in range(tirage.randint(2, 4)))
    return "".join(syllabes).title()
