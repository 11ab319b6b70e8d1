"""From new entrant to signed contract, through the pages only; and what the pages do when something is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse  # noqa: TID251
from django.test import Client
from django.urls import reverse

from cordee.metier.contrats.models import Contrat
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours.cycle import ECHEANCES, ETAPES
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle import horloge
from cordee.web.parcours import table
from cordee.web.parcours.formulaires import FORMULAIRES
from tests import fabriques as f

pytestmark = pytest.mark.django_db
R = RoleAgent
HORS_TABLE = table.PAGES_ENTIERES


@dataclass
class Equipe:
    """Who works on the path of the tests."""

    eds: Structure
    plateforme: Agent
    chef: Agent
    referente: Agent


@pytest.fixture
def equipe() -> Equipe:
    eds = f.structure(nom="EDS des essais", commune=f.commune(), adresse="1 rue Fictive", code_postal="94000",
                      telephone="0140000000", courriel="eds@exemple.invalid")  # fmt: skip
    plateforme = f.structure(TypeStructure.PLATEFORME, commune=f.commune(), adresse="2 rue Fictive",
                             code_postal="94000", telephone="0140000001", courriel="pf@exemple.invalid")  # fmt: skip
    return Equipe(
        eds, f.agent(R.AGENT_PLATEFORME, structure=plateforme), f.agent(R.CHEF_STRUCTURE, structure=eds),
        f.agent(R.REFERENT, structure=eds, prenom="Awa", nom="Diallo", telephone="0140000002"),
    )  # fmt: skip


@pytest.fixture
def entrante(equipe: Equipe) -> Personne:
    personne = f.soumise(equipe.eds, le=horloge.maintenant() - timedelta(days=5))
    f.adresse(personne=personne)
    return personne


@pytest.fixture
def agir(client: Client, entrante: Personne) -> Callable[..., HttpResponse]:
    """``agir(agent, acte, champs…)``: open the page of the act as this agent, then send its form."""

    def faire(par: Agent, cle: str, /, **champs: object) -> HttpResponse:
        client.force_login(par)
        adresse = reverse("acte", args=[entrante.pk, cle])
        page = client.get(adresse)
        assert page.status_code == 200, cle
        form = page.context["form"]
        caches = {champ.name: champ.value() or "" for champ in form.hidden_fields()}
        return client.post(adresse, {**caches, **champs})

    return faire


def _etape(personne: Personne) -> str | None:
    situation = Situation.objects.select_related("etape").get(personne=personne)
    return situation.etape.genre if situation.etape else None


ENTRETIEN = {"situation_pro": "plus_deux_ans", "niveau": "qualifiant", "projection": "oui", "theme_mobilite": "fort"}


def test_from_new_entrant_to_signed_contract(
    agir: Callable[..., HttpResponse], entrante: Personne, equipe: Equipe, client: Client
) -> None:
    demain = horloge.aujourdhui() + timedelta(days=1)
    reponse = agir(
        equipe.plateforme, "convoquer", genre="orientation", modalite="physique", date=demain, heure="10:00",
        duree="45", structure=equipe.eds.pk, agent="", lieu="", canal="courrier",
    )  # fmt: skip
    assert reponse.status_code == 302
    assert _etape(entrante) == GenreEtape.ORIENTER
    assert RendezVous.objects.get().lieu == "1 rue Fictive, 94000 Créteil"

    agir(equipe.plateforme, "sans_rendez_vous", structure=equipe.plateforme.affectations.get().structure_id)
    proposee = client.post(reverse("proposition", args=[entrante.pk]), ENTRETIEN)
    assert "Parcours socio-professionnel" in proposee.content.decode()
    reponse = agir(
        equipe.plateforme, "orienter", action="decider", **ENTRETIEN, voie="socio_pro", structure=equipe.eds.pk,
        motifs=["freins_a_traiter"],
    )  # fmt: skip
    assert reponse.status_code == 302
    assert _etape(entrante) == GenreEtape.NOTIFIER
    assert Orientation.objects.get().suivie is True

    agir(equipe.plateforme, "remettre", le_jour=horloge.aujourdhui())
    assert _etape(entrante) == GenreEtape.NOMMER_REFERENT
    agir(equipe.chef, "nommer_referent", agent=equipe.referente.pk)
    assert _etape(entrante) == GenreEtape.ELABORER_CONTRAT

    contrat = {
        "projet": "Devenir aide-soignante", "engagements_personne": "Venir aux rendez-vous",
        "engagements_organisme": "Chercher une place de crèche", "heures": "15", "intensite": "reguliere",
        "action_texte_0": "Suivre la préqualification", "action_famille_0": "formation", "action_heures_0": "15",
        "prochaine_actualisation": horloge.aujourdhui() + timedelta(days=180), "action": "signer",
    }  # fmt: skip
    assert agir(equipe.referente, "contrat", **contrat).url == reverse("acte_signer", args=[entrante.pk])
    document = client.get(reverse("contrat_pdf", args=[entrante.pk]))
    assert document.content.startswith(b"%PDF")
    reponse = agir(
        equipe.referente, "signer", signe_personne_le=horloge.aujourdhui(), signe_referent_le=horloge.aujourdhui()
    )
    assert reponse.status_code == 302
    assert _etape(entrante) == GenreEtape.PROCHAIN_CONTACT
    assert Situation.objects.get(personne=entrante).etat == Etat.ACCOMPAGNEE
    assert Contrat.objects.get().engagements.count() == 3


def test_an_incomplete_contract_says_what_is_missing(
    agir: Callable[..., HttpResponse], entrante: Personne, equipe: Equipe, client: Client
) -> None:
    f.orientee(entrante, equipe.eds)
    f.rattachement(entrante, equipe.eds, equipe.referente, finalite=FinaliteRattachement.REFERENT)
    f.evenement(entrante, GenreEvenement.REFERENT_NOMME, structure=equipe.eds.pk, agent=equipe.referente.pk)
    assert agir(equipe.referente, "contrat", heures="8", intensite="reguliere").status_code == 302
    page = client.get(reverse("acte", args=[entrante.pk, "signer"])).content.decode()
    assert "Moins de 15 heures par semaine : écrivez la raison" in page
    assert "Enregistrer les signatures" not in page
    assert client.get(reverse("contrat_pdf", args=[entrante.pk])).status_code == 409


def test_two_agents_never_overwrite_silently_on_the_path(entrante: Personne, equipe: Equipe, client: Client) -> None:
    client.force_login(equipe.plateforme)
    adresse = reverse("acte", args=[entrante.pk, "contact"])
    vu = client.get(adresse).context["form"]["vu"].value()
    f.evenement(entrante, GenreEvenement.CONTACT, par=equipe.chef, resultat="jointe")
    saisie = {"vu": vu, "genre": "appel", "resultat": "jointe", "note": "Elle a retrouvé un logement."}
    reponse = client.post(adresse, saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Elle a retrouvé un logement." in page
    assert "Ce qui s'est passé depuis" in page
    assert str(equipe.chef) in page
    assert Evenement.objects.filter(genre=GenreEvenement.CONTACT).count() == 1
    saisie["vu"] = reponse.context["form"]["vu"].value()
    assert client.post(adresse, saisie).status_code == 302
    assert Evenement.objects.filter(genre=GenreEvenement.CONTACT).count() == 2


def test_two_agents_correcting_an_identity_see_the_difference(
    entrante: Personne, equipe: Equipe, client: Client
) -> None:
    client.force_login(equipe.plateforme)
    adresse = reverse("acte", args=[entrante.pk, "identite"])
    form = client.get(adresse).context["form"]
    saisie = {nom: form[nom].value() or "" for nom in form.fields} | {"prenom": "Amina"}
    Personne.objects.filter(pk=entrante.pk).update(prenom="Aminata", version=2)
    reponse = client.post(adresse, saisie)
    assert reponse.status_code == 422
    assert ("Prénom", "Aminata", "Amina") in reponse.context["differences"]
    entrante.refresh_from_db()
    assert entrante.prenom == "Aminata"
    saisie["version"] = reponse.context["form"]["version"].value()
    assert client.post(adresse, saisie).status_code == 302
    entrante.refresh_from_db()
    assert entrante.prenom == "Amina"


def test_a_refusal_is_said_and_what_was_typed_is_kept(
    agir: Callable[..., HttpResponse], entrante: Personne, equipe: Equipe
) -> None:
    hier = horloge.aujourdhui() - timedelta(days=1)
    reponse = agir(
        equipe.plateforme, "convoquer", genre="orientation", modalite="physique", date=hier, heure="10:00",
        duree="45", structure=equipe.eds.pk, lieu="Salle des fêtes", canal="courrier",
    )  # fmt: skip
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "La date du rendez-vous est passée" in page
    assert "Salle des fêtes" in page
    assert not RendezVous.objects.exists()


def test_deciding_otherwise_than_the_proposal_needs_a_reason(
    agir: Callable[..., HttpResponse], entrante: Personne, equipe: Equipe
) -> None:
    agir(equipe.plateforme, "sans_rendez_vous", structure=equipe.plateforme.affectations.get().structure_id)
    decision = {"voie": "social", "structure": equipe.eds.pk, "motifs": ["souhait"]}
    reponse = agir(equipe.plateforme, "orienter", action="decider", **ENTRETIEN, **decision)
    assert reponse.status_code == 422
    assert "autrement que la proposition" in reponse.content.decode()
    assert not Orientation.objects.exists()
    ecart = "appreciation_differente"
    agir(equipe.plateforme, "orienter", action="decider", **ENTRETIEN, **decision, motif_ecart=ecart)
    assert Orientation.objects.get().motif_ecart == ecart


def test_an_interview_cut_in_two_is_resumed_from_its_draft(
    agir: Callable[..., HttpResponse], entrante: Personne, equipe: Equipe, client: Client
) -> None:
    agir(equipe.plateforme, "orienter", action="brouillon", **ENTRETIEN, notes="Repart chercher son enfant.")
    assert not Evenement.objects.filter(genre=GenreEvenement.DIAGNOSTIC).exists()
    form = client.get(reverse("acte", args=[entrante.pk, "orienter"])).context["form"]
    assert form["notes"].value() == "Repart chercher son enfant."
    assert form["theme_mobilite"].value() == "fort"
    assert form.proposition() is not None


def test_every_etape_has_the_act_that_closes_it() -> None:
    connus = set(table.ETAPES) | table.PAR_ARBITRAGE
    assert connus == set(ETAPES) | set(ECHEANCES)
    assert set(table.ETAPES.values()) <= set(table.ACTES)
    assert set(FORMULAIRES) | HORS_TABLE == set(table.ACTES)


def test_an_act_without_object_says_why_instead_of_a_form(
    agir: Callable[..., HttpResponse], entrante: Personne, equipe: Equipe, client: Client
) -> None:
    client.force_login(equipe.plateforme)
    page = client.get(reverse("acte", args=[entrante.pk, "presence"])).content.decode()
    assert "Aucun rendez-vous n'est prévu" in unescape(page)
    assert client.post(reverse("acte", args=[entrante.pk, "remettre"]), {"le_jour": "2026-01-01"}).status_code == 200
    assert client.get(reverse("acte", args=[entrante.pk, "inconnu"])).status_code == 404
