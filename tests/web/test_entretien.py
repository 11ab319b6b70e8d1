"""The interview screen: saved by itself, never overwritten, prefilled from what may be known, drawn at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.models import Constat, DetailDiagnostic, Diagnostic
from cordee.metier.orientation.regles.contenu import Contenu, Detail
from cordee.metier.orientation.services import enregistrer_entretien, recevoir_constats
from cordee.metier.orientation.services.rome import charger_rome_de_depart
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Lecture, Personne
from cordee.socle import horloge
from tests import fabriques as f

pytestmark = pytest.mark.django_db
R = RoleAgent
REPONSES = {"situation_pro": "deux_ans", "diplome": "nv4", "theme_logement": "fort"}
Envoyer = Callable[..., Any]


@pytest.fixture
def eds() -> Structure:
    return f.structure(nom="EDS fictif", commune=f.commune())


@pytest.fixture
def samia() -> Agent:
    return f.agent(R.AGENT_PLATEFORME, structure=f.structure(TypeStructure.PLATEFORME, ""), prenom="Samia")


@pytest.fixture
def personne(eds: Structure, samia: Agent) -> Personne:
    """Received today, of the sector of the EDS."""
    entrante = f.soumise(eds, le=horloge.maintenant() - timedelta(days=10))
    f.adresse(personne=entrante)
    return entrante


@pytest.fixture
def envoyer(personne: Personne) -> Envoyer:
    """``envoyer(client, cle, **champs)``: what the page sends by itself; the answer holds the new hidden fields."""

    def faire(client: Client, cle: str = "orienter", /, **champs: Any) -> Any:
        return client.post(reverse("entretien_brouillon", args=[personne.pk, cle]), {**REPONSES, **champs})

    return faire


@pytest.fixture
def connecter(client: Client) -> Callable[[Agent], Client]:
    def faire(agent: Agent) -> Client:
        client.force_login(agent)
        return client

    return faire


def mener(personne: Personne, par: Agent, contenu: Contenu, **plus: Any) -> Diagnostic:
    le = plus.pop("le", horloge.maintenant() - timedelta(days=90))
    return enregistrer_entretien(personne=personne, contenu=contenu, par=par, le=le, **plus)


class TestSauvegarde:
    def test_a_page_only_opened_leaves_no_draft(self, samia: Agent, connecter: Any, personne: Personne) -> None:
        client = connecter(samia)
        client.get(reverse("acte_orienter", args=[personne.pk]))
        reponse = client.post(reverse("entretien_brouillon", args=[personne.pk, "orienter"]), {"seance": uuid4()})
        assert reponse.status_code == 200
        assert not Diagnostic.objects.exists()

    def test_what_cannot_be_read_erases_nothing_and_is_told(
        self, samia: Agent, connecter: Any, envoyer: Envoyer
    ) -> None:
        client, page = connecter(samia), uuid4()
        envoyer(client, heures_semaine="20", seance=page)
        pk = Diagnostic.objects.get().pk
        reponse = envoyer(client, heures_semaine="vingt", seance=page, diagnostic=pk, version=1)
        assert "À relire : Heures possibles par semaine" in reponse.content.decode()
        assert Diagnostic.objects.get().heures_semaine == 20

    def test_two_agents_see_what_the_other_one_wrote(
        self, samia: Agent, connecter: Any, envoyer: Envoyer, eds: Structure
    ) -> None:
        sa_page, autre_page = uuid4(), uuid4()
        envoyer(connecter(samia), seance=sa_page)
        collegue = f.agent(R.ENCADRANT, structure=samia.affectations.get().structure)
        pk = Diagnostic.objects.get().pk
        envoyer(connecter(collegue), theme_logement="aucun", seance=autre_page, diagnostic=pk, version=1)
        client = connecter(samia)
        saisie = {"theme_logement": "fort", "theme_sante": "faible", "notes": "Mes notes", "diagnostic": pk}
        conflit = envoyer(client, seance=sa_page, version=1, **saisie)
        texte = conflit.content.decode()
        assert conflit.status_code == 409
        assert "a modifié cet entretien" in texte
        assert [d[0] for d in conflit.context["differences"]] == ["Santé", "Logement"]
        assert Diagnostic.objects.get().themes["logement"] == "aucun"
        garder = envoyer(client, **saisie | conflit.context["neufs"])  # she keeps hers: a choice
        assert garder.status_code == 200
        ligne = Diagnostic.objects.get()
        assert (ligne.themes["logement"], ligne.themes["sante"]) == ("fort", "faible")
        assert [v.contenu["themes"]["logement"] for v in ligne.versions.order_by("pk")] == ["fort", "aucun"]
        page = client.get(reverse("entretiens", args=[ligne.personne_id]))
        [affiche] = page.context["entretiens"]
        assert ("Logement", "Sans impact", "Impact fort") in [e for _, ecarts in affiche.versions for e in ecarts]

    def test_the_whole_form_sent_over_somebody_else_s_keeps_what_was_typed(
        self, samia: Agent, connecter: Any, personne: Personne
    ) -> None:
        client = connecter(samia)
        page = client.get(reverse("acte_orienter", args=[personne.pk]))
        caches = {champ.name: champ.value() or "" for champ in page.context["form"].hidden_fields()}
        mener(
            personne, f.agent(R.ENCADRANT), Contenu(themes={"sante": "fort"}), brouillon=True, le=horloge.maintenant()
        )
        adresse, saisie = reverse("acte_orienter", args=[personne.pk]), {**caches, **REPONSES, "action": "diagnostic"}
        refus = client.post(adresse, {**saisie, "notes": "Mes mots"})
        assert refus.status_code == 422
        assert ("Santé", "Impact fort", "Non abordé") in refus.context["differences"]
        form = refus.context["form"]
        assert form["notes"].value() == "Mes mots"
        caches = {champ.name: champ.value() or "" for champ in form.hidden_fields()}
        assert client.post(adresse, {**saisie, **caches}).status_code == 302
        assert not Diagnostic.objects.get().brouillon


class TestPrerempli:
    def test_the_platform_reads_themes_the_referent_body_reads_the_detail(
        self, samia: Agent, connecter: Any, personne: Personne, eds: Structure
    ) -> None:
        """V3: a former interview gives theme and impact to the platform; notes and situations to the référent."""
        avant = f.agent(R.TRAVAILLEUR_SOCIAL, structure=eds)
        contenu = Contenu(situation_pro="jamais", diplome="nv5", themes={"finances": "fort"})
        detail = Detail(notes="Dossier de surendettement.", situations=("finances.dettes",))
        mener(personne, avant, contenu, detail=detail)
        page = connecter(samia).get(reverse("acte_orienter", args=[personne.pk]))
        texte = page.content.decode()
        assert page.context["form"].initial["theme_finances"] == "fort"
        assert "surendettement" not in texte
        assert page.context["form"].initial["situations_finances"] == []
        assert "entretien du" in texte
        referente = f.agent(R.REFERENT, structure=eds)
        f.accompagnee(personne, eds, referente)
        page = connecter(referente).get(reverse("acte_diagnostic", args=[personne.pk]))
        assert page.context["form"].initial["situations_finances"] == ["finances.dettes"]
        assert "Dossier de surendettement." in page.content.decode()
        lectures = Lecture.objects.filter(page="diagnostic/detail")
        assert [lecture.agent_id for lecture in lectures] == [referente.pk]

    def test_the_platform_finishing_ends_nothing_it_could_not_read(
        self, samia: Agent, connecter: Any, personne: Personne, eds: Structure
    ) -> None:
        avant = f.agent(R.TRAVAILLEUR_SOCIAL, structure=eds)
        mener(
            personne,
            avant,
            Contenu(situation_pro="jamais", diplome="nv5"),
            detail=Detail(situations=("finances.dettes",)),
        )
        client = connecter(samia)
        page = client.get(reverse("acte_orienter", args=[personne.pk]))
        caches = {champ.name: champ.value() or "" for champ in page.context["form"].hidden_fields()}
        reponse = client.post(
            reverse("acte_orienter", args=[personne.pk]), {**caches, **REPONSES, "action": "diagnostic"}
        )
        assert reponse.status_code == 302
        assert Constat.objects.get(code="finances.dettes").fin is None

    def test_each_known_fact_has_its_source_and_its_day(self, samia: Agent, connecter: Any, personne: Personne) -> None:
        foyer = personne.appartenances.get().foyer
        foyer.situation_familiale, foyer.reference_le = "ISO", horloge.aujourdhui()
        foyer.save()
        f.personne(foyer=foyer, role=RoleFoyer.ENF, date_naissance=horloge.aujourdhui() - timedelta(days=800))
        recevoir_constats(personne=personne, situations=["11"], objectifs=[], par=f.systeme(), le=horloge.maintenant())
        texte = connecter(samia).get(reverse("acte_orienter", args=[personne.pk])).content.decode()
        jour = f"{horloge.aujourdhui():%d/%m/%Y}"
        assert f"1 enfant (2 ans) (Fichier de la caisse, {jour})" in texte
        assert "Aide régulièrement un proche" in texte

    def test_an_old_interview_without_diploma_still_reads(
        self, samia: Agent, connecter: Any, personne: Personne
    ) -> None:
        mener(personne, samia, Contenu(situation_pro="jamais", niveau="bac", metier_vise="Coiffeuse"))
        page = connecter(samia).get(reverse("acte_orienter", args=[personne.pk]))
        assert "Connu : baccalauréat." in page.content.decode()
        assert page.context["form"].initial["projet1_metier"] == "Coiffeuse"
        assert page.context["proposition"] is not None


class TestMetiers:
    def test_jobs_and_their_skills_are_proposed(
        self, samia: Agent, connecter: Any, personne: Personne, envoyer: Envoyer
    ) -> None:
        charger_rome_de_depart(le=horloge.maintenant())
        client = connecter(samia)
        trouves = client.post(reverse("metiers"), {"ligne": "projet1", "projet1_metier": "cuisiniere"})
        [premier, *_] = trouves.context["trouvees"]
        assert (premier.rome, premier.libelle) == ("G1609", "Cuisinier / Cuisinière")
        choix = {"projet1_metier": "cuisiniere", "projet1_appellation": premier.code}
        adresse = reverse("entretien_competences", args=[personne.pk, "orienter"])
        proposees = client.post(adresse, {**REPONSES, **choix}).context["groupe"]
        code = proposees.puces[0].valeur
        envoyer(client, **choix, competences=[code, "999999"], projet1_salaire="9,50", projet1_contrats=["cdi"])
        ligne = Diagnostic.objects.get()
        projet = ligne.projets.get()
        assert (projet.libelle, projet.rome, str(projet.salaire_horaire)) == ("Cuisinier / Cuisinière", "G1609", "9.50")
        assert [c["code"] for c in ligne.competences] == [code]

    def test_a_wage_below_the_minimum_is_said_not_refused(self, samia: Agent, connecter: Any, envoyer: Envoyer) -> None:
        reponse = envoyer(connecter(samia), projet1_metier="Cueillette", projet1_salaire="8")
        assert "Salaire souhaité sous le SMIC : Cueillette" in reponse.content.decode()
        assert Diagnostic.objects.get().projets.get().rome == ""


class TestPages:
    def test_every_version_stays_readable_and_its_detail_is_logged(
        self, samia: Agent, connecter: Any, personne: Personne, eds: Structure
    ) -> None:
        contenu = Contenu(situation_pro="jamais", diplome="nv5")
        premier = mener(personne, samia, contenu, detail=Detail(notes="Premier mot."))
        corrige = Contenu(situation_pro="deux_ans", diplome="nv5")
        mener(personne, samia, corrige, detail=Detail(notes="Second mot."), diagnostic=premier, version=1)
        referente = f.agent(R.REFERENT, structure=eds)
        f.accompagnee(personne, eds, referente)
        texte = connecter(referente).get(reverse("entretiens", args=[personne.pk])).content.decode()
        assert "Premier mot." in texte
        assert "Second mot." in texte
        assert "N&#x27;a jamais travaillé" in texte
        assert Lecture.objects.filter(agent_id=referente.pk, page="diagnostic/detail").count() == 1
        autre = f.agent(R.ENCADRANT)
        texte = connecter(autre).get(reverse("entretiens", args=[personne.pk])).content.decode()
        assert "Second mot." not in texte
        assert "ne s'ouvre qu'à l'organisme référent" in texte
        assert not Lecture.objects.filter(agent_id=autre.pk, page="diagnostic/detail").exists()

    def test_a_finished_interview_may_be_corrected_from_its_page(
        self, samia: Agent, connecter: Any, personne: Personne
    ) -> None:
        fini = mener(personne, samia, Contenu(situation_pro="jamais", diplome="nv5"), detail=Detail(notes="Un mot."))
        client, adresse = connecter(samia), reverse("acte_diagnostic", args=[personne.pk]) + f"?corriger={fini.pk}"
        form = client.get(adresse).context["form"]
        assert form.initial["notes"] == "Un mot."
        caches = {champ.name: champ.value() or "" for champ in form.hidden_fields()}
        client.post(adresse, {**caches, **REPONSES, "notes": "Un autre mot.", "action": "diagnostic"})
        assert Diagnostic.objects.get(remplace=fini).details.get().notes == "Un autre mot."
        assert DetailDiagnostic.objects.get(diagnostic=fini).notes == "Un mot."

    def test_my_drafts_are_found_again_and_may_be_set_aside(
        self, samia: Agent, connecter: Any, personne: Personne, envoyer: Envoyer
    ) -> None:
        client = connecter(samia)
        envoyer(client)
        assert reverse("entretiens_en_cours") in client.get(reverse("accueil")).content.decode()
        texte = client.get(reverse("entretiens_en_cours")).content.decode()
        assert reverse("acte_orienter", args=[personne.pk]) in texte
        client.post(reverse("entretien_effacer", args=[personne.pk, "orienter"]), {"version": 1})
        assert not Diagnostic.objects.exists()

    def test_a_couple_passes_from_one_interview_to_the_other(
        self, samia: Agent, connecter: Any, personne: Personne, eds: Structure
    ) -> None:
        foyer = personne.appartenances.get().foyer
        conjoint = f.personne(foyer=foyer, role=RoleFoyer.CJT, prenom="Karim")
        f.rattachement(conjoint, eds)
        client, adresse = connecter(samia), reverse("acte_orienter", args=[personne.pk])
        assert "Garder et passer à l'entretien de Karim" in client.get(adresse).content.decode()
        reponse = client.post(adresse, {**REPONSES, "notes": "À elle seule.", "action": f"couple-{conjoint.pk}"})
        assert reponse.url == reverse("acte_orienter", args=[conjoint.pk])
        sien = Diagnostic.objects.get(personne=conjoint)
        assert (sien.themes["logement"], sien.details.count()) == ("fort", 0)
        dehors = client.post(adresse, {**REPONSES, "action": f"couple-{f.personne().pk}"})
        assert "ne fait pas partie du foyer" in dehors.content.decode()


def test_the_screen_asks_a_constant_number_of_questions(
    samia: Agent, connecter: Any, personne: Personne, django_assert_max_num_queries: Any
) -> None:
    client, adresse = connecter(samia), reverse("acte_orienter", args=[personne.pk])
    client.get(adresse)
    with django_assert_max_num_queries(30) as sans:
        client.get(adresse)
    for n in range(4):
        contenu = Contenu(situation_pro="jamais", diplome=f"nv{n + 1}", themes={"sante": "fort"})
        mener(personne, samia, contenu, detail=Detail(notes=f"Mot {n}", situations=("sante.absences",)))
    with django_assert_max_num_queries(len(sans) + 9) as avec:
        client.get(adresse)
    for n in range(4):
        mener(personne, samia, Contenu(situation_pro="deux_ans", diplome=f"nv{n + 1}"))
    with django_assert_max_num_queries(len(avec)):
        client.get(adresse)
