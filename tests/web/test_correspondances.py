"""The mappings of partners' files, and what is waited for from each partner."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.echanges.fichiers.models import FichierRecu
from cordee.echanges.guichet import services as guichet
from cordee.echanges.partenaires.champs import GenreCorrespondance
from cordee.echanges.partenaires.models import Correspondance
from cordee.echanges.partenaires.services import enregistrer
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.suivi.regles import DateDite, InformationDite
from cordee.metier.suivi.services import noter_informations
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G
from tests import fabriques as f
from tests.echanges.partenaires.scenes import LE, NIRS, Monde, csv_de, dossier, identite, monde, pecg, xlsx_de
from tests.web.conftest import LARGEURS, juger_aux_deux_largeurs

TITRES = ["Nom", "Prénom", "Né(e) le", "Date de signature", "Dernier entretien", "Conseiller", "Autre"]


@pytest.fixture(autouse=True)
def ranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")


@pytest.fixture
def scene(transactional_db: None) -> Monde:
    return monde()


@pytest.fixture
def client_donnees(scene: Monde) -> Client:
    client = Client()
    client.force_login(scene.thomas)
    return client


def tableau(scene: Monde, tmp_path: Path, *, nom: str = "suivi.csv", titres: list[str] = TITRES) -> FichierRecu:
    lea = scene.suivie(0)
    chemin = csv_de(
        tmp_path / nom, titres, [*identite(lea), "30/12/2025", "2026", "M. Exemple", ""],
        ["Inconnu", "Jean", "01/02/1980", "31/02/2026", "", "", ""],
    )  # fmt: skip
    return guichet.recevoir(chemin=chemin, nom=nom, recu_le=None, par=scene.thomas, le=LE)


def saisie(scene: Monde, **champs: Any) -> dict[str, Any]:
    base = {
        "nom": "Agence", "emetteur": scene.agence.pk, "ordre_dates": "jma", "feuille": "", "ligne_entete": 1,
        "champ_nom": "Nom", "champ_prenom": "Prénom", "champ_naissance": "Né(e) le",
        "champ_contrat": "Date de signature", "champ_contact": "Dernier entretien", "action": "enregistrer",
    }  # fmt: skip
    return {**base, **champs}


class TestSaisie:
    def test_columns_are_proposed_and_the_first_lines_shown(
        self, scene: Monde, client_donnees: Client, tmp_path: Path
    ) -> None:
        fichier = tableau(scene, tmp_path)
        page = client_donnees.get(reverse("correspondance_nouvelle"), {"fichier": fichier.pk})
        html = page.content.decode()
        assert page.context["form"].initial["champ_contact"] == "Dernier entretien"
        vus = page.context["exemples"].lignes
        assert [(e.contrat, e.contact, e.verdict) for e in vus] == [
            ("30/12/2025", "2026, date incomplète", "Personne reconnue"),
            ("31/02/2026", "", "« Contrat signé le » : ce qui est écrit n'est pas une date."),
        ]
        assert "Relire les titres" in html
        assert not Correspondance.objects.exists()

    def test_saved_it_reads_the_file_and_goes_on_with_it(
        self, scene: Monde, client_donnees: Client, tmp_path: Path
    ) -> None:
        fichier = tableau(scene, tmp_path)
        url = reverse("correspondance_nouvelle") + f"?fichier={fichier.pk}"
        revue = client_donnees.post(url, saisie(scene, action="apercu"))
        assert (revue.status_code, Correspondance.objects.count()) == (200, 0)
        reponse = client_donnees.post(url, saisie(scene))
        assert (reponse.status_code, reponse["Location"]) == (302, reverse("import", args=[fichier.pk]))
        fichier.refresh_from_db()
        choisie = Correspondance.objects.get()
        assert (fichier.emetteur, fichier.erreur) == (scene.agence, "")
        assert fichier.usage.correspondance == choisie  # type: ignore[attr-defined]
        assert (choisie.version, choisie.entetes) == (1, TITRES)

    @pytest.mark.parametrize(
        ("champs", "phrase"),
        [
            ({"champ_prenom": ""}, "Rien ne permettrait de savoir de qui parle une ligne"),
            ({"champ_contrat": "Nom"}, "Cette colonne sert déjà pour"),
            ({"champ_contrat": "", "champ_contact": ""}, "Dites au moins où se lit la date"),
            ({"nom": ""}, "obligatoire"),
            ({"emetteur": ""}, "obligatoire"),
            ({"champ_nom": "Colonne inventée"}, "Colonne inventée"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it(
        self, scene: Monde, client_donnees: Client, tmp_path: Path, champs: dict[str, str], phrase: str
    ) -> None:
        fichier = tableau(scene, tmp_path)
        url = reverse("correspondance_nouvelle") + f"?fichier={fichier.pk}"
        reponse = client_donnees.post(url, saisie(scene, **champs))
        assert reponse.status_code == 422
        assert phrase in reponse.content.decode()
        assert not Correspondance.objects.exists()

    def test_another_sheet_and_another_row_of_titles(
        self, scene: Monde, client_donnees: Client, tmp_path: Path
    ) -> None:
        lea = scene.suivie(0)
        chemin = xlsx_de(tmp_path / "s.xlsx", ["Titre"], TITRES, [*identite(lea), date(2025, 12, 30)])
        fichier = guichet.recevoir(chemin=chemin, nom="s.xlsx", recu_le=None, par=scene.thomas, le=LE)
        url = reverse("correspondance_nouvelle")
        page = client_donnees.get(url, {"fichier": fichier.pk})
        assert (page.context["choix"].initial["ligne_entete"], len(page.context["exemples"].lignes)) == (2, 1)
        autre = client_donnees.get(url, {"fichier": fichier.pk, "ligne_entete": 1})
        assert autre.context["exemples"] is None

    def test_the_page_of_a_waiting_table_leads_here_then_to_its_loading(
        self, scene: Monde, client_donnees: Client, tmp_path: Path
    ) -> None:
        fichier = tableau(scene, tmp_path)
        page, url = reverse("import", args=[fichier.pk]), reverse("correspondance_du_fichier", args=[fichier.pk])
        assert url in client_donnees.get(page).content.decode()
        assert reverse("correspondance_nouvelle") in client_donnees.get(url).content.decode()
        client_donnees.post(reverse("correspondance_nouvelle") + f"?fichier={fichier.pk}", saisie(scene))
        html = client_donnees.get(page).content.decode()
        assert url not in html
        assert reverse("import_charger", args=[fichier.pk]) in html

    def test_a_number_in_the_address_that_is_no_file_leads_to_the_list(self, client_donnees: Client) -> None:
        for faux in ("0", "x", "99999999999", ""):
            assert client_donnees.get(reverse("correspondance_nouvelle"), {"fichier": faux}).status_code == 302

    def test_a_mapping_is_adapted_to_a_file_that_lost_a_column(
        self, scene: Monde, client_donnees: Client, tmp_path: Path
    ) -> None:
        client_donnees.post(
            reverse("correspondance_nouvelle") + f"?fichier={tableau(scene, tmp_path).pk}",
            saisie(scene, champ_referent="Conseiller"),
        )
        premiere = Correspondance.objects.get()
        titres = [t if t != "Conseiller" else "Intervenant" for t in TITRES]
        chemin = csv_de(tmp_path / "g.csv", titres, ["A", "B", "01/02/1980", "2025", "", "C", ""])
        fichier = guichet.recevoir(chemin=chemin, nom="g.csv", recu_le=None, par=scene.thomas, le=LE)
        page = client_donnees.get(reverse("correspondance_du_fichier", args=[fichier.pk])).content.decode()
        assert "Colonnes absentes de ce fichier : Conseiller" in page
        url = reverse("correspondance_modifier", args=[premiere.pk]) + f"?fichier={fichier.pk}"
        assert client_donnees.post(url, saisie(scene, champ_referent="Intervenant")).status_code == 302
        fichier.refresh_from_db()
        assert fichier.usage.correspondance.version == 2  # type: ignore[attr-defined]
        premiere.refresh_from_db()
        assert not premiere.active

    def test_the_operator_s_paths_are_shown_on_the_file_that_waits(
        self, scene: Monde, client_donnees: Client, tmp_path: Path
    ) -> None:
        scene.suivie(0)
        chemin = pecg(tmp_path / "f", dossier(nir=NIRS[0], signe="2020"), dossier(signe="2020"))
        guichet.recevoir(chemin=chemin, nom="f", recu_le=None, par=scene.thomas, le=LE)
        url = reverse("correspondance_operateur")
        vus = client_donnees.get(url).context["exemples"].lignes
        assert [(e.qui, e.contrat, e.ton) for e in vus] == [
            ("n° de sécurité sociale", "2020, date incomplète", "succes"), ("—", "2020", "danger"),
        ]  # fmt: skip
        donnees = {"nom": "Opérateur", "emetteur": scene.agence.pk, "champ_nir": "a[1]", "champ_contrat": "b",
                   "action": "enregistrer"}  # fmt: skip
        refus = client_donnees.post(url, donnees)
        assert (refus.status_code, "ni crochets" in refus.content.decode()) == (422, True)
        client_donnees.post(url, {**donnees, "champ_nir": "identification/nir"})
        assert Correspondance.objects.get().colonnes == {"nir": "identification/nir", "contrat": "b"}


class TestListe:
    def test_filters_versions_and_withdrawal(
        self, scene: Monde, client_donnees: Client, tmp_path: Path, django_assert_max_num_queries: Any
    ) -> None:
        for rang in range(6):
            enregistrer(
                nom=f"Partenaire {rang}", genre=GenreCorrespondance.TABLEAU, emetteur=scene.agence,
                colonnes={"nir": "NIR", "contrat": "Signé"}, par=scene.thomas, le=LE,
            )  # fmt: skip
        attente = tableau(scene, tmp_path)
        with django_assert_max_num_queries(20):
            page = client_donnees.get(reverse("correspondances"), {"q": "partenaire"})
        assert page.context["page"].paginator.count == 6
        assert list(page.context["attente"]) == [attente]
        premiere = Correspondance.objects.order_by("pk")[0]
        client_donnees.post(reverse("correspondance_retirer", args=[premiere.pk]))
        retirees = client_donnees.get(reverse("correspondances"), {"etat": "non"}).context["page"]
        assert [c.pk for c in retirees] == [premiere.pk]
        export = client_donnees.get(reverse("correspondances"), {"export": "csv"}).content.decode("utf-8-sig")
        assert export.splitlines()[1].startswith("Partenaire 0;")
        assert client_donnees.get(reverse("correspondance", args=[premiere.pk])).status_code == 200
        assert client_donnees.get(reverse("correspondance_modifier", args=[premiere.pk])).status_code == 302


class TestAttendus:
    @pytest.fixture
    def suivies(self, scene: Monde) -> Monde:
        lea = scene.suivie(0)
        scene.suivie(1)
        autre = scene.suivie(2, structure=f.structure(TypeStructure.MISSION_LOCALE, G.MISSION_LOCALE))
        noter_informations(
            informations=[
                InformationDite(personne=lea.pk, contrat=DateDite(partielle="2025")),
                InformationDite(personne=autre.pk, contrat=DateDite(date(2025, 11, 3))),
            ],
            partenaire=scene.agence, au=date(2026, 1, 31), recue_le=date(2026, 2, 10), par=scene.thomas, le=LE,
        )  # fmt: skip
        return scene

    def test_one_line_per_partner_and_its_people(
        self, suivies: Monde, client_donnees: Client, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(22):
            page = client_donnees.get(reverse("partenaires_attendus"))
        (ligne,) = page.context["lignes"]
        assert (ligne.recues, ligne.non_recues, page.context["ailleurs"]) == (1, 1, 1)
        gens = client_donnees.get(reverse("partenaire_attendu", args=[suivies.agence.pk]))
        assert "2025, date incomplète" in gens.content.decode()
        sans = client_donnees.get(reverse("partenaire_attendu", args=[suivies.agence.pk]), {"information": "non_recue"})
        assert sans.context["page"].paginator.count == 1
        export = client_donnees.get(reverse("partenaire_attendu", args=[suivies.agence.pk]), {"export": "csv"})
        assert export["Content-Type"].startswith("text/csv")
        assert client_donnees.get(reverse("partenaires_ailleurs")).context["page"].paginator.count == 1

    def test_an_agent_sees_only_her_people(self, suivies: Monde) -> None:
        client = Client()
        client.force_login(f.agent(RoleAgent.REFERENT, structure=suivies.eds))
        assert client.get(reverse("partenaires_attendus")).context["lignes"] == []
        assert client.get(reverse("partenaires_ailleurs")).context["lignes"] == []


@pytest.mark.navigateur
class TestPages:
    def test_pages_are_accessible_and_fit(
        self, scene: Monde, tmp_path: Path, live_server: Any, visiter: Any, violations: Any
    ) -> None:
        fichier = tableau(scene, tmp_path)
        scene.suivie(1)
        autre = scene.suivie(2, structure=f.structure(TypeStructure.MISSION_LOCALE, G.MISSION_LOCALE))
        noter_informations(
            informations=[InformationDite(personne=p.pk, contrat=DateDite(date(2025, 11, 3)), referent="Mme Exemple")
                          for p in (scene.gens[1], autre)],
            partenaire=scene.agence, au=date(2026, 1, 31), recue_le=date(2026, 2, 10), par=scene.thomas,
            le=LE - timedelta(hours=1),
        )  # fmt: skip
        choisie = enregistrer(
            nom="Mission locale, suivi mensuel", genre=GenreCorrespondance.TABLEAU, emetteur=scene.agence,
            colonnes={"nir": "NIR", "contrat": "Signé le"}, par=scene.thomas, le=LE,
        )  # fmt: skip
        adresses = [
            reverse("correspondances"), reverse("correspondance_nouvelle") + f"?fichier={fichier.pk}",
            reverse("correspondance_du_fichier", args=[fichier.pk]), reverse("correspondance", args=[choisie.pk]),
            reverse("correspondance_operateur"), reverse("partenaires_attendus"), reverse("partenaires_ailleurs"),
            reverse("partenaire_attendu", args=[scene.agence.pk]),
            f"{reverse('personne', args=[scene.gens[1].pk])}?onglet=contrat",
        ]  # fmt: skip
        page, plaintes = visiter(live_server.url + adresses[0], LARGEURS[0], scene.thomas)
        for adresse in adresses:
            page.goto(live_server.url + adresse)
            juger_aux_deux_largeurs(page, violations, adresse)
            assert plaintes == [], adresse
