"""The reconciliation queue: who sees what, the two columns, the acts, alone and many at once, the export."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Echeance, Evenement, Situation
from cordee.metier.personnes.enums import EtatDroit, MotifProposition, StatutProposition
from cordee.metier.personnes.models import Contact, ContactPropose, DroitFoyer, Lecture, Personne
from cordee.metier.personnes.services import marquer_sensible
from cordee.web.rapprochement.sujets import TACHES, Sujet
from tests import fabriques as f

pytestmark = pytest.mark.django_db
R, E, H = RoleAgent, GenreEvenement, GenreEcheance
LE = f.MAINTENANT
J = timedelta(days=1)
Ouvrir = Callable[..., Any]


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")


@pytest.fixture
def eds() -> Structure:
    return f.structure(nom="EDS des essais", commune=f.commune())


@pytest.fixture
def direction() -> Structure:
    return f.structure(TypeStructure.DEPARTEMENT, "")


@pytest.fixture
def comme(client: Client, eds: Structure, direction: Structure) -> Callable[[RoleAgent], Agent]:
    """Sign in as an agent of that role."""

    def ouvrir(role: RoleAgent) -> Agent:
        sur_place = role in (R.REFERENT, R.CHEF_STRUCTURE, R.OPERATEUR)
        agent = f.agent(role, structure=eds if sur_place else direction)
        client.force_login(agent)
        return agent

    return ouvrir


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def page(client: Client, **parametres: str) -> Any:
    return client.get(reverse("rapprochements"), parametres)


def qui(reponse: Any) -> list[str]:
    """Who stands in the list."""
    return [ligne.qui for ligne in reponse.context["lignes"]]


@pytest.fixture
def gens(eds: Structure) -> dict[str, Personne]:
    """One person per kind of disagreement."""
    f.systeme()
    noms = (
        "deces",
        "decision",
        "sanction",
        "fermeture",
        "mutation",
        "absence",
        "majoration",
        "identite",
        "sdd",
        "lieu",
    )
    trouves = {nom: f.soumise(eds, prenom=nom.title(), nom="Testard", le=LE - 40 * J) for nom in noms}
    le = LE - 12 * J
    f.evenement(trouves["deces"], E.DECES_PRESUME, le=le)
    f.evenement(trouves["decision"], E.DECISION_ATTENDUE, le=le, objets=["derogation_AGE"], depuis="2026-01-05")
    f.evenement(trouves["sanction"], E.SANCTION_CONSTATEE, le=le, objets=["versement_CG"], sens="vue")
    f.evenement(trouves["fermeture"], E.DROIT_SUSPENDU, le=le, motif="06", etat="4")
    f.evenement(trouves["mutation"], E.MUTATION_SORTANTE, le=le)
    f.evenement(trouves["absence"], E.NON_TRANSMISE, le=le)
    f.evenement(trouves["majoration"], E.MAJORATION_EN_DOUTE, le=le, enfant=1)
    f.evenement(trouves["identite"], E.IDENTITE_DOUTEUSE, le=le, arbitrage=1)
    f.evenement(trouves["sdd"], E.SDD_INCONNU, le=le)
    f.evenement(trouves["lieu"], E.ADRESSE_CHANGEE, le=le, structure=None, localisation="inconnue")
    foyer = trouves["fermeture"].appartenances.get().foyer
    DroitFoyer.objects.create(
        foyer=foyer, etat=EtatDroit.VERSEMENT_SUSPENDU, motif="06", motif_le=date(2026, 1, 1), debut=date(2026, 1, 31)
    )
    fin = trouves["cloture"] = f.soumise(eds, prenom="Cloture", nom="Testard", le=LE - 40 * J)
    f.accompagnee(fin, eds, f.agent(R.REFERENT, structure=eds), le=LE - 30 * J)
    f.evenement(fin, E.DROIT_CLOS, le=le, motif_sortie="autre")
    trouves["droit"] = f.personne(prenom="Droit", nom="Testard")
    f.evenement(trouves["droit"], E.PERSONNE_CREEE, le=le)
    trouves["contact"] = f.soumise(eds, prenom="Contact", nom="Testard", le=LE - 40 * J)
    f.contact(trouves["contact"], "0611111111")
    ContactPropose.objects.create(
        personne=trouves["contact"], genre="telephone", valeur="0622222222", motif=next(iter(MotifProposition)),
        date_du_fichier=date(2026, 2, 1), propose_le=le,
    )  # fmt: skip
    return trouves


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


# Many at once -------------------------------------------------------------------------------------------------------
@pytest.fixture
def attendues(eds: Structure) -> list[Personne]:
    f.systeme()
    trois = [f.soumise(eds) for _ in range(3)]
    for p in trois:
        f.evenement(p, E.DECISION_ATTENDUE, objets=["etat_0"], le=LE - 20 * J)
    return trois


def _ids(genre: str) -> list[int]:
    return list(Echeance.objects.filter(genre=genre, fermee_le=None).order_by("pk").values_list("pk", flat=True))


def test_toujours_en_attente_pour_plusieurs(
    client: Client, comme: Callable[[RoleAgent], Agent], attendues: list[Personne]
) -> None:
    comme(R.DEVOIRS)
    adresse = f"{reverse('rapprochements_ensemble')}?sujet=decision"
    reponse = client.post(adresse, {"action": "attente", "ids": _ids(H.DECISION_ATTENDUE_CAF)[:2]}, follow=True)
    assert "2 personnes : la prochaine vérification a sa date." in texte(reponse)
    dates = Echeance.objects.filter(genre=H.DECISION_ATTENDUE_CAF).order_by("pk").values_list("echeance", flat=True)
    assert list(dates) == [date(2026, 3, 19), date(2026, 3, 19), date(2026, 2, 27)]


def test_decision_transmise_pour_toute_la_liste(
    client: Client, comme: Callable[[RoleAgent], Agent], attendues: list[Personne]
) -> None:
    comme(R.DEVOIRS)
    adresse = f"{reverse('rapprochements_ensemble')}?sujet=decision"
    reponse = client.post(adresse, {"action": "transmise", "tout": "1"})
    assert "La même décision pour 3 personnes" in texte(reponse)
    personnes = [pk for pk, _ in reponse.context["personnes"]]
    suite = {"action": "transmise", "etape": "confirmer", "personnes": personnes}
    assert client.post(adresse, suite).status_code == 422
    faite = client.post(adresse, {**suite, "reponse": "accord", "decidee_le": "2026-02-16"})
    assert faite.status_code == 302
    assert _ids(H.DECISION_ATTENDUE_CAF) == []
    evenements = Evenement.objects.filter(genre=E.DECISION_TRANSMISE)
    assert [e.donnees for e in evenements] == [{"reponse": "accord", "le": "2026-02-16", "objets": ["etat_0"]}] * 3
    assert len(set(evenements.values_list("acte", flat=True))) == 1


@pytest.mark.parametrize("role", [R.REFERENT, R.ENCADRANT, R.GESTIONNAIRE_DONNEES])
def test_un_acte_groupe_est_a_son_unite(
    client: Client, comme: Callable[[RoleAgent], Agent], attendues: list[Personne], role: RoleAgent
) -> None:
    comme(role)
    adresse = f"{reverse('rapprochements_ensemble')}?sujet=decision"
    reponse = client.post(adresse, {"action": "attente", "tout": "1"})
    assert reponse.status_code in (403, 409)
    assert not Evenement.objects.filter(genre=E.ATTENTE_PROLONGEE).exists()


def test_attendre_le_prochain_fichier_pour_plusieurs(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    adresse = f"{reverse('rapprochements_ensemble')}?sujet=absence"
    client.post(adresse, {"action": "attendre", "tout": "1"})
    dernier = Evenement.objects.get(genre=E.DISPARITION_VERIFIEE)
    assert (dernier.personne, dernier.donnees["resultat"]) == (gens["absence"], "attendre")


# One by one ---------------------------------------------------------------------------------------------------------
def poster(client: Client, personne: Personne, cle: str, **valeurs: Any) -> Any:
    vu = Situation.objects.get(personne=personne).dernier_evenement
    return client.post(reverse("acte", args=[personne.pk, cle]), {"vu": vu, **valeurs}, follow=True)


def test_decider_la_suite(client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]) -> None:
    comme(R.ENCADRANT)
    reponse = poster(client, gens["cloture"], "suite_cloture", suite="volontaire", prochain_contact_le="2026-03-10")
    assert "C'est décidé : accompagnement à sa demande." in texte(reponse)
    assert Situation.objects.get(personne=gens["cloture"]).etat == Etat.VOLONTAIRE
    assert _ids(H.CLOTURE_AVEC_CONTRAT) == []


def test_prendre_des_nouvelles_dans_l_emploi(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.ENCADRANT)
    poster(client, gens["cloture"], "suite_cloture", suite="suivi_emploi")
    assert len(_ids(H.SUIVI_EMPLOI)) == 1
    assert Situation.objects.get(personne=gens["cloture"]).etat == Etat.SORTIE


def test_repondre_a_la_caisse(client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]) -> None:
    comme(R.DEVOIRS)
    reponse = client.get(reverse("acte", args=[gens["decision"].pk, "decision_caisse"]))
    assert "déroger à la condition d'âge" in texte(reponse)
    sans_date = poster(client, gens["decision"], "decision_caisse", reponse="accord")
    assert "Indiquez le jour de la décision." in texte(sans_date)
    demain = poster(client, gens["decision"], "decision_caisse", reponse="accord", decidee_le="2026-02-18")
    assert "ne peut pas être à venir" in texte(demain)
    poster(client, gens["decision"], "decision_caisse", reponse="refus", decidee_le="2026-02-10")
    assert _ids(H.DECISION_ATTENDUE_CAF) == []


def test_reprendre_une_decision(client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]) -> None:
    comme(R.DEVOIRS)
    champs = {"nature": "suspension", "motif": "indetermine", "preuve": "Arrêté 12", "decidee_le": "2026-01-15",
              "debut": "2026-02-01", "taux": "50"}  # fmt: skip
    trop = poster(client, gens["sanction"], "mesure", **champs, montant="100")
    assert "pas les deux" in texte(trop)
    avant = poster(client, gens["sanction"], "mesure", **{**champs, "debut": "2026-01-01"})
    assert "ne commence pas avant" in texte(avant)
    poster(client, gens["sanction"], "mesure", **champs)
    mesure = MesureDecidee.objects.get()
    assert (mesure.personne, mesure.taux, mesure.statut) == (gens["sanction"], 50, "decidee")
    assert _ids(H.SANCTION_A_RAPPROCHER) == []


def test_choisir_entre_deux_contacts(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    propose, connu = ContactPropose.objects.get(), Contact.objects.get(personne=gens["contact"])
    adresse = reverse("rapprochement_contact", args=[propose.pk])
    assert client.post(adresse, {}).status_code == 422
    reponse = client.post(adresse, {"choix": f"remplacer-{connu.pk}", "verifie": "on"}, follow=True)
    assert "Le contact du fichier est enregistré" in texte(reponse)
    assert Contact.objects.get(personne=gens["contact"], fin=None).valeur == "0622222222"
    assert client.get(adresse).status_code == 404


def test_garder_le_contact_connu(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    propose = ContactPropose.objects.get()
    client.post(reverse("rapprochement_contact", args=[propose.pk]), {"choix": "garder"})
    propose.refresh_from_db()
    assert propose.statut == StatutProposition.ECARTE


def test_une_personne_vivante_reprend_son_parcours(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    avant = datetime(2026, 2, 5)  # noqa: DTZ001 - a day
    assert Situation.objects.get(personne=gens["deces"]).depuis == avant.date()
    reponse = poster(client, gens["deces"], "en_vie", lu="on")
    assert "Le parcours reprend où il en était." in texte(reponse)
    assert Situation.objects.get(personne=gens["deces"]).etat == Etat.ENTRANTE


def test_une_liste_plus_longue_que_ce_qu_un_acte_prend(
    client: Client, comme: Callable[[RoleAgent], Agent], attendues: list[Personne], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cordee.web.rapprochement.gestes.MAXIMUM", 2)
    comme(R.DEVOIRS)
    adresse = f"{reverse('rapprochements_ensemble')}?sujet=decision"
    lu = texte(client.post(adresse, {"action": "attente", "tout": "1"}, follow=True))
    assert "Les 2 premières sont prises : recommencez ensuite pour les suivantes." in lu
    assert "2 personnes : la prochaine vérification a sa date." in lu


def test_la_page_du_jour_les_compte(
    client: Client, comme: Callable[[RoleAgent], Agent], gens: dict[str, Personne]
) -> None:
    comme(R.GESTIONNAIRE_DONNEES)
    assert "7 désaccords avec un fichier ou réponses attendues" in texte(client.get(reverse("accueil")))
