"""« Orientations »: what each role sees of the proposals, an arrêté from draft to force, an explanation handed over."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse  # noqa: TID251
from django.test import Client
from django.urls import reverse

from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import Impact, ThemeDiagnostic
from cordee.metier.orientation.models import ArreteCriteres, DemandeExplication
from cordee.metier.orientation.selectors.criteres import arrete_en_vigueur
from cordee.metier.personnes.enums import Sexe
from cordee.metier.personnes.models import Lecture
from cordee.socle import horloge
from tests import fabriques as f
from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as monter
from tests.metier.orientation.propositions import decidee, reponses

pytestmark = pytest.mark.django_db
R = RoleAgent


@pytest.fixture
def equipe() -> Equipe:
    return monter()


@pytest.fixture
def encadrante() -> Agent:
    return f.agent(R.ENCADRANT, structure=f.structure(TypeStructure.PLATEFORME, ""))


@pytest.fixture
def decisions(equipe: Equipe) -> None:
    """Nine women followed towards employment, seven men otherwise, one man followed: sixteen decisions and one."""
    le = horloge.maintenant()
    for _ in range(9):
        decidee(equipe, le=le, personne=equipe.entrante(sexe=Sexe.FEMME))
    for _ in range(7):
        decidee(equipe, le=le, suivie=False, personne=equipe.entrante(sexe=Sexe.HOMME))
    decidee(equipe, le=le, personne=equipe.entrante(sexe=Sexe.HOMME))


def lire(reponse: HttpResponse) -> str:
    return unescape(reponse.content.decode()).replace("\u00a0", " ")


@pytest.mark.usefixtures("decisions")
class TestBilan:
    def test_rates_come_with_their_denominator_and_interval(self, client: Client, encadrante: Agent) -> None:
        client.force_login(encadrante)
        reponse = client.get(reverse("orientations"))
        s = reponse.context["synthese"]
        assert (s.decisions.n, s.avec_proposition.n, s.suivie.sur) == (17, 17, 17)
        assert s.suivie.texte.replace("\u00a0", " ") == "58,8 %"
        assert "de 36 à 78 %" in lire(reponse)
        assert "ne lit ni le sexe" in lire(reponse)

    def test_small_numbers_are_hidden_with_what_would_give_them(self, client: Client, encadrante: Agent) -> None:
        client.force_login(encadrante)
        (sexe,) = [d for d in client.get(reverse("orientations")).context["dimensions"] if d["cle"] == "sexe"]
        femmes, hommes = sexe["lignes"]
        assert hommes.suivie.cache, "one man of eight: he is not shown"
        assert hommes.suivie.url == ""
        assert femmes.suivie.cache or femmes.effectif.cache, "nine of ten would give him back"

    def test_a_number_opens_its_list_and_the_reads_are_logged(self, client: Client, encadrante: Agent) -> None:
        client.force_login(encadrante)
        url = client.get(reverse("orientations")).context["synthese"].motifs[2][1].url
        page = client.get(url)
        assert page.context["page"].paginator.count == 7
        assert "Une autre appréciation" in lire(page)
        assert Lecture.objects.filter(page="liste/orientations").count() == 7
        assert "Samia" not in lire(page), "no agent is named (V10)"
        fichier = client.get(url.replace("/decisions/", "/decisions/export/"))
        assert len(fichier.content.decode().strip().splitlines()) == 8
        assert "Samia" not in fichier.content.decode()

    def test_an_elected_member_opens_no_list_and_sees_only_what_is_published(self, client: Client) -> None:
        client.force_login(f.agent(R.ELU, structure=f.structure(TypeStructure.DEPARTEMENT, "")))
        page = client.get(reverse("orientations"))
        assert page.context["champ"].seuil == 11
        assert reverse("orientations_liste") not in lire(page)
        assert client.get(reverse("orientations_liste")).status_code == 403

    def test_a_head_of_structure_sees_the_decisions_towards_hers(self, client: Client, equipe: Equipe) -> None:
        client.force_login(f.agent(R.CHEF_STRUCTURE, structure=equipe.eds))
        siennes = client.get(reverse("orientations"), {"structure": str(equipe.agence.pk)}).context["synthese"]
        assert siennes.decisions.n == 7
        client.force_login(f.agent(R.CHEF_STRUCTURE, structure=equipe.ccas))
        assert client.get(reverse("orientations")).context["synthese"].vide

    def test_an_agent_sees_her_own_decisions_and_nobody_elses(self, client: Client, equipe: Equipe) -> None:
        client.force_login(equipe.samia)
        assert client.get(reverse("orientations_miennes")).context["synthese"].decisions.n == 17
        client.force_login(f.agent(R.AGENT_PLATEFORME, structure=equipe.eds))
        assert client.get(reverse("orientations_miennes")).context["synthese"].vide
        assert client.get(reverse("orientations")).status_code == 403

    def test_the_page_asks_the_same_number_of_questions_whatever_it_counts(
        self, client: Client, encadrante: Agent, django_assert_max_num_queries: object
    ) -> None:
        client.force_login(encadrante)
        client.get(reverse("orientations"))
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            client.get(reverse("orientations"))


class TestRegle:
    def test_every_agent_reads_the_rule_of_a_day(self, client: Client, equipe: Equipe) -> None:
        client.force_login(equipe.lea)
        page = lire(client.get(reverse("orientation_regle")))
        assert "criteres-nationaux-2024-11/1" in page
        assert "Moins de 26 ans" in page
        assert "Préparer un arrêté" not in page
        avant = lire(client.get(reverse("orientation_regle"), {"au": "2024-06-01"}))
        assert "Aucun critère ce jour-là" in avant


class TestArrete:
    def saisie(self, **champs: object) -> dict[str, object]:
        au = horloge.aujourdhui()
        return {
            "reference": "2026-118", "objet": "Préciser", "circonstances": "Un plateau sans transport.",
            "debut": (au + timedelta(days=1)).isoformat(), "themes_bloquants": ["mobilite"], "forts_bloquants": "3",
            "faibles_toleres": "1", "avis_le": (au - timedelta(days=9)).isoformat(), "signe_le": au.isoformat(),
            "prefet": "La préfète", "president": "Le président", **champs,
        }  # fmt: skip

    def test_from_a_draft_to_force_through_the_pages(self, client: Client, equipe: Equipe, encadrante: Agent) -> None:
        for _ in range(6):
            decidee(equipe, le=horloge.maintenant(), lues=reponses(themes={ThemeDiagnostic.MOBILITE: Impact.FORT}))
        client.force_login(encadrante)
        assert client.post(reverse("orientation_arrete_nouveau"), self.saisie()).status_code == 302
        arrete = ArreteCriteres.objects.get()
        assert arrete.precisions == {"themes_bloquants": ["mobilite"]}
        page = reverse("orientation_arrete", args=[arrete.pk])
        client.post(reverse("orientation_arrete_activer", args=[arrete.pk]), {"version": arrete.version})
        arrete.refresh_from_db()
        assert arrete.statut == "brouillon", "not tried yet: refused"
        assert "Simulez d'abord" in lire(client.get(page))
        au = horloge.aujourdhui()
        essai = {"du": (au - timedelta(days=30)).isoformat(), "au": au.isoformat()}
        assert client.post(reverse("orientation_arrete_simuler", args=[arrete.pk]), essai).status_code == 302
        simulation = client.get(page).context["simulation"]
        assert (simulation["comparees"], simulation["deplacees"].texte.replace("\u00a0", " ")) == (6, "100,0 %")
        client.post(reverse("orientation_arrete_activer", args=[arrete.pk]), {"version": arrete.version})
        demain = au + timedelta(days=1)
        assert arrete_en_vigueur(au) is None
        assert arrete_en_vigueur(demain) == arrete
        assert client.post(reverse("orientation_arrete_modifier", args=[arrete.pk]), self.saisie()).status_code == 422

    @pytest.mark.parametrize(
        ("champs", "attendu"),
        [
            ({"debut": "2025-02-01"}, "au passé"), ({"themes_bloquants": []}, "ne précise rien"),
            ({"themes_bloquants": ["confiance"]}, "confiance"), ({"forts_bloquants": "9"}, "9"),
            ({"reference": "<b>"}, "référence"),
        ],
    )  # fmt: skip
    def test_what_the_law_does_not_allow_is_refused_with_a_sentence(
        self, client: Client, encadrante: Agent, champs: dict[str, object], attendu: str
    ) -> None:
        client.force_login(encadrante)
        reponse = client.post(reverse("orientation_arrete_nouveau"), self.saisie(**champs))
        assert reponse.status_code == 422
        assert attendu in lire(reponse)
        assert not ArreteCriteres.objects.exists()

    def test_a_period_upside_down_tries_nothing(self, client: Client, encadrante: Agent) -> None:
        client.force_login(encadrante)
        client.post(reverse("orientation_arrete_nouveau"), self.saisie())
        pk = ArreteCriteres.objects.get().pk
        reponse = client.post(
            reverse("orientation_arrete_simuler", args=[pk]), {"du": "2026-02-01", "au": "2026-01-01"}
        )
        assert reponse.status_code == 422
        assert "suit le dernier" in lire(reponse)
        assert ArreteCriteres.objects.get().simulation == {}


class TestExplication:
    def test_asked_at_the_counter_and_handed_over(self, client: Client, equipe: Equipe) -> None:
        decision = decidee(equipe, le=horloge.maintenant())
        url = reverse("orientation_explication", args=[decision.personne_id])
        client.force_login(equipe.samia)
        assert "Expliquer la proposition" in lire(client.get(f"{reverse('personne', args=[decision.personne_id])}"
                                                             "?onglet=diagnostic"))  # fmt: skip
        aujourdhui = horloge.aujourdhui().isoformat()
        assert client.post(url, {"demandee_le": aujourdhui, "canal": "plus_tard"}).status_code == 302
        assert "à répondre" in lire(client.get(url))
        attente = client.get(reverse("orientations_miennes")).context["explications"]
        assert [x["qui"] for x in attente] == [decision.personne_id]
        assert client.post(url, {"demandee_le": aujourdhui, "canal": "guichet"}).status_code == 302
        assert client.get(reverse("orientations_miennes")).context["explications"] == []
        demande = DemandeExplication.objects.get()
        assert demande.courrier == Courrier.objects.get(genre="explication_proposition")
        pdf = client.get(reverse("courrier_pdf", args=[decision.personne_id, demande.courrier_id]))
        assert pdf["Content-Type"] == "application/pdf"

    def test_without_a_proposal_the_page_says_why(self, client: Client, equipe: Equipe) -> None:
        personne = equipe.decider(equipe.entrante(), le=horloge.maintenant()).personne
        client.force_login(equipe.samia)
        url = reverse("orientation_explication", args=[personne.pk])
        assert "Aucun programme n'a servi" in lire(client.get(url))
        client.post(url, {"demandee_le": horloge.aujourdhui().isoformat(), "canal": "guichet"})
        assert not DemandeExplication.objects.exists()
