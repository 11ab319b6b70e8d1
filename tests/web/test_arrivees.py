"""The arrivals desk and what follows absences, as pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.personnes.models import Lecture, Personne
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifVenue, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.regles.code_barres import numero_de_ligne
from cordee.metier.rendezvous.services import constater
from cordee.metier.suivi.models import ContactSuivi
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, situation
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db
S = StatutRendezVous
MINUTE = timedelta(minutes=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def equipe(db: None, monkeypatch: pytest.MonkeyPatch) -> Equipe:
    """Nine o'clock on a Tuesday."""
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    return monter()


@pytest.fixture
def samia(equipe: Equipe, client: Client) -> Client:
    client.force_login(equipe.samia)
    return client


def a(equipe: Equipe, heure: int, minute: int = 0, **champs: Any) -> RendezVous:
    """Somebody expected today at that hour, convened a week ago."""
    rdv = {k: champs.pop(k) for k in ("structure", "genre", "agent") if k in champs}
    personne = equipe.entrante(le=LE - timedelta(days=9), **champs)
    debut = LE.replace(hour=heure, minute=minute)
    return equipe.convoquer(personne, le=LE - timedelta(days=7), debut=debut, **rdv)


def toucher(client: Client, rdv: RendezVous, geste: str, **plus: Any) -> str:
    rdv.refresh_from_db()
    donnees = {"geste": geste, "version": rdv.version, **plus}
    return client.post(reverse("arrivee_geste", args=[rdv.pk]), donnees, headers=HTMX).content.decode()


def taper(client: Client, texte: str, **plus: Any) -> str:
    return client.post(reverse("arrivees_liste"), {"q": texte, **plus}, headers=HTMX).content.decode()


class TestPoste:
    def test_the_morning_on_one_page(self, equipe: Equipe, samia: Client, django_assert_max_num_queries: Any) -> None:
        for minute in range(0, 60, 8):
            a(equipe, 9, minute)
        samia.get(reverse("arrivees"))
        with django_assert_max_num_queries(16):
            page = samia.get(reverse("arrivees"))
        assert page.content.decode().count('id="rdv-') == 8
        assert "8</strong> à venir" in page.content.decode()

    def test_one_tap_its_sentence_and_its_undo(self, equipe: Equipe, samia: Client) -> None:
        rdv = a(equipe, 9, prenom="Amina", nom="Testard")
        dit = toucher(samia, rdv, "arrivee")
        assert "Arrivée de Amina T. notée à 09:00." in dit
        assert "Annuler ce geste" in dit
        assert "Au tour de" in dit
        assert "L&#x27;entretien de Amina T. commence" in toucher(samia, rdv, "recevoir")
        assert situation(rdv.personne).etat == Etat.RENCONTREE
        toucher(samia, rdv, "annuler")
        assert situation(rdv.personne).etat == Etat.CONVOQUEE

    def test_the_undo_outlives_the_refresh_of_the_list(
        self, equipe: Equipe, samia: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rdv = a(equipe, 9)
        toucher(samia, rdv, "arrivee")
        assert "Annuler ce geste" in taper(samia, "")
        monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:02")
        assert "Annuler ce geste" not in taper(samia, "")
        toucher(samia, rdv, "recevoir")
        toucher(samia, rdv, "annuler")
        assert "Annuler ce geste" not in taper(samia, "")

    def test_late_excused_absent(self, equipe: Equipe, samia: Client) -> None:
        rdv, autre = a(equipe, 9), a(equipe, 9, 15)
        assert "20 minutes de retard" in toucher(samia, rdv, "retard:20")
        assert "attendez avant de noter" in toucher(samia, rdv, "absence")
        assert "Absence excusée" in toucher(samia, autre, "excuse:transport")
        autre.refresh_from_db()
        assert (autre.statut, autre.motif_excuse) == (S.EXCUSE, "transport")
        for faux in ("excuse:partie_avant", "excuse:rien", "retard:x", "supprimer"):
            assert samia.post(reverse("arrivee_geste", args=[rdv.pk]), {"geste": faux}).status_code == 404

    def test_the_rarer_taps_are_drawn_when_asked_for(self, equipe: Equipe, samia: Client) -> None:
        rdv = a(equipe, 9, prenom="Zoé", nom="Dufictif")
        bulle = samia.get(reverse("arrivee_plus", args=[rdv.pk])).content.decode()
        assert 'value="retard:20"' in bulle
        assert 'value="excuse:garde_enfant"' in bulle
        assert "partie_avant" not in bulle

    def test_a_long_day_is_cut_and_found_by_name(
        self, equipe: Equipe, samia: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cordee.web.arrivees.poste.A_VENIR", 3)
        for rang in range(6):
            a(equipe, 9, rang, nom=f"Dufictif{rang}")
        page = samia.get(reverse("arrivees")).content.decode()
        assert page.count('id="rdv-') == 3
        assert "Et 3 personnes plus tard dans la journée" in page
        assert "DUFICTIF5" in taper(samia, "dufictif5")

    def test_a_stale_tap_changes_nothing(self, equipe: Equipe, samia: Client) -> None:
        rdv = a(equipe, 9)
        toucher(samia, rdv, "arrivee")
        dit = samia.post(
            reverse("arrivee_geste", args=[rdv.pk]), {"geste": "depart", "version": "1"}, headers=HTMX
        ).content.decode()
        assert "Un collègue a modifié cette ligne" in dit
        rdv.refresh_from_db()
        assert rdv.statut == S.PREVU

    def test_without_javascript_the_page_comes_back(self, equipe: Equipe, samia: Client) -> None:
        rdv = a(equipe, 9)
        reponse = samia.post(reverse("arrivee_geste", args=[rdv.pk]), {"geste": "arrivee"}, follow=True)
        assert reponse.redirect_chain == [(reverse("arrivees"), 302)]
        assert "Arrivée de" in reponse.content.decode()

    def test_typing_narrows_and_enter_notes_the_only_one(self, equipe: Equipe, samia: Client) -> None:
        rdv, _ = a(equipe, 9, nom="Dufictif", prenom="Zoé"), a(equipe, 9, 15, nom="Autrenom")
        page = taper(samia, "duf")
        assert "DUFICTIF Zoé" in page
        assert "AUTRENOM" not in page
        assert "Arrivée de Zoé D." in taper(samia, "duf", valider="1")
        rdv.refresh_from_db()
        assert rdv.arrive_le == LE

    def test_enter_never_chooses_between_two(self, equipe: Equipe, samia: Client) -> None:
        deux = [a(equipe, 9, minute, nom="Dufictif") for minute in (0, 15)]
        assert "Plusieurs personnes correspondent" in taper(samia, "duf", valider="1")
        assert not RendezVous.objects.filter(pk__in=[r.pk for r in deux], arrive_le__isnull=False).exists()

    def test_no_name_stands_in_an_address(self, equipe: Equipe, samia: Client) -> None:
        a(equipe, 9, nom="Dufictif")
        assert samia.get(reverse("arrivees_liste"), {"q": "duf"}).status_code == 405

    def test_another_structures_line_is_not_there(self, equipe: Equipe, client: Client) -> None:
        rdv = a(equipe, 9)
        client.force_login(equipe.malik)
        assert client.post(reverse("arrivee_geste", args=[rdv.pk]), {"geste": "arrivee"}).status_code == 404
        assert 'id="rdv-' not in client.get(reverse("arrivees")).content.decode()


class TestSansRendezVous:
    def test_another_day_another_place_nothing_at_all(self, equipe: Equipe, samia: Client) -> None:
        demain = equipe.convoquer(equipe.entrante(nom="Dufictif", prenom="Ana"), debut=LE + timedelta(days=1))
        la_bas = a(equipe, 10, nom="Dufictif", prenom="Béa", structure=equipe.ccas)
        rien = equipe.entrante(nom="Dufictif", prenom="Cléo")
        page = taper(samia, "dufictif")
        assert page.count('id="personne-') == 3
        assert "Rendez-vous le mercredi 18 février à 09:00, EDS de démonstration" in page
        assert "CCAS de démonstration" in page
        assert "Aucun rendez-vous prévu" in page
        for qui, venue in (
            (demain.personne, MotifVenue.AUTRE_JOUR), (la_bas.personne, MotifVenue.AUTRE_SITE),
            (rien, MotifVenue.SANS_RENDEZ_VOUS),
        ):  # fmt: skip
            samia.post(reverse("arrivee_visite", args=[qui.pk]), {"geste": "attendre"}, headers=HTMX)
            assert RendezVous.objects.get(personne=qui, statut=S.SANS_RENDEZ_VOUS).venue == venue
        assert Lecture.objects.filter(personne_id=rien.pk, page="arrivees/visite").exists()

    def test_received_at_once_what_was_planned_is_told(self, equipe: Equipe, samia: Client) -> None:
        rdv = equipe.convoquer(equipe.entrante(), debut=LE + timedelta(days=1))
        adresse = reverse("arrivee_visite", args=[rdv.personne_id])
        dit = samia.post(adresse, {"geste": "recevoir"}, headers=HTMX).content.decode()
        assert situation(rdv.personne).etat == Etat.RENCONTREE
        assert "Son rendez-vous du 18 février à 09:00, EDS de démonstration, reste prévu." in dit

    def test_a_free_slot_is_given_on_the_spot(self, equipe: Equipe, samia: Client) -> None:
        personne = equipe.entrante()
        creneau = Creneau.objects.create(
            structure=equipe.eds, genre=GenreRendezVous.ORIENTATION, modalite="physique", places=2,
            debut=LE + timedelta(days=2), fin=LE + timedelta(days=2, minutes=45),
        )  # fmt: skip
        adresse = reverse("arrivee_creneau", args=[personne.pk])
        assert "Jeudi 19 février à 09:00" in samia.get(adresse).content.decode()
        samia.post(adresse, {"creneau": creneau.pk})
        rdv = RendezVous.objects.get(personne=personne)
        assert (rdv.creneau, rdv.debut) == (creneau, creneau.debut)
        assert Courrier.objects.get(personne=personne).canal == "guichet"
        creneau.refresh_from_db()
        assert creneau.prises == 1

    def test_who_is_in_no_file_gets_one_with_what_was_typed(self, equipe: Equipe, samia: Client) -> None:
        f.commune()
        page = taper(samia, "Inconnue Jeanne")
        assert "Ouvrir une fiche pour « Inconnue Jeanne »" in page
        envoi = {"depuis": "arrivees", "texte": "Inconnue Jeanne", "structure": equipe.eds.pk}
        saisie = samia.post(reverse("personne_nouvelle"), envoi).content.decode()
        assert re.search(r'name="nom"[^>]*value="Inconnue"', saisie)
        assert re.search(r'name="prenom"[^>]*value="Jeanne"', saisie)
        assert "data-brouillon=" not in saisie
        fiche = {"prenom": "Jeanne", "nom": "Inconnue", "sexe": "inconnu", "structure": equipe.eds.pk}
        fin = samia.post(reverse("personne_nouvelle"), {**fiche, "depuis": "arrivees"})
        assert fin["Location"].startswith(reverse("arrivees"))
        rdv = RendezVous.objects.get(personne__nom="Inconnue")
        assert (rdv.venue, rdv.arrive_le, rdv.recu_le) == (MotifVenue.NOUVELLE, LE, None)
        assert situation(rdv.personne).etat == Etat.ATTENTE_DROIT


class TestFeuilleDeRoute:
    def feuille(self, client: Client, personne: Personne) -> Courrier:
        reponse = client.post(reverse("feuille_de_route", args=[personne.pk]))
        courrier = Courrier.objects.get(personne=personne, genre=GenreCourrier.FEUILLE_DE_ROUTE)
        assert reponse["Location"] == reverse("courrier_pdf", args=[personne.pk, courrier.pk])
        return courrier

    def test_who_when_where_why(self, equipe: Equipe, samia: Client) -> None:
        rdv = equipe.convoquer(equipe.entrante(), agent=equipe.lea)
        courrier = self.feuille(samia, rdv.personne)
        d = courrier.donnees
        assert d["qui"]["nom"] == "Léa Exemple"
        assert d["rdv"]["quand"] == "mardi 24 février 2026 à 9\u00a0h"
        assert d["rdv"]["lieu"]["nom"] == "EDS de démonstration"
        assert "faire connaissance" in d["pourquoi"].lower()
        assert courrier.etat == "recue"

    def test_without_a_date_it_promises_none(self, equipe: Equipe, samia: Client) -> None:
        d = self.feuille(samia, equipe.avec_referent()).donnees
        assert d["qui"]["fonction"].startswith("Votre référent")
        assert "Nous vous proposons une date" in d["rdv"]["quand"]
        assert "recours_prealable" in d["delais"]
        assert "jours" not in d["rdv"]["quand"]


class TestSeances:
    def test_the_sheet_then_its_entry_by_numbers(
        self, equipe: Equipe, samia: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        feuille = [a(equipe, 9, genre=GenreRendezVous.COLLECTIF) for _ in range(3)]
        assert "09:00" in samia.get(reverse("seances")).content.decode()
        adresse = reverse("seance", args=[equipe.eds.pk, "2026-02-17-0900"])
        pdf = samia.get(reverse("seance_feuille", args=[equipe.eds.pk, "2026-02-17-0900"]))
        assert pdf["Content-Type"] == "application/pdf"
        monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")
        faux = {"mode": "numeros", "numeros": f"{numero_de_ligne(feuille[0].pk)}\n12345678"}
        assert samia.post(adresse, faux).status_code == 422
        bons = "\n".join(numero_de_ligne(r.pk) for r in feuille[:2])
        fin = samia.post(adresse, {"mode": "numeros", "numeros": bons}, follow=True).content.decode()
        assert "2 présences, 1 absence." in fin
        etats = [situation(r.personne).etat for r in feuille]
        assert etats == [Etat.RENCONTREE, Etat.RENCONTREE, Etat.INJOIGNABLE]

    def test_unticked_is_absent_and_an_excuse_is_kept(
        self, equipe: Equipe, samia: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        feuille = [a(equipe, 9, genre=GenreRendezVous.COLLECTIF) for _ in range(3)]
        monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")
        saisie = {"mode": "cases", "venue": [feuille[0].pk], f"excuse-{feuille[1].pk}": "sante"}
        samia.post(reverse("seance", args=[equipe.eds.pk, "2026-02-17-0900"]), saisie)
        statuts = [RendezVous.objects.get(pk=r.pk).statut for r in feuille]
        assert statuts == [S.HONORE, S.EXCUSE, S.ABSENT]

    def test_a_session_that_is_not_there(self, equipe: Equipe, samia: Client) -> None:
        for quand in ("2026-02-17-0900", "hier"):
            assert samia.get(reverse("seance", args=[equipe.eds.pk, quand])).status_code == 404


class TestAbsences:
    def absente(self, equipe: Equipe, jours: int, **champs: Any) -> Personne:
        recue: datetime = LE - timedelta(days=jours)
        personne = equipe.entrante(le=recue, **champs)
        rdv = equipe.convoquer(personne, le=recue + timedelta(days=1), debut=recue + timedelta(days=5))
        constater(rendez_vous=rdv, statut=S.ABSENT, par=equipe.samia, le=rdv.debut + timedelta(hours=1))
        return personne

    def test_one_tap_after_a_call(self, equipe: Equipe, samia: Client) -> None:
        personne = self.absente(equipe, 10)
        f.contact(personne, "0601020304")
        assert 'href="tel:0601020304"' in samia.get(reverse("absences")).content.decode()
        adresse = reverse("absence_appel", args=[personne.pk])
        dit = samia.post(adresse, {"resultat": "message"}, headers=HTMX).content.decode()
        assert "message laissé" in dit
        assert "Déjà tentées aujourd" in dit
        assert situation(personne).etat == Etat.INJOIGNABLE  # a voice-mail is an attempt, not a contact (R13)
        dit = samia.post(adresse, {"resultat": "jointe"}, headers=HTMX).content.decode()
        assert "Donner un créneau" in dit
        assert situation(personne).etat == Etat.ENTRANTE
        assert ContactSuivi.objects.filter(personne=personne).count() == 2

    def test_the_queue_asks_the_same_questions_whatever_its_length(
        self, equipe: Equipe, samia: Client, django_assert_max_num_queries: Any
    ) -> None:
        self.absente(equipe, 10)
        samia.get(reverse("absences"))
        with django_assert_max_num_queries(24) as une:
            samia.get(reverse("absences"))
        for _ in range(4):
            self.absente(equipe, 11)
        with django_assert_max_num_queries(len(une.captured_queries)):
            samia.get(reverse("absences"))

    def test_signing_needs_a_signature_and_a_path(self, equipe: Equipe, client: Client) -> None:
        encadrante: Agent = f.agent(RoleAgent.ENCADRANT, structure=equipe.eds)
        personne = self.absente(equipe, 30)
        client.force_login(encadrante)
        adresse = reverse("absences_defaut")
        for envoi, phrase in (
            ({"ids": [personne.pk], "voie": "social"}, "phrase de signature"),
            ({"ids": [personne.pk], "signe": "1"}, "Choisissez un parcours"),
            ({"signe": "1", "voie": "social"}, "au moins une personne"),
        ):
            reponse = client.post(adresse, envoi)
            assert (reponse.status_code, phrase in reponse.content.decode()) == (422, True)
        assert not Orientation.objects.exists()
        client.post(adresse, {"ids": [personne.pk], "voie": "social", "signe": "1"})
        assert Orientation.objects.get(personne=personne).par_defaut

    def test_the_liaison_follows_and_exports_who_went_past(self, equipe: Equipe, client: Client) -> None:
        personne = self.absente(equipe, 50, nom="=Dufictif")
        f.evenement(personne, GenreEvenement.DELAI_ORIENTATION_DEPASSE, par=f.systeme())
        client.force_login(f.agent(RoleAgent.LIAISON, structure=equipe.eds))
        page = client.get(reverse("absences_operateur")).content.decode()
        assert "1 personne sans décision" in page
        fichier = client.get(reverse("absences_operateur"), {"format": "csv"}).content.decode()
        assert "'=Dufictif" in fichier
        assert Lecture.objects.filter(personne_id=personne.pk, page="export/absences-operateur").exists()
