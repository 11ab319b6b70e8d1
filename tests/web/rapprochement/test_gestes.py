"""The acts of the reconciliation queue, many at once and one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Echeance, Evenement, Situation
from cordee.metier.personnes.enums import StatutProposition
from cordee.metier.personnes.models import Contact, ContactPropose, Personne
from tests import fabriques as f
from tests.web.rapprochement.conftest import LE, E, H, J, R, texte

pytestmark = pytest.mark.django_db


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
