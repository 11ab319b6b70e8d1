"""The reconciliation queue: who sees what, the two columns, the filters, the export."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.devoirs.enums import ConstatCaisse
from cordee.metier.devoirs.models import EchoCaisse
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Lecture, Personne
from cordee.metier.personnes.services import marquer_sensible
from cordee.web.rapprochement.sujets import TACHES, Sujet
from tests import fabriques as f
from tests.metier.devoirs.decisions import decision
from tests.web.rapprochement.conftest import LE, E, J, R, page, qui, texte

pytestmark = pytest.mark.django_db


def test_chaque_sujet_a_son_exemple(gens: dict[str, Personne]) -> None:
    assert set(gens) == {str(s) for s in Sujet} == {str(s) for s in TACHES}


# Who sees what ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "sujets"),
    [
        (R.GESTIONNAIRE_DONNEES, {"deces", "identite", "absence", "sdd", "lieu", "droit", "contact"}),
        (R.DEVOIRS, {"decision", "sanction"}),
        (R.LIAISON, {"mutation"}),
        (R.ENCADRANT, {str(s) for s in Sujet}),
        (R.AGENT_PLATEFORME, set()),
        (R.CHEF_STRUCTURE, {str(s) for s in Sujet} - {"droit"}),
    ],
)
def test_chacun_voit_ce_dont_il_repond(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne], role: RoleAgent, sujets: set[str]
) -> None:
    comme(role)
    reponse = page(client)
    assert {str(ligne.sujet) for ligne in reponse.context["lignes"]} == sujets
    assert {str(o.sujet) for o in reponse.context["onglets"]} == sujets
    assert all(o.nombre == 1 for o in reponse.context["onglets"])


def test_un_referent_voit_ses_personnes(client: Client, comme: Callable[[RoleAgent], Agent], eds: Structure) -> None:
    agent = comme(R.REFERENT)
    sienne, autre = f.soumise(eds, prenom="Sienne"), f.soumise(eds, prenom="Autre")
    f.accompagnee(sienne, eds, agent)
    for p in (sienne, autre):
        f.evenement(p, E.DROIT_SUSPENDU, motif="06", etat="4")
    assert [q.split()[0] for q in qui(page(client))] == ["Sienne"]


def test_un_dossier_sensible_ferme_n_apparait_pas(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.DEVOIRS)
    lectrice = f.agent(R.REFERENT)
    marquer_sensible(personne=gens["decision"], lecteurs=[lectrice], motif="Violences", par=lectrice, le=LE)
    reponse = page(client)
    assert {str(ligne.sujet) for ligne in reponse.context["lignes"]} == {"sanction"}
    assert "Decision" not in texte(reponse)


def test_sans_voir_les_droits_le_motif_reste_cache(
    client: Client, comme: Callable[[RoleAgent], Agent], eds: Structure
) -> None:
    """The operator accompanies without seeing the rights (V4)."""
    agent = comme(R.OPERATEUR)
    suivie = f.soumise(eds)
    f.accompagnee(suivie, eds, agent)
    f.evenement(suivie, E.DROIT_SUSPENDU, motif="06", etat="4")
    lu = texte(page(client))
    assert "Réservé aux agents qui voient les droits" in lu
    assert "éclaration trimestrielle" not in lu


# What is shown ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sujet", "phrases"),
    [
        ("deces", ["Décès signalé", "Envois suspendus", "Voir la personne"]),
        ("decision", ["Demande : déroger à la condition d'âge (depuis le 05/01/2026).", "Aucune réponse transmise"]),
        ("sanction", ["Versement arrêté : sanction appliquée.", "Aucune décision enregistrée."]),
        ("fermeture", ["Versement suspendu : déclaration trimestrielle de ressources non fournie (depuis le 01/01",
                       "Faire avec elle la déclaration trimestrielle", "fin de droit possible le 01/05/2026"]),
        ("cloture", ["Fin de droit, connu le 05/02/2026.", "Décider la suite"]),
        ("mutation", ["Le dossier part vers un autre organisme"]),
        ("identite", ["Deux fiches : à comparer"]),
        ("absence", ["Absente.", "Vue la dernière fois dans le fichier du"]),
        ("majoration", ["Un enfant ne figure plus dans le foyer"]),
        ("contact", ["0622222222, fichier du 01/02/2026", "0611111111"]),
    ],
)  # fmt: skip
def test_les_deux_cotes_en_mots_simples(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne], sujet: str, phrases: list[str]
) -> None:
    comme(R.ENCADRANT)
    reponse = page(client, sujet=sujet)
    lu = texte(reponse)
    assert len(reponse.context["lignes"]) == 1
    for phrase in phrases:
        assert phrase in lu, phrase
    assert "12 jours" in lu


def test_l_acte_s_ouvre_de_la_liste_et_y_ramene(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    ligne = page(client, sujet="deces").context["lignes"][0]
    assert (ligne.bouton, ligne.tiroir) == ("Constater le décès", True)
    assert ligne.autre[0] == "Elle est vivante"
    vu = Situation.objects.get(personne=gens["deces"]).dernier_evenement
    reponse = client.post(ligne.url, {"deces_le": "2026-02-01", "vu": vu})
    assert reponse["Location"] == reverse("rapprochements")
    assert page(client, sujet="deces").context["lignes"] == []


# Filters, sort, export ----------------------------------------------------------------------------------------------
def test_filtres_et_tris(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne], eds: Structure
) -> None:
    comme(R.ENCADRANT)
    assert qui(page(client, q="decision testard")) == ["Decision T."]
    assert qui(page(client, q="TÉSTARD sanc")) == ["Sanction T."]
    assert {str(x.sujet) for x in page(client, unite="devoirs").context["lignes"]} == {"sanction"}
    assert {str(x.sujet) for x in page(client, retard="on").context["lignes"]} == {"identite"}
    assert len(qui(page(client, structure=str(eds.pk)))) == 11
    assert qui(page(client, structure=str(f.structure().pk))) == []
    assert qui(page(client, tri="nom")) == sorted(qui(page(client)))
    assert qui(page(client, tri="-nom")) == sorted(qui(page(client)), reverse=True)
    assert len(qui(page(client, sujet="inconnu", unite="x", structure="y"))) == 13


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne], eds: Structure,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    comme(R.ENCADRANT)
    for n in range(30):
        p = f.soumise(eds)
        f.evenement(p, E.DECISION_ATTENDUE, objets=["etat_0"], le=LE - n * J)
    with django_assert_max_num_queries(36):
        reponse = page(client)
    assert reponse.context["page"].paginator.count == 43
    assert len(reponse.context["lignes"]) == 25
    assert len(page(client, page="2").context["lignes"]) == 18


def test_l_export_dit_la_meme_chose_et_se_journalise(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    agent = comme(R.GESTIONNAIRE_DONNEES)
    reponse = client.get(reverse("rapprochements_export"))
    lignes = list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert lignes[0][:3] == ["Nom", "Prénom", "Sujet"]
    assert len(lignes) == 8
    assert Lecture.objects.filter(agent_id=agent.pk, page="export des rapprochements").count() == 7


def test_rien_a_rapprocher(client: Client, comme: Callable[[RoleAgent], Agent]) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    assert "Tout concorde" in texte(page(client))
    assert "Rien ne correspond" in texte(page(client, sujet="deces"))


def test_la_page_du_jour_les_compte(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    assert "7 désaccords avec un fichier ou réponses attendues" in texte(client.get(reverse("accueil")))


@pytest.mark.parametrize(
    ("sens", "objets", "dit"),
    [
        ("differente", ["montant"], "Appliquée autrement : 284,46 € par mois demandés, 400,00 € retenus."),
        ("maintenue", ["suspension"], "Plus rien ne doit être retenu."),
        ("plafond", ["plafond"], "Le plafond du foyer s'applique."),
    ],
)
def test_ce_qui_ne_va_pas_dans_une_decision_appliquee(
    client: Client, comme: Callable[[RoleAgent], Agent], eds: Structure, *, sens: str, objets: list[str], dit: str
) -> None:
    comme(R.DEVOIRS)
    qui_, foyer = f.soumise(eds), f.foyer()
    mesure = decision(qui_)
    EchoCaisse.objects.create(
        mesure=mesure, foyer=foyer, constat=ConstatCaisse.DIFFERENTE, reference_le=LE.date(), flux_id=1,
        depuis=LE.date(), ecarts=[{"quoi": "montant", "attendu": "284.46", "vu": "400.00"}],
    )  # fmt: skip
    f.evenement(qui_, E.SANCTION_CONSTATEE, objets=objets, sens=sens, mesure=mesure.pk)
    assert dit in texte(page(client))
