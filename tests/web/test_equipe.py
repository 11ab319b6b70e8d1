"""The pages of a team: who sees what, what each does, and how many queries they cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import AbsenceAgent, Agent, Structure, Suppleance
from cordee.metier.orientation.enums import MotifRelais, StatutRelais
from cordee.metier.orientation.models import DemandeReorientation, Relais
from cordee.metier.orientation.selectors.signaux import Signal
from cordee.metier.orientation.services.relais import proposer_relais
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Lecture, Personne
from cordee.socle import horloge
from tests import fabriques as f
from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db
R = RoleAgent


@dataclass
class Monde:
    equipe: Equipe
    voisin: Structure
    agents: dict[str, Agent]
    personnes: list[Personne]

    def client(self, qui: str) -> Client:
        client = Client()
        client.force_login(self.agents[qui])
        return client


@pytest.fixture
def monde(db: None) -> Monde:
    """Léa follows three people at the EDS; a neighbouring EDS has its head and its référente."""
    equipe = monter()
    voisin = f.structure(nom="EDS voisin", telephone="0199000009")
    agents = {
        "cheffe": f.agent(R.CHEF_STRUCTURE, structure=equipe.eds),
        "lea": equipe.lea,
        "noe": f.agent(R.REFERENT, structure=equipe.eds, prenom="Noé", nom="Essai"),
        "enca": f.agent(R.ENCADRANT, structure=equipe.eds),
        "ines": f.agent(R.CHEF_STRUCTURE, structure=voisin, prenom="Inès"),
        "nora": f.agent(R.REFERENT, structure=voisin, prenom="Nora"),
    }
    le = horloge.maintenant() - timedelta(days=45)
    return Monde(equipe, voisin, agents, [equipe.accompagnee(le=le) for _ in range(3)])


def nombre(page: str, url: str) -> bool:
    return f'href="{url}"' in page


class TestBoard:
    def test_figures_are_the_lists_behind_them(self, monde: Monde) -> None:
        client = monde.client("cheffe")
        page = client.get(reverse("equipe"))
        rangee = next(r for r in page.context["rangees"] if r.agent == monde.equipe.lea)
        assert rangee.charge.suivies == 3
        for cellule in rangee.cellules:
            liste = client.get(cellule.url)
            assert liste.context["page"].paginator.count == cellule.nombre, cellule.libelle
        assert {c.libelle: c.nombre for c in rangee.cellules}[Signal.SANS_RDV.libelle] == 3
        fichier = client.get(reverse("equipe"), {"format": "csv", "tri": "nom"}).content.decode()
        assert "Léa Exemple;3;4;110;3" in fichier, "trois personnes dans leurs débuts pèsent davantage"

    def test_a_hand_over_to_answer_is_on_the_first_page(self, monde: Monde) -> None:
        proposer_relais(
            personne=monde.personnes[0], vers=monde.voisin, motif=MotifRelais.SPECIALITE, par=monde.equipe.lea,
            le=horloge.maintenant(),
        )  # fmt: skip
        assert "relais à accepter ou refuser" in monde.client("ines").get(reverse("accueil")).content.decode()
        assert "relais à accepter" not in monde.client("noe").get(reverse("accueil")).content.decode()

    def test_constant_queries(self, monde: Monde, django_assert_max_num_queries: Any) -> None:
        client = monde.client("cheffe")
        client.get(reverse("equipe"))
        for _ in range(3):
            monde.equipe.accompagnee(le=horloge.maintenant() - timedelta(days=40))
        with django_assert_max_num_queries(26):
            client.get(reverse("equipe"))
        with django_assert_max_num_queries(26):
            monde.client("lea").get(reverse("ma_file"))

    def test_a_head_sees_her_structures_only(self, monde: Monde) -> None:
        assert monde.client("ines").get(f"{reverse('equipe')}?structure={monde.equipe.eds.pk}").status_code == 404
        departement = monde.client("enca").get(reverse("equipe"))
        assert {r.nom for r in departement.context["rangees"]} >= {monde.equipe.eds.nom}
        detail = monde.client("enca").get(f"{reverse('equipe')}?structure={monde.equipe.eds.pk}")
        assert [r.agent for r in detail.context["rangees"] if r.charge.suivies] == [monde.equipe.lea]


class TestMyFile:
    def test_signals_open_the_act_that_clears_them(self, monde: Monde) -> None:
        client = monde.client("lea")
        page = client.get(reverse("ma_file"), {"signal": "sans_rdv"})
        assert page.context["total"] == 3
        assert {ligne.pk for ligne in page.context["lignes"]} == {p.pk for p in monde.personnes}
        cellules = {c.libelle: c.marques for c in page.context["lignes"][0].cellules}
        assert cellules["Rendez-vous"][0].url == reverse("acte", args=[page.context["lignes"][0].pk, "convoquer"])
        assert not any(m.url for m in cellules["Contrat"])

    def test_whom_i_cover_for(self, monde: Monde) -> None:
        au = horloge.aujourdhui()
        Suppleance.objects.create(
            absent=monde.equipe.lea, remplacant=monde.agents["noe"], debut=au, fin=au + timedelta(days=3),
            creee_le=horloge.maintenant(), creee_par=monde.agents["cheffe"],
        )  # fmt: skip
        client = monde.client("noe")
        page = client.get(reverse("ma_file"))
        assert page.context["total"] == 3
        assert page.context["lignes"][0].pour == "Léa Exemple"
        client.get(reverse("personne", args=[monde.personnes[0].pk]))
        assert Lecture.objects.filter(agent_id=monde.agents["noe"].pk).get().pour_id == monde.equipe.lea.pk
        assert Lecture.objects.count() == 1


class TestAbsence:
    def test_absence_with_its_cover_or_neither(self, monde: Monde) -> None:
        client, au = monde.client("cheffe"), horloge.aujourdhui()
        url = f"{reverse('equipe_absence', args=[monde.equipe.lea.pk])}?structure={monde.equipe.eds.pk}"
        saisie = {"debut": au.isoformat(), "motif": "maladie", "remplacant": str(monde.agents["noe"].pk)}
        assert client.post(url, saisie).status_code == 422, "un remplacement a une fin"
        assert not AbsenceAgent.objects.exists()
        fin = au + timedelta(days=10)
        assert client.post(url, {**saisie, "fin": fin.isoformat()}).status_code == 302
        assert Suppleance.objects.get().fin == fin
        assert "retour" not in client.get(reverse("equipe")).content.decode().split("<table")[0]
        cover = Suppleance.objects.get()
        assert (
            monde.client("ines")
            .post(f"{reverse('equipe_remplacement_fin', args=[cover.pk])}?structure={monde.equipe.eds.pk}")
            .status_code
            == 404
        )
        client.post(f"{reverse('equipe_remplacement_fin', args=[cover.pk])}?structure={monde.equipe.eds.pk}")
        assert not Suppleance.objects.filter(fin__gt=au).exists()


class TestTransfer:
    def test_proposed_corrected_and_done(self, monde: Monde) -> None:
        client = monde.client("cheffe")
        url = f"{reverse('equipe_transferer', args=[monde.equipe.eds.pk])}?agent={monde.equipe.lea.pk}"
        page = client.get(url)
        assert {a["a"].agent for a in page.context["lignes"]} == {monde.agents["noe"].pk}
        une = monde.personnes[0]
        saisie = {f"agent_{p.pk}": str(monde.agents["noe"].pk) for p in monde.personnes[1:]}
        assert client.post(url, {**saisie, f"agent_{une.pk}": "", "lettre": "1"}).status_code == 302
        suivies = Situation.objects.filter(referent_agent=monde.agents["noe"]).values_list("pk", flat=True)
        assert set(suivies) == {p.pk for p in monde.personnes[1:]}
        assert Situation.objects.get(pk=une.pk).referent_agent == monde.equipe.lea

    def test_to_another_structure(self, monde: Monde) -> None:
        client = monde.client("cheffe")
        url = reverse("equipe_ailleurs", args=[monde.equipe.eds.pk])
        assert client.post(url, {"vers": "", "motif": "fermeture"}).status_code == 422
        saisie = {"vers": str(monde.voisin.pk), "motif": "fermeture", "note": "À accueillir avant la fermeture."}
        assert client.post(url, saisie).status_code == 302
        assert Relais.objects.filter(statut=StatutRelais.PROPOSE, vers_structure=monde.voisin).count() == 3
        assert Situation.objects.filter(referent_agent=monde.equipe.lea).count() == 3


class TestHandOver:
    @pytest.fixture
    def relais(self, monde: Monde) -> Relais:
        return proposer_relais(
            personne=monde.personnes[0], vers=monde.voisin, agent=monde.agents["nora"], motif=MotifRelais.DEMENAGEMENT,
            note="Préfère l'après-midi.", par=monde.equipe.lea, le=horloge.maintenant(),
        )  # fmt: skip

    def test_the_receiver_reads_the_note_not_the_file(self, monde: Monde, relais: Relais) -> None:
        nora = monde.client("nora")
        personne = reverse("personne", args=[relais.personne_id])
        assert nora.get(personne).status_code == 404
        page = nora.get(reverse("relais_detail", args=[relais.pk]))
        texte = page.content.decode()
        assert "Préfère l&#x27;après-midi." in texte
        assert relais.personne.nom not in texte, "le nom reste court tant que le dossier est fermé"
        assert Lecture.objects.filter(agent_id=monde.agents["nora"].pk, page="relais").count() == 1
        nora.post(reverse("relais_detail", args=[relais.pk]), {"action": "accuser"})
        reponse = {"action": "accepter", "agent": monde.agents["nora"].pk, "lettre": "1"}
        nora.post(reverse("relais_detail", args=[relais.pk]), reponse)
        assert Courrier.objects.get(personne=relais.personne_id, genre="nomination_referent").cree_par_id == (
            monde.agents["nora"].pk
        )
        relais.refresh_from_db()
        assert relais.statut == StatutRelais.ACCEPTE
        assert nora.get(personne).status_code == 200

    def test_others_do_not_read_it_and_a_wrong_answer_changes_nothing(self, monde: Monde, relais: Relais) -> None:
        url = reverse("relais_detail", args=[relais.pk])
        assert monde.client("noe").get(url).status_code == 404
        for saisie in ({"action": "refuser"}, {"action": "autre"}, {"action": "accepter", "agent": "999999"}):
            monde.client("nora").post(url, saisie)
            relais.refresh_from_db()
            assert relais.statut == StatutRelais.PROPOSE
        monde.client("lea").post(url, {"action": "accepter"})
        assert Situation.objects.get(pk=relais.personne_id).referent_agent == monde.equipe.lea
        monde.client("ines").post(url, {"action": "refuser", "motif": "capacite"})
        relais.refresh_from_db()
        assert relais.statut == StatutRelais.REFUSE
        clos = monde.client("lea").get(reverse("relais"), {"vue": "clos"})
        assert [ligne["r"] for ligne in clos.context["lignes"]] == [relais]


class TestActs:
    def test_the_person_s_own_word_reaches_who_decides(self, monde: Monde) -> None:
        personne = monde.personnes[0]
        saisie = {
            "demandeur": "personne", "motif": "souhait", "parole": "Je veux travailler tout de suite.", "souhait": "",
        }  # fmt: skip
        lea = monde.client("lea")
        assert lea.post(reverse("acte", args=[personne.pk, "demander_reorientation"]), saisie).status_code == 302
        page = monde.client("enca").get(reverse("reorientations"))
        assert "Je veux travailler tout de suite." in page.content.decode()
        assert page.context["lignes"][0]["regle"].reference
        refus = reverse("acte", args=[personne.pk, "refuser_reorientation"])
        assert "Je veux travailler" in monde.client("enca").get(refus).content.decode()
        assert monde.client("enca").post(refus, {"motif": "adaptee", "explication": ""}).status_code == 302
        assert DemandeReorientation.objects.get().issue == "refusee"
        onglet = lea.get(reverse("personne", args=[personne.pk]), {"onglet": "accompagnement"}).content.decode()
        assert "à notifier" in onglet
        assert "Léa Exemple" in onglet

    def test_another_referent_on_request(self, monde: Monde) -> None:
        personne = monde.personnes[0]
        url = reverse("acte", args=[personne.pk, "demander_changement"])
        assert monde.client("lea").post(url, {"motif": "", "parole": ""}).status_code == 302
        reponse = reverse("acte", args=[personne.pk, "repondre_changement"])
        cheffe = monde.client("cheffe")
        assert cheffe.post(reponse, {"agent": "", "motif": ""}).status_code == 422
        assert cheffe.post(reponse, {"agent": str(monde.agents["noe"].pk), "motif": ""}).status_code == 302
        assert Situation.objects.get(pk=personne.pk).referent_agent == monde.agents["noe"]

    def test_the_certificate_is_one_gesture(self, monde: Monde) -> None:
        personne = monde.personnes[0]
        lea = monde.client("lea")
        assert lea.post(reverse("acte", args=[personne.pk, "attestation"]), {"vu": ""}).status_code == 302
        assert (
            "Attestation" in lea.get(reverse("personne", args=[personne.pk]), {"onglet": "documents"}).content.decode()
        )
