"""Arbitrating identities: two files side by side, a decision, its undoing; the NIR never shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance, Situation
from cordee.metier.parcours.services import fusionner, signaler_doublon
from cordee.metier.personnes.enums import RoleFoyer, StatutArbitrage
from cordee.metier.personnes.models import Arbitrage, Fusion, Lecture, Personne
from cordee.metier.personnes.regles.identite import Accord
from cordee.metier.personnes.selectors import envois_bloques
from cordee.metier.personnes.services import marquer_sensible
from cordee.socle import horloge
from cordee.web.identites.comparaison import comparer
from tests import fabriques as f

pytestmark = pytest.mark.django_db
NIR, AUTRE_NIR = "2880394028123", "2880394028456"
MARS = date(1988, 3, 12)


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")


@pytest.fixture
def donnees() -> Agent:
    return f.agent(RoleAgent.GESTIONNAIRE_DONNEES)


@pytest.fixture
def bureau(client: Client, donnees: Agent) -> Client:
    client.force_login(donnees)
    return client


@pytest.fixture
def paire(donnees: Agent) -> Arbitrage:
    """A file known to the CAF, and one opened at the counter that resembles it."""
    eds = f.structure()
    connue = f.soumise(eds, nom="Testard", prenom="Amina", date_naissance=MARS, nir=NIR)
    f.adresse(foyer=connue.appartenances.get().foyer)
    nouvelle = f.soumise(eds, nom="Testard", prenom="Aminata", date_naissance=date(1988, 12, 3), provisoire=True)
    return signaler_doublon(
        personne=nouvelle, autre=connue, raisons=["Même nom, prénoms proches."], par=donnees, le=f.MAINTENANT
    )


def texte(reponse: Any) -> str:
    """What people read of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


# Comparing ----------------------------------------------------------------------------------------------------------
def test_ce_qui_s_accorde_et_ce_qui_differe(paire: Arbitrage) -> None:
    lignes = {ligne.libelle: ligne for ligne in comparer(paire.personne, paire.candidate, date(2026, 2, 17)).identite}
    assert lignes["Nom d'usage"].accord is Accord.EGAL
    assert lignes["Prénom"].accord is Accord.PROCHE
    assert lignes["Date de naissance"].accord is Accord.PROCHE
    assert "Autres prénoms" not in lignes


@pytest.mark.parametrize(
    ("nirs", "mention"),
    [((NIR, NIR), "Identiques"), ((NIR, AUTRE_NIR), "Différents"), ((NIR, ""), "Absent d'une des deux fiches"),
     (("", ""), "Absent des deux fiches")],
)  # fmt: skip
def test_le_nir_se_compare_sans_se_montrer(bureau: Client, donnees: Agent, nirs: tuple[str, str], mention: str) -> None:
    une, autre = (f.personne(nir=nir) for nir in nirs)
    doute = signaler_doublon(personne=une, autre=autre, raisons=[], par=donnees, le=f.MAINTENANT)
    page = bureau.get(reverse("arbitrage", args=[doute.pk])).content.decode()
    assert mention in unescape(page)
    assert NIR not in page
    assert AUTRE_NIR not in page
    assert NIR[:7] not in page


def test_deux_personnes_d_un_meme_dossier_ont_des_roles_differents(donnees: Agent) -> None:
    foyer = f.foyer()
    demandeur, conjoint = f.personne(foyer=foyer), f.personne(foyer=foyer, role=RoleFoyer.CJT)
    lignes = {x.libelle: x for x in comparer(demandeur, conjoint, date(2026, 2, 17)).coordonnees}
    assert lignes["Demande RSA"].accord is Accord.CONTRAIRE
    assert "(conjoint)" in lignes["Demande RSA"].droite
    assert lignes["Numéro allocataire"].accord is Accord.EGAL


def test_comparer_laisse_une_trace_de_lecture(bureau: Client, paire: Arbitrage, donnees: Agent) -> None:
    page = texte(bureau.get(reverse("arbitrage", args=[paire.pk])))
    assert "Même nom, prénoms proches." in page
    assert "avant le 24/02/2026" in page
    lues = Lecture.objects.values_list("personne_id", "agent_id", "finalite")
    assert set(lues) == {(p, donnees.pk, "identification") for p in (paire.personne_id, paire.candidate_id)}


# Deciding -----------------------------------------------------------------------------------------------------------
def test_la_meme_personne(bureau: Client, paire: Arbitrage) -> None:
    assert envois_bloques(paire.candidate)
    page = texte(bureau.get(reverse("arbitrage", args=[paire.pk])))
    assert "La fiche connue de l'organisme payeur est gardée" in page
    reponse = bureau.post(reverse("arbitrage_trancher", args=[paire.pk]), {"reponse": "meme"}, follow=True)
    assert "Les deux fiches sont réunies" in texte(reponse)
    fusion = Fusion.objects.get()
    assert (fusion.absorbee, fusion.canonique) == (paire.personne, paire.candidate)
    assert not envois_bloques(paire.candidate)
    paire.refresh_from_db()
    assert paire.statut == StatutArbitrage.MEME_PERSONNE
    encore = bureau.post(reverse("arbitrage_trancher", args=[paire.pk]), {"reponse": "deux"})
    assert encore.status_code == 409
    assert "déjà été rendu" in texte(encore)


def test_deux_personnes(bureau: Client, paire: Arbitrage) -> None:
    bureau.post(reverse("arbitrage_trancher", args=[paire.pk]), {"reponse": "deux"})
    paire.refresh_from_db()
    assert paire.statut == StatutArbitrage.PERSONNES_DIFFERENTES
    assert not Fusion.objects.exists()
    assert not envois_bloques(paire.personne)
    assert "Deux personnes différentes" in texte(bureau.get(reverse("arbitrages"), {"voir": "rendus"}))


def test_une_reponse_absente_ne_tranche_rien(bureau: Client, paire: Arbitrage) -> None:
    assert bureau.post(reverse("arbitrage_trancher", args=[paire.pk]), {"reponse": "peut-être"}).status_code == 409
    paire.refresh_from_db()
    assert paire.statut == StatutArbitrage.OUVERT


# Undoing ------------------------------------------------------------------------------------------------------------
def test_annuler_dit_ce_qui_reste_et_ouvre_l_echeance(bureau: Client, donnees: Agent) -> None:
    eds = f.structure()
    gardee, rendue = f.soumise(eds, nom="Gardee"), f.soumise(eds, nom="Rendue")
    avant = Situation.objects.get(personne=rendue)
    fusion = fusionner(absorbee=rendue, canonique=gardee, raisons=["Erreur"], par=donnees, le=f.MAINTENANT)
    f.orientee(gardee, eds)
    url = reverse("reunion_annuler", args=[fusion.pk])
    page = texte(bureau.get(url))
    assert "2 actes faits pendant la réunion restent sur la fiche GARDEE" in page
    assert "Orientation décidée" in page
    assert "1 événement retourne à la fiche RENDUE" in page
    assert bureau.post(url, {}).status_code == 422
    assert Fusion.objects.get().annulee_le is None

    reponse = bureau.post(url, {"lu": "on"}, follow=True)
    assert "2 actes faits entre-temps : une échéance demande de les revoir" in texte(reponse)
    assert Fusion.objects.get().annulee_le is not None
    apres = Situation.objects.get(personne=rendue)
    assert (apres.etat, apres.soumis) == (avant.etat, avant.soumis)
    assert Echeance.objects.filter(
        personne=gardee, genre=GenreEcheance.REVOIR_APRES_FUSION, fermee_le__isnull=True
    ).exists()
    assert bureau.post(url, {"lu": "on"}).status_code == 404
    assert "annulée le 17/02/2026" in texte(bureau.get(reverse("reunions"), {"voir": "annulees"}))


def test_ce_qui_est_annonce_est_ce_qui_arrive(bureau: Client, donnees: Agent) -> None:
    """The preview counts what the service will return."""
    eds = f.structure()
    trois = [f.soumise(eds) for _ in range(3)]
    fusionner(absorbee=trois[2], canonique=trois[1], raisons=[], par=donnees, le=f.MAINTENANT)
    derniere = fusionner(absorbee=trois[1], canonique=trois[0], raisons=[], par=donnees, le=f.MAINTENANT)
    f.orientee(trois[0], eds)
    page = texte(bureau.get(reverse("reunion_annuler", args=[derniere.pk])))
    assert "2 événements retournent" in page
    assert "2 actes faits pendant la réunion restent" in page
    reponse = bureau.post(reverse("reunion_annuler", args=[derniere.pk]), {"lu": "on"}, follow=True)
    assert "2 actes faits entre-temps" in texte(reponse)


# Perimeter ----------------------------------------------------------------------------------------------------------
def test_un_dossier_sensible_reste_ferme(bureau: Client, paire: Arbitrage, donnees: Agent) -> None:
    lecteur = f.agent(RoleAgent.ENCADRANT)
    marquer_sensible(personne=paire.candidate, lecteurs=[lecteur], motif="Agent", par=donnees, le=f.MAINTENANT)
    page = texte(bureau.get(reverse("arbitrages")))
    assert "1 doute concerne un dossier sensible" in page
    assert "Amina" not in page
    assert bureau.get(reverse("arbitrage", args=[paire.pk])).status_code == 404
    assert bureau.post(reverse("arbitrage_trancher", args=[paire.pk]), {"reponse": "meme"}).status_code == 404
    assert not Fusion.objects.exists()
    absent = bureau.get(reverse("arbitrage", args=[paire.pk + 1000]))
    assert absent.status_code == 404


def test_seule_la_gestion_des_donnees(client: Client, paire: Arbitrage, donnees: Agent) -> None:
    eds = f.structure()
    fusion = fusionner(
        absorbee=f.soumise(eds), canonique=f.soumise(eds), raisons=[], par=donnees, le=horloge.maintenant()
    )
    noms = {"arbitrage": paire.pk, "arbitrage_trancher": paire.pk, "reunion_annuler": fusion.pk}
    adresses = [reverse("arbitrages"), reverse("reunions"), *(reverse(nom, args=[pk]) for nom, pk in noms.items())]
    for role in RoleAgent:
        client.force_login(f.agent(role))
        for adresse in adresses:
            permis = client.get(adresse).status_code != 403
            assert permis is (role is RoleAgent.GESTIONNAIRE_DONNEES), (role, adresse)


# In a browser -------------------------------------------------------------------------------------------------------
@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("largeur", [360, 1280])
def test_de_la_file_a_l_annulation(  # noqa: PLR0917 - fixtures
    live_server: Any, visiter: Callable[..., Any], violations: Callable[[Any], Any], donnees: Agent, paire: Arbitrage,
    largeur: int,
) -> None:  # fmt: skip
    def correcte() -> None:
        assert violations(ecran) == []
        assert ecran.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert plaintes == []

    ecran, plaintes = visiter(live_server.url + reverse("arbitrages"), largeur, agent=donnees)
    correcte()
    ecran.get_by_role("link", name="Comparer").click()
    ecran.get_by_role("heading", name="Est-ce la même personne ?").wait_for()
    correcte()
    ecran.get_by_role("button", name="C'est la même personne").click()
    ecran.get_by_role("button", name="Réunir les fiches").wait_for()
    correcte()
    ecran.get_by_role("button", name="Réunir les fiches").click()
    ecran.get_by_text("Les deux fiches sont réunies").wait_for()
    ecran.goto(live_server.url + reverse("reunions"))
    correcte()
    ecran.get_by_role("link", name="Annuler la réunion").click()
    ecran.get_by_label("J'ai lu ce qui va se passer").check()
    correcte()
    ecran.get_by_role("button", name="Annuler la réunion").click()
    ecran.get_by_text("Les deux fiches sont de nouveau distinctes").wait_for()
    assert Personne.objects.filter(canonique__isnull=False).count() == 0
