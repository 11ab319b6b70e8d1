"""The calendar of expected files on its pages, and what is announced to whom (R29, R35)."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.echanges.fichiers.models import FichierAttendu, FichierRecu, RelanceFichier, StatutFichier, TypeFichier
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle.horloge import PARIS
from tests import fabriques as f

pytestmark = pytest.mark.django_db
R = RoleAgent
PHRASE = "Fichier mensuel de janvier (MSA) attendu le 06/02, non reçu : 11 jours de retard."


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")


@pytest.fixture
def msa() -> OrganismePayeur:
    """The MSA, whose file of January has not come."""
    msa = OrganismePayeur.objects.create(code="MSA941", nom="MSA")
    FichierRecu.objects.create(
        empreinte="b" * 64, nom="msa.xml", type=TypeFichier.BENEFICIAIRES_MENSUEL, organisme=msa,
        reference_le=date(2025, 12, 31), recu_le=date(2026, 1, 6), statut=StatutFichier.CHARGE, taille=1,
        depose_le=datetime(2026, 1, 6, 9, tzinfo=PARIS), depose_par=f.systeme(),
    )  # fmt: skip
    return msa


@pytest.fixture
def bureau(client: Client) -> Client:
    client.force_login(f.agent(R.GESTIONNAIRE_DONNEES))
    return client


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def test_the_calendar_says_what_came_and_what_is_late(bureau: Client, msa: OrganismePayeur) -> None:
    vu = texte(bureau.get(reverse("import_calendrier")))
    assert PHRASE in vu
    assert "Pas encore de relance" in vu
    assert "Reçu le 06/01" in vu
    assert "En retard de 11 j" in vu
    assert "Chaque mois, le 6. Relance : Gestion des données." in vu
    fichier = FichierRecu.objects.get()
    assert reverse("import", args=[fichier.pk]) in bureau.get(reverse("import_calendrier")).content.decode()


def test_a_reminder_in_one_click(bureau: Client, msa: OrganismePayeur) -> None:
    adresse = reverse("import_relance", args=["beneficiaires_mensuel", msa.pk, 0])
    assert bureau.post(adresse).status_code == 302
    vu = texte(bureau.get(reverse("import_calendrier")))
    assert "Relance faite le 17/02/2026 à 09:00" in vu
    assert "Pas encore de relance" not in vu
    assert RelanceFichier.objects.get().attendu_le == date(2026, 2, 6)
    inconnu = reverse("import_relance", args=["contacts", 0, 0])
    assert bureau.post(inconnu).status_code == 409


def test_the_message_to_send_names_nobody_and_says_what_is_missing(bureau: Client, msa: OrganismePayeur) -> None:
    vu = bureau.get(reverse("import_calendrier")).content.decode()
    assert "Fichier mensuel, MSA, janvier 2026 : non reçu" in unescape(vu)
    assert 'href="mailto:?subject=Fichier%20mensuel' in vu


def test_another_rhythm_then_no_longer_expected(bureau: Client, msa: OrganismePayeur) -> None:
    adresse = reverse("import_attendu", args=["beneficiaires_mensuel", msa.pk, 0])
    assert 'value="6"' in bureau.get(adresse).content.decode()
    base = {"periodicite": "mensuel", "unite": "donnees", "debut": "2026-01-01", "note": "Écrire à Mme Fictive."}
    assert bureau.post(adresse, {**base, "jour": "25"}).status_code == 302
    assert PHRASE not in texte(bureau.get(reverse("import_calendrier")))
    faute = bureau.post(adresse, {**base, "jour": "25", "fin": "2025-01-01"})
    assert faute.status_code == 422
    assert "La date de fin doit suivre la date de début" in texte(faute)
    bureau.post(adresse, {**base, "jour": "6", "fin": "2026-02-01"})
    vu = texte(bureau.get(reverse("import_calendrier")))
    assert "N'est plus attendu" in vu
    assert PHRASE not in vu
    assert FichierAttendu.objects.count() == 1


def test_a_kind_never_received_is_announced_by_hand(bureau: Client) -> None:
    assert "Rien n'est encore attendu" in texte(bureau.get(reverse("import_calendrier")))
    partenaire = f.structure(nom="Mission locale fictive")
    champs = {"type": "partenaire", "emetteur": partenaire.pk, "periodicite": "mensuel", "jour": "10",
              "unite": "liaison", "debut": "2026-02-01"}  # fmt: skip
    assert bureau.post(reverse("import_attendu_nouveau"), champs).status_code == 302
    assert "Mission locale fictive" in texte(bureau.get(reverse("import_calendrier")))
    deux = {**champs, "organisme": f.organisme_payeur().pk}
    assert "pas les deux" in texte(bureau.post(reverse("import_attendu_nouveau"), deux))


def test_an_administrator_may_set_the_calendar_but_opens_no_file(client: Client, msa: OrganismePayeur) -> None:
    client.force_login(f.agent(R.ADMINISTRATEUR))
    page = client.get(reverse("import_calendrier"))
    assert page.status_code == 200
    assert reverse("import", args=[FichierRecu.objects.get().pk]) not in page.content.decode()
    assert client.get(reverse("imports")).status_code == 403


@pytest.mark.parametrize(
    ("role", "quand", "annonce"),
    [
        (R.GESTIONNAIRE_DONNEES, "2026-02-07T09:00", True),
        (R.ENCADRANT, "2026-02-07T09:00", False),
        (R.ENCADRANT, "2026-02-11T09:00", True),
        (R.PILOTAGE, "2026-02-11T09:00", True),
        (R.ELU, "2026-02-28T09:00", False),
        (R.AGENT_PLATEFORME, "2026-02-28T09:00", False),
    ],
)
def test_who_is_told_of_a_late_file(  # noqa: PLR0917 - fixtures and the table
    client: Client, msa: OrganismePayeur, monkeypatch: pytest.MonkeyPatch, role: RoleAgent, quand: str, annonce: bool
) -> None:
    """The data desk from the first day of delay, managers after five, others by the date of the figures."""
    monkeypatch.setenv("CORDEE_MAINTENANT", quand)
    client.force_login(f.agent(role, structure=f.structure(TypeStructure.DEPARTEMENT, "")))
    vu = texte(client.get(reverse("accueil"), follow=True))
    assert ("attendu le 06/02, non reçu" in vu) is annonce
    assert ("1 fichier attendu, non reçu" in vu) is annonce
    assert "MSA : droits au 31/12/2025 (fichier suivant en retard)" in vu


def test_every_list_of_people_says_up_to_when(client: Client, msa: OrganismePayeur) -> None:
    client.force_login(f.agent(R.AGENT_PLATEFORME, structure=f.structure(TypeStructure.DEPARTEMENT, "")))
    assert "MSA : droits au 31/12/2025" in texte(client.get(reverse("personnes")))


def test_queries_of_the_calendar(
    bureau: Client, msa: OrganismePayeur, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    par: Agent = f.systeme()
    for n in range(40):
        FichierRecu.objects.create(
            empreinte=f"{n:064d}", nom=f"{n}", type=TypeFichier.BENEFICIAIRES_QUOTIDIEN, organisme=msa, taille=1,
            reference_le=date.fromordinal(date(2026, 1, 2).toordinal() + n), recu_le=date(2026, 1, 3),
            statut=StatutFichier.CHARGE, depose_le=f.MAINTENANT, depose_par=par,
        )  # fmt: skip
    bureau.get(reverse("import_calendrier"))
    with django_assert_max_num_queries(20):
        bureau.get(reverse("import_calendrier"))
