"""The pages of a campaign: from the list of people to the report, and the backlog that campaigns are drawn from."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import marquer_envoye
from cordee.metier.organismes.enums import RoleAgent as R
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import Lecture, Personne
from cordee.metier.rendezvous.enums import EtatCampagne, EtatLigne, GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Campagne, Creneau, RendezVous
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from cordee.metier.rendezvous.taches import mener_campagne, s_excuser
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT


@pytest.fixture(autouse=True)
def heure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")


@pytest.fixture
def eds(db: None) -> Structure:
    """The sector of Créteil, with four slots each morning of two weeks."""
    structure = f.structure(nom="EDS de Créteil", adresse="3 rue des Essais", code_postal="94000", commune=f.commune())
    f.regle_secteur(structure, f.commune())
    for n in range(14):
        jour = date(2026, 2, 18) + timedelta(days=n)
        ouvrir_plage(
            structure=structure, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
            jour_semaine=jour.weekday(), de=time(9), a=time(12), duree_minutes=45, debut=jour,
            fin=jour + timedelta(days=1), par=f.systeme(), le=LE,
        )  # fmt: skip
    return structure


@pytest.fixture
def plateforme(eds: Structure) -> Agent:
    return f.agent(R.AGENT_PLATEFORME, structure=f.structure(TypeStructure.DEPARTEMENT, ""))


def entrante(eds: Structure, **champs: Any) -> Personne:
    foyer = f.foyer()
    f.adresse(foyer=foyer)
    return f.soumise(eds, foyer=foyer, **champs)


def creer(client: Client, suite: str = "?etape=convoquer&convocation=jamais", **champs: Any) -> Campagne:
    base = {"action": "creer", "libelle": "Entrants de février", "genre": "orientation", "delai_ouvres": 10,
            "ordre": "urgence"}  # fmt: skip
    reponse = client.post(reverse("campagne_nouvelle") + suite, {**base, **champs})
    campagne = Campagne.objects.latest("pk")
    assert reponse.url == reverse("campagne_quand", args=[campagne.pk])
    return campagne


def acte(client: Client, campagne: Campagne, nom: str, **champs: Any) -> Any:
    return client.post(reverse("campagne_acte", args=[campagne.pk]), {"acte": nom, **champs}, follow=True)


def demandee(nom: str, campagne: Campagne) -> ProcrastinateJob:
    """The one job asked for this campaign. (Jobs done by the journeys of the browser stay in the table.)"""
    return ProcrastinateJob.objects.get(task_name=nom, status="todo", args__campagne_id=campagne.pk)


def test_from_the_queue_to_the_report(client: Client, plateforme: Agent, eds: Structure) -> None:
    gens = [entrante(eds) for _ in range(5)]
    sans_adresse = f.soumise(eds)
    client.force_login(plateforme)
    attente = client.get(reverse("campagnes")).context["files"]
    assert [(x.file.cle, x.nombre) for x in attente[:2]] == [("entrants", 6), ("seconde", 0)]
    qui = client.get(attente[0].url)
    assert (qui.context["total"], len(qui.context["echantillon"])) == (6, 6)
    campagne = creer(client, attente[0].url.removeprefix(reverse("campagne_nouvelle")))
    offre = client.get(reverse("campagne_quand", args=[campagne.pk])).context["offre"]
    assert [(o.structure, o.besoin, o.places, o.manque) for o in offre] == [(eds, 5, 5, 0)]
    comment = client.get(reverse("campagne_comment", args=[campagne.pk])).context
    assert [(c.value, n) for c, n in comment["canaux"]] == [("courrier", 5)]
    assert client.get(reverse("campagne_apercu", args=[campagne.pk])).content.startswith(b"%PDF")
    verifier = client.get(reverse("campagne_verifier", args=[campagne.pk]))
    assert [(g["refus"].value, g["lignes"][0][0]) for g in verifier.context["groupes"]] == [
        ("injoignable", sans_adresse.pk)
    ]
    assert not RendezVous.objects.exists()
    acte(client, campagne, "lancer", version=verifier.context["campagne"].version)
    tache = demandee(mener_campagne.name, campagne)
    assert client.get(reverse("campagne_progression", args=[campagne.pk])).status_code == 200
    mener_campagne(**tache.args)
    rapport = client.get(reverse("campagne", args=[campagne.pk])).context
    assert (rapport["campagne"].etat, rapport["bilan"].convoquees, rapport["parties"]) == (EtatCampagne.TERMINEE, 5, 0)
    assert set(RendezVous.objects.values_list("personne", flat=True)) == {p.pk for p in gens}
    # the same queue again: the same people are told apart, nobody is convened twice
    assert client.get(reverse("campagnes")).context["files"][0].nombre == 1
    partie = Courrier.objects.filter(personne=gens[0]).get()
    marquer_envoye(courrier=partie, le_jour=LE.date(), par=plateforme, le=LE)
    acte(client, campagne, "annuler")
    mener_campagne(**tache.args)
    assert RendezVous.objects.filter(statut="prevu").get().personne == gens[0]
    assert client.get(reverse("campagne", args=[campagne.pk])).context["a_excuser"] == 1
    acte(client, campagne, "excuser", motif="sans_objet")
    s_excuser(**demandee(s_excuser.name, campagne).args)
    assert set(RendezVous.objects.values_list("statut", flat=True)) == {"annule"}
    assert Courrier.objects.get(genre="excuses").personne == gens[0]


def test_people_ticked_in_the_list_lead_to_a_campaign(client: Client, plateforme: Agent, eds: Structure) -> None:
    a, _, c = (entrante(eds) for _ in range(3))
    client.force_login(plateforme)
    adresse = reverse("campagne_nouvelle")
    page = client.post(adresse, {"action": "preparer", "ids": [a.pk, c.pk]})
    assert (page.status_code, page.context["total"], page.context["cochees"]) == (200, 2, [a.pk, c.pk])
    campagne = creer(client, "", ids=[a.pk, c.pk])
    assert set(campagne.lignes.values_list("personne", flat=True)) == {a.pk, c.pk}
    assert client.post(adresse + "?etape=convoquer", {"tout": "1"}).url == adresse + "?etape=convoquer"
    assert client.post(adresse, {"action": "preparer"}).url == reverse("personnes") + "?"


def test_nobody_outside_the_perimeter_enters_a_campaign(client: Client, eds: Structure) -> None:
    ailleurs, sienne = entrante(f.structure()), entrante(eds)
    cheffe = f.agent(R.CHEF_STRUCTURE, structure=eds)
    client.force_login(cheffe)
    campagne = creer(client, "", ids=[ailleurs.pk, sienne.pk])
    assert list(campagne.lignes.values_list("personne", flat=True)) == [sienne.pk]
    client.force_login(f.agent(R.REFERENT, structure=eds))
    assert client.get(reverse("campagne", args=[campagne.pk])).status_code == 404


def test_an_empty_choice_says_what_to_do_and_changes_nothing(client: Client, plateforme: Agent) -> None:
    client.force_login(plateforme)
    saisie = {"action": "creer", "libelle": "Vide", "genre": "orientation", "delai_ouvres": 10, "ordre": "urgence"}
    reponse = client.post(reverse("campagne_nouvelle") + "?etape=convoquer", saisie)
    assert reponse.status_code == 422
    assert "Aucune personne ne correspond" in reponse.content.decode()
    assert not Campagne.objects.exists()


def test_a_lack_proposes_half_days_and_a_past_day_is_refused(client: Client, plateforme: Agent, eds: Structure) -> None:
    Creneau.objects.all().delete()
    for _ in range(5):
        entrante(eds)
    client.force_login(plateforme)
    campagne = creer(client)
    page = client.get(reverse("campagne_quand", args=[campagne.pk]))
    assert [(o.structure, o.manque, o.demi_journees) for o in page.context["propositions"]] == [(eds, 5, 2)]
    assert page.context["ouverture"].initial["nombre"] == 2
    saisie = {"structure": eds.pk, "nombre": 2, "places": 1, "premier_jour": "2026-02-10"}
    refus = client.post(reverse("campagne_ouvrir", args=[campagne.pk]), saisie)
    assert (refus.status_code, Creneau.objects.count()) == (422, 0)
    assert "Choisissez un jour à venir" in refus.content.decode()
    client.post(reverse("campagne_ouvrir", args=[campagne.pk]), {**saisie, "premier_jour": "2026-02-24"})
    assert set(campagne.lignes.values_list("etat", flat=True)) == {EtatLigne.PLANIFIEE}


def test_settings_that_leave_no_day_are_refused(client: Client, plateforme: Agent, eds: Structure) -> None:
    entrante(eds)
    client.force_login(plateforme)
    campagne = creer(client)
    saisie = {"genre": "orientation", "delai_ouvres": 3, "preavis_courrier": 5, "preavis_message": 2,
              "ordre": "urgence", "version": campagne.version}  # fmt: skip
    refus = client.post(reverse("campagne_quand", args=[campagne.pk]), saisie)
    assert refus.status_code == 422
    assert "plus court que le préavis" in refus.content.decode()
    campagne.refresh_from_db()
    assert campagne.delai_ouvres == 10
    client.post(reverse("campagne_quand", args=[campagne.pk]), {**saisie, "delai_ouvres": 20, "ordre": "hasard"})
    campagne.refresh_from_db()
    assert (campagne.delai_ouvres, campagne.ordre) == (20, "hasard")


def test_the_list_behind_each_number_is_exported_and_logged(client: Client, plateforme: Agent, eds: Structure) -> None:
    p = entrante(eds, nom="=Dangereux")
    client.force_login(plateforme)
    campagne = creer(client)
    page = client.get(reverse("campagne_personnes", args=[campagne.pk]) + "?etat=planifiee&canal=courrier")
    assert [x["ligne"].personne_id for x in page.context["lignes"]] == [p.pk]
    fichier = client.get(reverse("campagne_personnes_export", args=[campagne.pk]) + "?etat=planifiee").content.decode()
    assert "'=Dangereux" in fichier
    assert Lecture.objects.filter(personne_id=p.pk, page=f"export/campagne/{campagne.pk}").count() == 1
    acte(client, campagne, "retirer", ids=[p.pk])
    assert campagne.lignes.get().etat == EtatLigne.RETIREE


def test_pages_cost_the_same_for_ten_times_as_many_people(
    client: Client, plateforme: Agent, eds: Structure, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        entrante(eds)
    client.force_login(plateforme)
    campagne = creer(client)
    for nom, plafond in (("campagne", 14), ("campagne_quand", 14), ("campagne_comment", 40), ("campagne_verifier", 18),
                         ("campagne_personnes", 16)):  # fmt: skip
        with django_assert_max_num_queries(plafond):
            client.get(reverse(nom, args=[campagne.pk]))
