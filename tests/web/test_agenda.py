"""The agenda's pages: a week, openings with their preview, absences, a sick colleague, waiting list, interpreters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import AbsenceAgent, Agent
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.metier.rendezvous.models import Creneau, Fermeture, Interprete, Lieu, Plage, RendezVous
from tests import fabriques as f
from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
DEMAIN = LE + timedelta(days=1)


@pytest.fixture
def equipe(monkeypatch: pytest.MonkeyPatch, db: None) -> Equipe:
    monkeypatch.setenv("CORDEE_MAINTENANT", LE.strftime("%Y-%m-%dT%H:%M"))
    return monter()


def client(agent: Agent) -> Client:
    navigateur = Client()
    navigateur.force_login(agent)
    return navigateur


def reserver(equipe: Equipe, creneau: Creneau, **champs: Any) -> RendezVous:
    personne = equipe.entrante(**champs)
    f.contact(personne)
    return services.reserver(creneau=creneau, personne=personne, canal=Canal.COURRIER, par=equipe.samia, le=LE)


def page(agent: Agent, nom: str, *args: Any, **filtres: Any) -> str:
    reponse = client(agent).get(reverse(nom, args=args), filtres)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


class TestSemaine:
    def test_who_is_received_when_and_what_is_left(self, equipe: Equipe) -> None:
        reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN), prenom="Amina", nom="TESTARD")
        f.creneau(equipe.eds, debut=DEMAIN + timedelta(hours=1), places=12, genre=GenreRendezVous.COLLECTIF)
        texte = page(equipe.samia, "agenda")
        assert "Amina T." in texte
        assert "1 place prise, 12 libres" in " ".join(texte.split())

    def test_a_name_is_hidden_from_who_may_not_open_the_file(self, equipe: Equipe) -> None:
        reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN), prenom="Amina", nom="TESTARD")
        autre = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        texte = page(autre, "agenda", structure=equipe.eds.pk)
        assert "Amina" not in texte
        assert "Occupé" in texte

    def test_a_referent_sees_her_own_week_first(self, equipe: Equipe) -> None:
        assert f"<h2>{equipe.lea}</h2>" in page(equipe.lea, "agenda")

    def test_another_structure_is_not_seen(self, equipe: Equipe) -> None:
        f.creneau(equipe.eds, debut=DEMAIN)
        assert equipe.eds.nom not in page(equipe.malik, "agenda", structure=equipe.eds.pk)

    def test_the_export_names_nobody(self, equipe: Equipe) -> None:
        reserver(equipe, f.creneau(equipe.eds, debut=DEMAIN), prenom="Amina", nom="TESTARD")
        assert "TESTARD" not in page(equipe.samia, "agenda", export="csv")

    def test_the_number_of_queries_does_not_follow_the_number_of_slots(
        self, equipe: Equipe, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(6):
            reserver(equipe, f.creneau(equipe.eds, debut=DEMAIN + timedelta(hours=n)))
        navigateur = client(equipe.samia)
        with django_assert_max_num_queries(20):
            navigateur.get(reverse("agenda"))

    def test_a_slot_closes_and_opens_again(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, debut=DEMAIN)
        url = reverse("agenda_creneau", args=[creneau.pk])
        for acte, statut in (("fermer", "ferme"), ("ouvrir", "ouvert")):
            assert client(equipe.samia).post(url, {"acte": acte}).status_code == 302
            creneau.refresh_from_db()
            assert creneau.statut == statut
        assert client(equipe.lea).post(url, {"acte": "fermer"}).status_code == 403  # a desk is not hers
        assert client(equipe.malik).get(url).status_code == 404


class TestPlages:
    SAISIE = {
        "agent": "", "genre": "orientation", "modalite": "physique", "lieu": "", "jours": ["1", "3"], "de": "09:00",
        "a": "12:00", "duree_minutes": "45", "places": "1", "toutes_les": "1", "debut": "2026-02-18", "fin": "",
        "langue": "", "vu": "",
    }  # fmt: skip

    def test_what_it_opens_is_shown_then_confirmed(self, equipe: Equipe) -> None:
        navigateur, url = client(equipe.samia), reverse("agenda_plage_nouvelle")
        saisie = {**self.SAISIE, "structure": str(equipe.eds.pk)}
        apercu = navigateur.post(url, saisie)
        assert "76 créneaux, 76 places" in apercu.content.decode()  # nine Tuesdays, ten Thursdays, four a day
        assert not Plage.objects.exists()
        vu = apercu.context["form"].data["vu"]
        assert navigateur.post(url, {**saisie, "vu": vu}).status_code == 302
        assert (Plage.objects.count(), Creneau.objects.count()) == (2, 76)

    def test_values_changed_after_the_preview_are_shown_again(self, equipe: Equipe) -> None:
        navigateur, url = client(equipe.samia), reverse("agenda_plage_nouvelle")
        saisie = {**self.SAISIE, "structure": str(equipe.eds.pk)}
        vu = navigateur.post(url, saisie).context["form"].data["vu"]
        assert (
            "Rien n'est encore enregistré" in navigateur.post(url, {**saisie, "vu": vu, "a": "17:00"}).content.decode()
        )
        assert not Plage.objects.exists()

    def test_a_referent_opens_her_own_hours_only(self, equipe: Equipe) -> None:
        saisie = {**self.SAISIE, "structure": str(equipe.eds.pk)}
        reponse = client(equipe.lea).post(reverse("agenda_plage_nouvelle"), saisie)
        assert (reponse.status_code, "votre propre agenda" in reponse.content.decode()) == (422, True)

    def test_closing_says_what_it_touches(self, equipe: Equipe) -> None:
        plage = services.ouvrir_plage(
            structure=equipe.eds, genre=GenreRendezVous.ORIENTATION, modalite="physique", jour_semaine=2,  # type: ignore[arg-type]
            de=LE.time(), a=LE.replace(hour=12).time(), duree_minutes=45, debut=LE.date(), par=equipe.samia, le=LE,
        )  # fmt: skip
        reserver(equipe, plage.creneaux.earliest("debut"))
        texte = page(equipe.samia, "agenda_plage_fermer", plage.pk)
        assert "40 créneaux à venir" in texte
        assert "1 est pris" in texte
        client(equipe.samia).post(reverse("agenda_plage_fermer", args=[plage.pk]), {"fin": "2026-02-18"})
        assert not Creneau.objects.filter(statut="ouvert").exists()

    def test_days_closed_and_opened_again(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, debut=DEMAIN)
        client(equipe.samia).post(
            reverse("agenda_fermeture_nouvelle"),
            {"structure": equipe.eds.pk, "lieu": "", "debut": "2026-02-18", "fin": "2026-02-19", "motif": "Grève"},
        )
        assert Creneau.objects.get().statut == "ferme"
        assert "Grève" in page(equipe.samia, "agenda_lieux")
        client(equipe.samia).post(reverse("agenda_fermeture_annuler", args=[Fermeture.objects.get().pk]))
        creneau.refresh_from_db()
        assert creneau.statut == "ouvert"

    def test_a_place_is_added(self, equipe: Equipe) -> None:
        client(equipe.samia).post(
            reverse("agenda_lieu_nouveau"),
            {"nom": "Annexe", "adresse": "1, rue Neuve", "code_postal": "94000", "accessible": "on", "actif": "on"},
        )
        assert Lieu.objects.get().structure == equipe.eds


class TestAbsences:
    def test_declared_then_back(self, equipe: Equipe) -> None:
        f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN)
        saisie = {"agent": equipe.lea.pk, "motif": "maladie", "debut": "2026-02-18", "retour": ""}
        assert client(equipe.samia).post(reverse("agenda_absence_nouvelle"), saisie).status_code == 302
        assert "retour inconnu" in page(equipe.samia, "agenda_absences")
        assert Creneau.objects.get().statut == "ferme"
        absence = AbsenceAgent.objects.get()
        client(equipe.lea).post(reverse("agenda_absence_fin", args=[absence.pk]), {"fin": "2026-02-18"})
        assert Creneau.objects.get().statut == "ouvert"

    def test_a_colleague_is_not_declared_away_by_another(self, equipe: Equipe) -> None:
        autre = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        saisie = {"agent": autre.pk, "motif": "conge", "debut": "2026-02-18", "retour": "2026-02-19"}
        assert client(equipe.lea).post(reverse("agenda_absence_nouvelle"), saisie).status_code == 422
        assert not AbsenceAgent.objects.exists()


class TestReplacer:
    def test_a_sick_colleagues_day_is_shared_out_in_one_act(self, equipe: Equipe) -> None:
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds, prenom="Noé", nom="Exemple")
        rdv = reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN), prenom="Amina", nom="TESTARD")
        libre = f.creneau(equipe.eds, agent=noe, debut=DEMAIN)
        url = f"{reverse('agenda_replacer')}?agent={equipe.lea.pk}&jour=2026-02-18"
        navigateur = client(equipe.samia)
        texte = navigateur.get(url).content.decode()
        assert "Amina T." in texte
        assert "Même heure, même lieu" in texte
        suite = navigateur.post(url, {f"creneau-{rdv.pk}": libre.pk, f"version-{rdv.pk}": rdv.version}, follow=True)
        assert "confié à un collègue" in suite.content.decode()
        rdv.refresh_from_db()
        assert (rdv.agent, rdv.creneau, AbsenceAgent.objects.get().agent) == (noe, libre, equipe.lea)

    def test_a_referent_does_not_move_the_day_of_a_colleague(self, equipe: Equipe) -> None:
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        rdv = reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN))
        libre = f.creneau(equipe.eds, agent=noe, debut=DEMAIN)
        url = f"{reverse('agenda_replacer')}?agent={equipe.lea.pk}&jour=2026-02-18"
        client(noe).post(url, {f"creneau-{rdv.pk}": libre.pk, f"version-{rdv.pk}": rdv.version})
        rdv.refresh_from_db()
        assert (rdv.agent, AbsenceAgent.objects.exists()) == (equipe.lea, False)


class TestListes:
    def test_a_freed_place_goes_to_who_waits(self, equipe: Equipe) -> None:
        personne = equipe.entrante(prenom="Amina", nom="TESTARD")
        f.contact(personne)
        attente = services.mettre_en_attente(
            personne=personne, structure=equipe.eds, genre=GenreRendezVous.ORIENTATION, par=equipe.samia, le=LE
        )
        assert "Aucune place ne convient" in page(equipe.samia, "agenda_attente")
        creneau = f.creneau(equipe.eds, debut=DEMAIN)
        assert "Place possible" in page(equipe.samia, "agenda_attente")
        url = reverse("agenda_attente_servir", args=[attente.pk])
        client(equipe.samia).post(url, {"creneau": creneau.pk})
        attente.refresh_from_db()
        assert (attente.statut, attente.rendez_vous.creneau) == ("servie", creneau)  # type: ignore[union-attr]

    def test_an_interpreter_is_booked_with_her_cost(self, equipe: Equipe) -> None:
        reserver(equipe, f.creneau(equipe.eds, debut=DEMAIN, minutes=70), langue="tamoul", interprete=True)
        interprete = Interprete.objects.get()
        assert "À réserver" in page(equipe.samia, "agenda_interpretes")
        client(equipe.samia).post(
            reverse("agenda_interprete", args=[interprete.pk]),
            {"type": "telephone", "prestataire": "Interprètes réunis", "cout": "42.50"},
        )
        interprete.refresh_from_db()
        assert (interprete.statut, str(interprete.cout)) == ("reserve", "42.50")
        assert "Interprètes réunis" in page(equipe.samia, "agenda_interpretes", export="csv")

    def test_filling_says_what_is_missing(self, equipe: Equipe) -> None:
        equipe.entrante()
        equipe.entrante()
        f.creneau(equipe.eds, debut=DEMAIN)
        texte = page(equipe.samia, "agenda_remplissage")
        assert equipe.eds.nom in texte
        assert "personnes à recevoir" in texte

    def test_the_ceiling_is_set_by_a_manager_only(self, equipe: Equipe) -> None:
        chef = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        url = reverse("agenda_plafond", args=[equipe.eds.pk, "orientation"])
        assert client(equipe.samia).get(url).status_code == 403
        assert client(chef).post(url, {"plafond": "60"}).status_code == 422
        assert client(chef).post(url, {"plafond": "20"}).status_code == 302
        assert client(chef).get(reverse("agenda_plafond", args=[equipe.ccas.pk, "orientation"])).status_code == 404


class TestFlux:
    def test_the_address_opens_her_appointments_in_neutral_words_until_revoked(self, equipe: Equipe) -> None:
        reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN), prenom="Amina", nom="TESTARD")
        navigateur = client(equipe.lea)
        adresse = navigateur.post(reverse("agenda_calendrier"), {"acte": "ouvrir"}).context["adresse"]
        flux = Client().get(adresse)
        (evenement,) = Calendar.from_ical(flux.content).walk("VEVENT")
        assert str(evenement["summary"]) == "Entretien d'orientation A.T."
        assert datetime.fromisoformat(str(evenement.decoded("dtstart"))) == DEMAIN
        assert b"TESTARD" not in flux.content
        navigateur.post(reverse("agenda_calendrier"), {"acte": "revoquer"})
        assert Client().get(adresse).status_code == 404

    def test_a_leaver_or_a_forged_address_gets_nothing(self, equipe: Equipe) -> None:
        adresse = client(equipe.lea).post(reverse("agenda_calendrier"), {"acte": "ouvrir"}).context["adresse"]
        equipe.lea.actif = False
        equipe.lea.save()
        assert Client().get(adresse).status_code == 404
        assert Client().get(reverse("agenda_flux", args=["n-importe-quoi"])).status_code == 404
