"""Hours on the screens: a person's week, the grid of a team, the person's own page; calls, reminders, late promises."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.contrats.enums import FamilleActivite, SourceHeures
from cordee.metier.contrats.models import Engagement, HeuresRealisees
from cordee.metier.contrats.regles.heures import lundi
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.models import ReglageReferent
from cordee.metier.participation.models import AccesEspace
from cordee.metier.suivi.models import ContactSuivi
from cordee.metier.suivi.tournee import Visite, contenu
from cordee.socle import horloge
from cordee.web.equipe.appel import dates_proposees
from cordee.web.espace.session import CLE
from cordee.web.heures.formulaires import lire_heures
from tests import fabriques as f
from tests.metier.heures import Scene, sous_contrat

pytestmark = pytest.mark.django_db
F, S = FamilleActivite, SourceHeures


def la_semaine() -> date:
    return lundi(horloge.aujourdhui()) - timedelta(days=7)


@pytest.fixture
def scene(db: None) -> Scene:
    eds = f.structure(telephone="0199000001")
    agent = f.agent(RoleAgent.REFERENT, structure=eds, prenom="Léa", nom="Essai")
    depuis = horloge.aujourdhui() - timedelta(days=200)
    return Scene(eds, agent, *sous_contrat(eds, agent, depuis=depuis))


@pytest.fixture
def lea(scene: Scene) -> Client:
    client = Client()
    client.force_login(scene.agent)
    return client


class TestPerson:
    def test_a_week_entered_on_her_behalf_then_justified(self, scene: Scene, lea: Client) -> None:
        url = f"{reverse('heures', args=[scene.personne.pk])}?semaine={la_semaine()}"
        assert lea.post(url, {"source": "declaree", "h_formation": "7h30"}).status_code == 302
        dite = HeuresRealisees.objects.get()
        assert (dite.heures, dite.source, dite.saisie_par) == (Decimal("7.5"), S.DECLAREE, scene.agent)
        refus = lea.post(url, {"source": "verifiee", "h_formation": "8"})
        assert refus.status_code == 422, "justifiées : par quel document ?"
        assert lea.post(url, {"source": "verifiee", "piece_vue": "emargement", "h_formation": "8"}).status_code == 302
        page = lea.get(url).content.decode()
        assert "prises avant ce que dit la personne, 7 h 30" in page
        assert "ni sanction, ni note" in page
        panneau = lea.get(reverse("personne", args=[scene.personne.pk]), {"onglet": "contrat"}).content.decode()
        assert "Heures d'activité" in panneau.replace("&#x27;", "'")

    def test_typed_in_many_ways(self) -> None:
        assert [lire_heures(t) for t in ("7,5", "7h30", "7 h", "0")] == [Decimal("7.5"), Decimal("7.5"), 7, 0]


class TestGrid:
    def test_what_changes_is_written_once(self, scene: Scene, lea: Client, django_assert_max_num_queries: Any) -> None:
        url, pk = f"{reverse('heures_grille')}?semaine={la_semaine()}", scene.personne.pk
        saisie = {f"h-{pk}-formation": "9", f"v-{pk}-formation": "", f"h-{pk}-recherche": "", f"v-{pk}-recherche": ""}
        for _ in range(2):
            lea.post(url, saisie)
        assert HeuresRealisees.objects.get().heures == 9
        page = lea.post(url, {f"h-{pk}-formation": "beaucoup", f"v-{pk}-formation": "9"})
        assert page.status_code == 422
        assert "beaucoup" in page.content.decode(), "la saisie est gardée"
        lea.post(url, {f"h-{pk}-formation": "4", f"v-{pk}-formation": "2"})
        assert HeuresRealisees.objects.get().heures == 9, "quelqu'un avait écrit entre-temps"
        for _ in range(3):
            sous_contrat(scene.eds, scene.agent, depuis=date(2025, 9, 1))
        with django_assert_max_num_queries(16):
            lea.get(url)
        nom = scene.personne.nom
        assert [ligne["pk"] for ligne in lea.get(f"{url}&q={nom}").context["lignes"]] == [pk]
        fichier = lea.get(f"{url}&q={nom}&format=csv").content.decode()
        assert f"{nom};{la_semaine():%d/%m/%Y};15,0;;9,0;" in fichier


class TestHerOwnPage:
    @pytest.fixture
    def elle(self, scene: Scene) -> Client:
        acces = AccesEspace.objects.create(
            personne=scene.personne, contact=f.contact(scene.personne), active_le=horloge.maintenant(),
            contact_le=horloge.maintenant(), active_par=scene.agent,
        )  # fmt: skip
        client = Client()
        session = client.session
        fin = horloge.maintenant().timestamp() + 500
        session[CLE] = {"acces": acces.pk, "jusqua": fin, "au_plus": fin}
        session.save()
        return client

    def test_she_says_her_hours_then_that_nothing_was_offered(self, scene: Scene, elle: Client) -> None:
        url = f"{reverse('espace_heures')}?semaine={la_semaine()}"
        assert "Votre contrat prévoit 15 h" in elle.get(url).content.decode()
        assert elle.post(url, {"h_formation": "10", "autre_recherche": "2,5"}).status_code == 302
        siennes = {h.famille: h for h in HeuresRealisees.objects.all()}
        assert (siennes["formation"].heures, siennes["recherche"].heures) == (10, Decimal("2.5"))
        assert {h.saisie_par for h in siennes.values()} == {None}
        assert elle.post(url, {"empechement": "pas_d_offre"}).status_code == 302
        courantes = HeuresRealisees.objects.filter(remplacee_le=None)
        assert {(h.heures, h.empechement) for h in courantes} == {(Decimal(0), "pas_d_offre")}
        assert HeuresRealisees.objects.count() == 4, "ce qu'elle avait dit reste"
        assert elle.post(url, {}).status_code == 422

    def test_closed_without_her_code(self, scene: Scene) -> None:
        assert Client().get(reverse("espace_heures")).status_code == 302


class TestCalls:
    def test_three_taps(self, scene: Scene, lea: Client) -> None:
        url = reverse("appel", args=[scene.personne.pk])
        page = lea.get(url)
        (premier, *_), avant = page.context["dates"], ContactSuivi.objects.count()
        assert lea.post(url, {"prochain": premier[0]}).status_code == 422, "le résultat manque"
        assert lea.post(url, {"resultat": "message", "prochain": premier[0].isoformat()}).status_code == 302
        contact = ContactSuivi.objects.latest("pk")
        assert (ContactSuivi.objects.count(), contact.resultat, contact.prochain_le) == (
            avant + 1,
            "message",
            premier[0],
        )

    def test_days_off_are_left_out(self, scene: Scene) -> None:
        ReglageReferent.objects.create(agent=scene.agent, structure=scene.eds, quotite=80, repos=[2])
        proposees = dates_proposees(scene.agent, 28, au=date(2026, 2, 16))
        assert proposees[0][0] == date(2026, 2, 19)
        assert not [le for le, _ in dates_proposees(scene.agent, 28, au=date(2026, 2, 18)) if le.weekday() == 2]

    def test_the_date_first_proposed_is_a_day_the_referent_works(self, scene: Scene) -> None:
        """Whoever notes the contact: on the page of the act as in the three taps."""
        collegue = Client()
        collegue.force_login(f.agent(RoleAgent.AGENT_PLATEFORME, structure=scene.eds))
        acte, appel = reverse("acte", args=[scene.personne.pk, "contact"]), reverse("appel", args=[scene.personne.pk])
        avant = collegue.get(acte).context["form"].initial["prochain_le"]
        ReglageReferent.objects.create(
            agent=scene.agent, structure=scene.eds, quotite=80, repos=[avant.weekday()]
        )  # fmt: skip
        apres = collegue.get(acte).context["form"].initial["prochain_le"]
        assert horloge.aujourdhui() < apres < avant
        assert apres.weekday() != avant.weekday()
        assert avant.weekday() not in {le.weekday() for le, _ in collegue.get(appel).context["dates"]}


class TestReminders:
    def test_each_gets_hers_and_few_leave_a_day(self, scene: Scene, lea: Client, monkeypatch: Any) -> None:
        gens = [scene.personne, *(sous_contrat(scene.eds, scene.agent, depuis=date(2025, 9, 1))[0] for _ in range(2))]
        for rang, p in enumerate(gens):
            f.contact(p, f"060102030{rang}")
        monkeypatch.setattr("cordee.metier.suivi.services.relances.reste_du_jour", lambda **_: 2)
        ids = {"ids": [p.pk for p in gens], "action": "voir"}
        page = lea.post(reverse("relances"), ids)
        assert page.context["partent"] == 2
        assert "Demain" in page.content.decode()
        assert (
            lea.post(reverse("relances"), {**ids, "action": "envoyer", "mot": "Le café est chaud."}).status_code == 302
        )
        lettres = Courrier.objects.filter(genre=GenreCourrier.PRISE_DE_NOUVELLES)
        assert lettres.count() == 2
        assert "Léa Essai aimerait prendre de vos nouvelles" in str(lettres[0].donnees)
        encore = lea.post(reverse("relances"), ids)
        assert "laissez-lui le temps de répondre" in encore.content.decode()

    def test_visits_name_nobody_on_the_cover(self, scene: Scene, lea: Client) -> None:
        f.adresse(personne=scene.personne)
        pdf = lea.post(reverse("tournee"), {"ids": [scene.personne.pk]})
        assert pdf.content.startswith(b"%PDF")
        dit = contenu(
            [Visite(qui="TESTARD Zoé", adresse=["5 rue des Lilas"], commune="Créteil")], agent="Léa", structure="EDS",
            le=f.MAINTENANT,
        )  # fmt: skip
        couverture = {cle: v for cle, v in dit["visites"][0].items() if cle != "faits"}
        assert couverture == {"numero": 1, "heure": "", "commune": "Créteil"}
        scene.personne.contact_discret = True
        scene.personne.save()
        assert lea.post(reverse("tournee"), {"ids": [scene.personne.pk]}).status_code == 302


def test_our_late_promises_are_listed_and_kept(scene: Scene, lea: Client) -> None:
    hier = horloge.aujourdhui() - timedelta(days=3)
    promesse = Engagement.objects.create(
        contrat=scene.contrat, engage="organisme", texte="Envoyer le dossier", avant_le=hier
    )
    page = lea.get(reverse("engagements"))
    assert [(ligne["texte"], ligne["jours"]) for ligne in page.context["lignes"]] == [("Envoyer le dossier", 3)]
    assert b"Envoyer le dossier" in lea.get(reverse("engagements"), {"format": "csv"}).content
    Engagement.objects.filter(pk=promesse.pk).update(avant_le=horloge.aujourdhui() + timedelta(days=4))
    assert not lea.get(reverse("engagements")).context["lignes"]
    assert [ligne["texte"] for ligne in lea.get(reverse("engagements"), {"vue": "a_venir"}).context["lignes"]] == [
        "Envoyer le dossier"
    ]
    lea.post(reverse("engagement_regler", args=[promesse.pk]), {"action": "tenu"})
    promesse.refresh_from_db()
    assert (promesse.etat, promesse.tenu_le) == ("tenu", horloge.aujourdhui())
    assert not lea.get(reverse("engagements")).context["lignes"]
