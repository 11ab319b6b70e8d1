"""The panel « Sources »: each fact with its source and its date, for whom it may be shown."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.echanges.caf.models import EvenementFoyer
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.enums import EtatDroit, FinaliteRattachement, GenreIdentifiant
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne, Lecture, Personne
from tests import fabriques as f

pytestmark = pytest.mark.django_db
R = RoleAgent


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")


@pytest.fixture
def fichier() -> FichierRecu:
    return FichierRecu.objects.create(
        empreinte="a" * 64, nom="x.xml", type=TypeFichier.BENEFICIAIRES_MENSUEL, organisme=f.organisme_payeur(),
        reference_le=date(2026, 1, 31), recu_le=date(2026, 2, 6), depose_le=f.MAINTENANT, depose_par=f.systeme(),
        taille=1, statut=StatutFichier.CHARGE,
    )  # fmt: skip


@pytest.fixture
def elle(fichier: FichierRecu) -> Personne:
    """Suspended since January for an unreturned declaration, with two phones, known by the file."""
    eds = f.structure(nom="EDS des essais", commune=f.commune())
    foyer = f.foyer()
    elle = f.personne(foyer=foyer, nom="TESTARD", prenom="Amina", nir="2880394028001")
    f.adresse(foyer=foyer, fichier_id=fichier.pk)
    f.contact(elle, "0601020304", fin=date(2025, 1, 1))
    f.contact(elle, "0605060708", debut=date(2025, 1, 1), verifie=True)
    DroitFoyer.objects.create(foyer=foyer, etat="2", debut=date(2025, 1, 31), fin=date(2026, 1, 31), montant="646.52")
    DroitFoyer.objects.create(
        foyer=foyer, etat=EtatDroit.OUVERT_SUSPENDU, motif="06", debut=date(2026, 1, 31), fichier_id=fichier.pk,
        montant="0.00",
    )  # fmt: skip
    DroitPersonne.objects.create(
        personne=elle, foyer=foyer, sdd=True, debut=date(2026, 1, 31), fichier_id=fichier.pk, ressources="120.00"
    )
    f.identifiant(elle, GenreIdentifiant.OPERATEUR_EMPLOI, "OP-998877")
    f.rattachement(elle, eds, finalite=FinaliteRattachement.SECTEUR)
    f.entree_sdd(elle, eds)
    return elle


def lu(client: Client, role: RoleAgent, elle: Personne, agent: Agent | None = None) -> str:
    structure = elle.rattachements.get().structure
    if role in {R.AGENT_PLATEFORME, R.GESTIONNAIRE_DONNEES}:
        structure = f.structure(TypeStructure.DEPARTEMENT, "")
    client.force_login(agent or f.agent(role, structure=structure))
    reponse = client.get(reverse("personne", args=[elle.pk]) + "?onglet=sources")
    assert reponse.status_code == 200
    panneau = reponse.content.decode()
    panneau = panneau[
        panneau.index("D&#x27;où viennent") if "D&#x27;où viennent" in panneau else panneau.index("D'où") :
    ]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<(?!a )[^>]+>", " ", panneau)))


def test_each_fact_says_its_source_and_since_when(client: Client, elle: Personne) -> None:
    vu = lu(client, R.CHEF_STRUCTURE, elle)
    assert "Fichier mensuel de la CAF941, janvier 2026, reçu le 06/02/2026 · depuis le 31/01/2026" in vu
    assert "0605060708" in vu
    assert "Vérifié avec elle. Saisie d'un agent · depuis le 01/01/2025" in vu
    assert re.search(r"Avant \(1\).*0601020304 .*du 01/01/2024 au 01/01/2025", vu)
    assert "Ouvert, droit suspendu" in vu
    assert "Soumise aux droits et devoirs" in vu
    assert "<a " not in vu.split("Numéros")[0]  # the file opens for the data desk only


def test_the_data_desk_opens_the_file(client: Client, elle: Personne, fichier: FichierRecu) -> None:
    assert f'href="{reverse("import", args=[fichier.pk])}"' in lu(client, R.GESTIONNAIRE_DONNEES, elle)


def test_identity_numbers_and_nir_stay_masked(client: Client, elle: Personne) -> None:
    vu = lu(client, R.GESTIONNAIRE_DONNEES, elle)
    assert "connu, jamais affiché" in vu
    for secret in ("2880394028001", "TESTARD", "OP-998877"):
        assert secret not in vu


def test_reasons_and_amounts_are_for_those_who_see_the_rights(client: Client, elle: Personne) -> None:
    avec = lu(client, R.CHEF_STRUCTURE, elle)
    assert "Motif :" in avec
    assert "Montant : 0,00 €" in avec
    assert "Ressources : 120,00 €" in avec
    sans = lu(client, R.AGENT_PLATEFORME, elle)
    assert "Ouvert, droit suspendu" in sans
    assert not any(mot in sans for mot in ("Motif :", "Montant :", "Ressources :"))
    emploi = lu(client, R.CHARGE_EMPLOI, elle)
    assert "Droit au RSA" not in emploi
    assert "Ouvert, droit suspendu" not in emploi


def test_why_the_body_sent_her_household_is_told_in_words_to_those_who_see_the_rights(
    client: Client, elle: Personne, fichier: FichierRecu
) -> None:
    foyer = elle.appartenances.get().foyer
    for jour, code in ((8, "ADR"), (9, "SITFAM"), (None, "ADR")):
        EvenementFoyer.objects.create(
            foyer=foyer, fichier=fichier, liquide_le=jour and date(2026, 2, jour), heure="10:00", fait=code
        )
    avec = lu(client, R.CHEF_STRUCTURE, elle)
    bloc = avec[avec.index("Traité par l'organisme payeur") :]
    assert "Dernier motif d'envoi : Situation de famille" in bloc
    assert "depuis le 09/02/2026" in bloc
    assert re.search(r"Avant \(2\).*Adresse.*08/02/2026", bloc)
    assert "Traité par l'organisme payeur" not in lu(client, R.AGENT_PLATEFORME, elle)


def test_what_a_household_lives_once_she_left_is_not_hers(client: Client, elle: Personne, fichier: FichierRecu) -> None:
    elle.appartenances.update(fin=date(2026, 2, 1))
    EvenementFoyer.objects.create(
        foyer=elle.appartenances.get().foyer, fichier=fichier, liquide_le=date(2026, 1, 8), fait="ADR"
    )
    assert "Traité par l'organisme payeur" not in lu(client, R.CHEF_STRUCTURE, elle)


def test_the_read_is_logged(client: Client, elle: Personne) -> None:
    agent = f.agent(R.AGENT_PLATEFORME, structure=f.structure(TypeStructure.DEPARTEMENT, ""))
    lu(client, R.AGENT_PLATEFORME, elle, agent)
    assert list(Lecture.objects.values_list("personne_id", "agent_id", "page")) == [
        (elle.pk, agent.pk, "personne/sources")
    ]


def test_the_header_says_up_to_when_her_rights_are_known(client: Client, elle: Personne) -> None:
    client.force_login(f.agent(R.AGENT_PLATEFORME, structure=f.structure(TypeStructure.DEPARTEMENT, "")))
    page = client.get(reverse("personne", args=[elle.pk])).content.decode()
    assert "CAF941 : droits au 31/01/2026" in page


def test_queries_do_not_grow(
    client: Client, elle: Personne, fichier: FichierRecu, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(30):
        f.contact(elle, f"06000000{n:02d}", fin=date(2025, 1, 1), fichier_id=n + 1)
        EvenementFoyer.objects.create(
            foyer=elle.appartenances.get().foyer, fichier=fichier, liquide_le=date(2026, 1, n + 1), fait="ADR"
        )
    client.force_login(f.agent(R.CHEF_STRUCTURE, structure=elle.rattachements.get().structure))
    entetes = {"HX-Request": "true", "HX-Target": "div#onglets"}
    with django_assert_max_num_queries(40):
        client.get(reverse("personne", args=[elle.pk]) + "?onglet=sources", headers=entetes)
