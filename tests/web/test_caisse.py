"""The exchange of decisions with the paying bodies, page by page (E23)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, StatutMesure
from cordee.metier.devoirs.models import EchoCaisse, LigneCaisse, ListeCaisse, MesureDecidee
from cordee.metier.devoirs.services.transmission import envoyer_liste, preparer_liste
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Lecture, OrganismePayeur
from tests import fabriques as f
from tests.metier.devoirs.decisions import decision

pytestmark = pytest.mark.django_db
S = EtatTransmission


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")


@pytest.fixture
def agent(client: Client) -> Agent:
    """Somebody of the duties unit, signed in."""
    ouvert = f.agent(RoleAgent.DEVOIRS, structure=f.structure(TypeStructure.DEPARTEMENT, ""))
    client.force_login(ouvert)
    return ouvert


@pytest.fixture
def mesure(agent: Agent) -> MesureDecidee:
    return decision(f.personne(foyer=f.foyer(), nom="=HYPERLIEN(1)", prenom="Lou"))


@pytest.fixture
def caf(mesure: MesureDecidee) -> OrganismePayeur:
    return OrganismePayeur.objects.get()


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def envoyee(caf: OrganismePayeur, agent: Agent) -> ListeCaisse:
    liste = preparer_liste(organisme=caf, par=agent, le=f.MAINTENANT)
    return envoyer_liste(liste=liste, par=agent, le=f.MAINTENANT)


def test_from_what_waits_to_the_list_sent(client: Client, caf: OrganismePayeur) -> None:
    dit = texte(client.get(reverse("caisse")))
    assert "février 2026, arrêtée le 20/02/2026" in dit
    assert "À dire 1 décision" in dit
    assert "Aucune convention en vigueur" in dit
    reponse = client.post(reverse("caisse_preparer", args=[caf.pk]), follow=True)
    assert "Suspension" not in texte(reponse)  # what is asked is said, not why
    assert "de 02/2026 à 03/2026" in texte(reponse)
    liste = ListeCaisse.objects.get()
    dit = texte(client.post(reverse("caisse_envoyer", args=[liste.pk]), follow=True))
    assert "La liste est notée envoyée" in dit
    assert "déjà partie" in texte(client.post(reverse("caisse_envoyer", args=[liste.pk]), follow=True))
    assert client.get(reverse("caisse_liste", args=[0])).status_code == 404


def test_the_export_runs_nothing_holds_no_nir_and_is_a_read(client: Client, caf: OrganismePayeur, agent: Agent) -> None:
    qui = MesureDecidee.objects.get().personne
    f.identifiant_nir(qui, "2880694028123")
    liste = preparer_liste(organisme=caf, par=agent, le=f.MAINTENANT)
    csv = client.get(reverse("caisse_export", args=[liste.pk])).content.decode("utf-8-sig")
    entetes, ligne = csv.splitlines()
    assert entetes.startswith("Numéro de demande RSA;Numéro allocataire;Nom;Prénom;Demande;Part (%)")
    assert ";'=HYPERLIEN(1);Lou;Appliquer;50;" in ligne
    assert ";2;01/02/2026;01/04/2026;" in ligne
    assert "2880694028123" not in csv
    assert Lecture.objects.filter(personne_id=qui.pk, agent_id=agent.pk).count() == 1
    classeur = client.get(reverse("caisse_export", args=[liste.pk]), {"format": "xlsx"})
    assert classeur.content[:2] == b"PK"


def test_the_answer_of_the_body_noted_by_hand_or_read(client: Client, caf: OrganismePayeur, agent: Agent) -> None:
    decision(f.personne(foyer=f.foyer()), preuve="2026-DD-13")
    liste = envoyee(caf, agent)
    rejetee, prise = liste.lignes.order_by("pk")
    adresse = reverse("caisse_accuse", args=[liste.pk])
    assert "Liste renvoyée par la caisse" in texte(client.get(adresse))
    mauvais = SimpleUploadedFile("retour.csv", b"Nom;Reponse\nA;oui\n")
    reponse = client.post(adresse, {"accusee_le": "2026-02-17", "fichier": mauvais})
    assert (reponse.status_code, "Colonne absente" in texte(reponse)) == (422, True)
    retour = f"Ligne;Réponse;Motif\n{rejetee.pk};rejetée;droit clos\n{prise.pk};acceptée;\n"
    fichier = SimpleUploadedFile("retour.csv", retour.encode())
    suite = client.post(adresse, {"accusee_le": "2026-02-17", "reference": "AR 9", "fichier": fichier}, follow=True)
    assert "1 acceptées, 1 rejetées" in texte(suite)
    assert "référence AR 9" in texte(suite)
    assert "Droit déjà fermé" in texte(suite)
    assert sorted(LigneCaisse.objects.values_list("etat", flat=True)) == ["accusee", "rejetee"]


def test_a_list_that_the_body_refuses(client: Client, caf: OrganismePayeur, agent: Agent) -> None:
    liste = envoyee(caf, agent)
    dit = texte(
        client.post(
            reverse("caisse_rejet", args=[liste.pk]), {"accusee_le": "2026-02-17", "motif": "hors_delai"}, follow=True
        )
    )
    assert "les décisions attendent la prochaine liste" in dit
    reponse = client.post(reverse("caisse_rejet", args=[liste.pk]), {"accusee_le": "2026-02-17", "motif": "autre"})
    assert reponse.status_code == 422


def test_what_gives_back_goes_urgently(
    client: Client, caf: OrganismePayeur, agent: Agent, mesure: MesureDecidee, monkeypatch: pytest.MonkeyPatch
) -> None:
    envoyee(caf, agent)
    adresse = reverse("caisse_urgente", args=[caf.pk])
    assert "Aucune levée" in texte(client.post(adresse, {"motif": "Contrat signé"}))
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-24T11:00")
    MesureDecidee.objects.filter(pk=mesure.pk).update(statut=StatutMesure.LEVEE, levee_le=date(2026, 2, 23))
    assert "dont 1 qui rend de l'argent" in texte(client.get(reverse("caisse")))
    dit = texte(client.post(adresse, {"motif": "Contrat signé"}, follow=True))
    assert "Liste urgente n° 1 de mars 2026" in dit
    assert "à rendre depuis 02/2026" in dit


def test_the_convention_of_the_flow(client: Client, caf: OrganismePayeur) -> None:
    convention = f.convention(f.structure())
    adresse = reverse("caisse_convention", args=[caf.pk])
    assert convention.reference in texte(client.get(adresse))
    dit = texte(client.post(adresse, {"convention": convention.pk}, follow=True))
    assert "Aucune convention en vigueur" not in dit
    assert client.get(reverse("caisse_convention", args=[0])).status_code == 404


def test_what_the_files_show(
    client: Client, caf: OrganismePayeur, mesure: MesureDecidee, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        autre = decision(f.personne(foyer=f.foyer()), preuve=f"2026-X-{n}")
        echo(autre, ConstatCaisse.APPLIQUEE)
    echo(mesure, ConstatCaisse.DIFFERENTE, [{"quoi": "montant", "attendu": "284.46", "vu": "400.00"}])
    with django_assert_max_num_queries(24):
        reponse = client.get(reverse("caisse_suivi"))
    assert "284,46 € par mois demandés, 400,00 € retenus" in texte(reponse)
    assert reponse.context["page"].paginator.count == 13
    filtree = client.get(reverse("caisse_suivi"), {"constat": "differente", "q": "hyperlien"})
    assert filtree.context["page"].paginator.count == 1
    assert "Rien ne correspond" in texte(client.get(reverse("caisse_suivi"), {"constat": "maintenue"}))
    csv = client.get(reverse("caisse_suivi_export"), {"constat": "differente"}).content.decode("utf-8-sig")
    assert len(csv.splitlines()) == 2


def echo(mesure: MesureDecidee, constat: ConstatCaisse, ecarts: list[dict[str, str]] | None = None) -> None:
    EchoCaisse.objects.create(
        mesure=mesure, foyer=mesure.personne.appartenances.get().foyer, constat=constat, ecarts=ecarts or [],
        reference_le=date(2026, 1, 31), flux_id=1, depuis=date(2025, 12, 31),
    )  # fmt: skip


def test_pages_cost_the_same_whatever_they_hold(
    client: Client, caf: OrganismePayeur, agent: Agent, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        decision(f.personne(foyer=f.foyer()), preuve=f"2026-X-{n}")
    liste = preparer_liste(organisme=caf, par=agent, le=f.MAINTENANT)
    for le in range(1, 6):
        ListeCaisse.objects.create(
            organisme=caf, mois=date(2025, le, 1), arret_le=date(2025, le, 20), preparee_par=agent,
            preparee_le=f.MAINTENANT - timedelta(days=le),
        )  # fmt: skip
    with django_assert_max_num_queries(30):
        client.get(reverse("caisse"))
    with django_assert_max_num_queries(26):
        reponse = client.get(reverse("caisse_liste", args=[liste.pk]), {"q": "nomfictif", "tri": "-effet"})
    assert reponse.context["page"].paginator.count == 8


@pytest.mark.parametrize("role", [RoleAgent.REFERENT, RoleAgent.PILOTAGE, RoleAgent.GESTIONNAIRE_DONNEES])
def test_others_do_not_open_it(client: Client, role: RoleAgent, caf: OrganismePayeur) -> None:
    client.force_login(f.agent(role))
    assert client.get(reverse("caisse")).status_code == 403
    assert client.post(reverse("caisse_preparer", args=[caf.pk])).status_code == 403
