"""The person's page: nothing without the second fact, her appointment with it, and what she answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, DemandeRappel, LienPersonnel
from cordee.metier.rendezvous.services.liens import code_de
from cordee.socle import horloge
from tests import fabriques as f

pytestmark = pytest.mark.django_db
PAGES = ("espace", "espace_calendrier", "espace_confirmer", "espace_dates", "espace_empechement")


@pytest.fixture
def eds(settings: Any) -> Structure:
    settings.URL_PUBLIQUE = "https://cordee.exemple.invalid"
    f.systeme()
    return f.structure(nom="EDS fictif de Créteil", adresse="3 rue des Essais", code_postal="94000",
                       commune=f.commune(), telephone="01 00 00 00 00")  # fmt: skip


@pytest.fixture
def plateforme(eds: Structure) -> Agent:
    return f.agent(f.RoleAgent.AGENT_PLATEFORME, structure=eds)


@pytest.fixture
def lien(eds: Structure, plateforme: Agent) -> LienPersonnel:
    le = horloge.maintenant()
    personne = f.soumise(eds, le=le - timedelta(days=2), nom="Secretfictif", prenom="Discrète",
                         date_naissance=date(1990, 5, 4))  # fmt: skip
    f.adresse(personne=personne)
    f.rattachement(personne, eds)
    creneau = f.creneau(eds, debut=le + timedelta(days=6))
    services.reserver(creneau=creneau, personne=personne, canal=Canal.COURRIER, par=plateforme, le=le)
    return LienPersonnel.objects.get()


@pytest.fixture
def entree(client: Client, lien: LienPersonnel) -> str:
    """The code, once the second fact was given."""
    code = code_de(lien)
    reponse = client.post(reverse("espace_entrer", args=[code]), {"jour": "4", "mois": "5", "annee": "1990"})
    assert (reponse.status_code, reponse.url) == (302, reverse("espace", args=[code]))
    return code


def test_the_door_shows_nothing_of_anybody(client: Client, lien: LienPersonnel) -> None:
    reponse = client.get(reverse("espace_entrer", args=[code_de(lien)]))
    contenu = reponse.content.decode()
    for mot in ("Secretfictif", "Discrète", "Créteil", "RSA"):
        assert mot not in contenu.split("<main")[1]
    assert reponse.headers["Cache-Control"] == "no-store, private"
    assert reponse.headers["Referrer-Policy"] == "same-origin"
    for nom in PAGES:
        vue = client.get(reverse(nom, args=[code_de(lien)]))
        assert (vue.status_code, vue.url) == (302, reverse("espace_entrer", args=[code_de(lien)]))


def test_a_forged_or_expired_link_says_what_to_do(client: Client, lien: LienPersonnel) -> None:
    faux = client.get(reverse("espace_entrer", args=["0000-0000-0000-0000"]))
    hier = horloge.maintenant() - timedelta(days=1)
    LienPersonnel.objects.update(cree_le=hier - timedelta(days=30), expire_le=hier)
    expire = client.get(reverse("espace_entrer", args=[code_de(lien)]))
    for reponse in (faux, expire):
        assert reponse.status_code == 404
        assert "Recopiez-le depuis votre courrier" in reponse.content.decode()
    assert LienPersonnel.objects.get().essais == 0


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"jour": "5", "mois": "5", "annee": "1990"}, "ne va pas avec ce lien"),
        ({"jour": "31", "mois": "2", "annee": "1990"}, "pas dans ce mois"),
        ({"jour": "", "mois": "5", "annee": "1990"}, "obligatoire"),
    ],
)
def test_a_wrong_date_says_so(client: Client, lien: LienPersonnel, saisie: dict[str, str], phrase: str) -> None:
    reponse = client.post(reverse("espace_entrer", args=[code_de(lien)]), saisie)
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()


def test_too_many_attempts_from_one_place(client: Client, settings: Any, lien: LienPersonnel) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"lien_personnel": "2/10m/ip"}
    adresse = reverse("espace_code")
    essais = [client.post(adresse, {"code": "0000-0000-0000-0000"}).status_code for _ in range(3)]
    assert essais == [422, 422, 429]


def test_the_code_of_a_paper_letter(client: Client, lien: LienPersonnel) -> None:
    reponse = client.post(reverse("espace_code"), {"code": code_de(lien).replace("-", " ").lower()})
    assert reponse.status_code == 302
    assert client.get(reponse.url).status_code == 200


def test_her_appointment_and_nothing_else(client: Client, entree: str, lien: LienPersonnel) -> None:
    contenu = client.get(reverse("espace", args=[entree])).content.decode()
    for mot in ("Votre prochaine étape", "3 rue des Essais", "Je viendrai", "Choisir une autre date"):
        assert mot in contenu
    for mot in ("Secretfictif", "RSA", "sanction"):
        assert mot not in contenu
    fichier = client.get(reverse("espace_calendrier", args=[entree]))
    assert fichier.headers["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in fichier.content
    assert b"Secretfictif" not in fichier.content


def test_another_code_is_another_door(client: Client, entree: str, lien: LienPersonnel, eds: Structure,
                                      plateforme: Agent) -> None:  # fmt: skip
    le = horloge.maintenant()
    autre = f.soumise(eds, le=le - timedelta(days=2))
    f.adresse(personne=autre)
    creneau = f.creneau(eds, debut=le + timedelta(days=5))
    rdv = services.reserver(creneau=creneau, personne=autre, canal=Canal.COURRIER, par=plateforme, le=le)
    code = code_de(LienPersonnel.objects.get(rendez_vous=rdv))
    assert client.get(reverse("espace", args=[code])).status_code == 302
    assert client.get(reverse("espace", args=[entree])).status_code == 302  # and the first one closed


def test_a_page_left_open_closes(
    client: Client, entree: str, monkeypatch: pytest.MonkeyPatch, lien: LienPersonnel
) -> None:
    assert client.get(reverse("espace", args=[entree])).status_code == 200
    plus_tard = horloge.maintenant() + timedelta(minutes=16)
    monkeypatch.setattr(horloge, "maintenant", lambda: plus_tard)
    assert client.get(reverse("espace", args=[entree])).status_code == 302


def test_confirm_then_move(client: Client, entree: str, eds: Structure, lien: LienPersonnel) -> None:
    client.post(reverse("espace_confirmer", args=[entree]))
    assert "vous viendrez" in client.get(reverse("espace", args=[entree])).content.decode()
    libre = f.creneau(eds, debut=horloge.maintenant() + timedelta(days=9))
    page = client.get(reverse("espace_dates", args=[entree])).content.decode()
    assert f'value="{libre.pk}"' in page
    reponse = client.post(reverse("espace_dates", args=[entree]), {"creneau": libre.pk})
    assert reponse.status_code == 302
    lien.refresh_from_db()
    assert lien.rendez_vous.creneau == libre
    prise = client.post(reverse("espace_dates", args=[entree]), {"creneau": libre.pk})
    assert prise.status_code == 409
    assert "plus libre" in prise.content.decode()


def test_ask_to_be_called_then_the_agent_does(client: Client, entree: str, lien: LienPersonnel, plateforme: Agent,
                                              eds: Structure) -> None:  # fmt: skip
    client.post(reverse("espace_empechement", args=[entree]), {"moment": "matin"})
    lien.rendez_vous.refresh_from_db()
    assert lien.rendez_vous.statut == StatutRendezVous.ANNULE
    assert "Nous allons vous appeler" in client.get(reverse("espace", args=[entree])).content.decode()
    client.force_login(plateforme)
    assert "Plutôt le matin" in client.get(reverse("demandes")).content.decode()
    demande = DemandeRappel.objects.get()
    client.force_login(f.agent(f.RoleAgent.REFERENT))
    assert client.post(reverse("demande_traiter", args=[demande.pk])).status_code == 404
    client.force_login(plateforme)
    assert client.post(reverse("demande_traiter", args=[demande.pk])).status_code == 302
    assert "Personne n'attend d'appel" in client.get(reverse("demandes")).content.decode().replace("&#x27;", "'")


def test_closing_the_page(client: Client, entree: str) -> None:
    assert client.post(reverse("espace_quitter", args=[entree])).status_code == 200
    assert client.get(reverse("espace", args=[entree])).status_code == 302


class TestInvitation:
    """Behind her link she chooses her first date; nothing is given before."""

    @pytest.fixture
    def invitee(self, eds: Structure) -> Personne:
        personne = f.soumise(eds, le=horloge.maintenant() - timedelta(days=2), nom="Secretfictif",
                             date_naissance=date(1990, 5, 4))  # fmt: skip
        f.adresse(personne=personne)
        f.rattachement(personne, eds)
        return personne

    @pytest.fixture
    def libre(self, eds: Structure) -> Creneau:
        return f.creneau(eds, debut=horloge.maintenant() + timedelta(days=6))

    @pytest.fixture
    def code(self, client: Client, invitee: Personne, eds: Structure, libre: Creneau) -> str:
        services.inviter(personne=invitee, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
                         structure=eds, canal=Canal.COURRIER, par=f.systeme(), le=horloge.maintenant())  # fmt: skip
        code = code_de(LienPersonnel.objects.get())
        client.post(reverse("espace_entrer", args=[code]), {"jour": "4", "mois": "5", "annee": "1990"})
        return code

    def test_she_chooses_her_date(self, client: Client, code: str, libre: Creneau) -> None:
        page = client.get(reverse("espace", args=[code])).content.decode()
        for mot in ("Choisissez votre rendez-vous", "3 rue des Essais", "Choisir une date", "Demander qu'on m'appelle",
                    "jusqu'au"):  # fmt: skip
            assert mot in page
        for mot in ("Secretfictif", "RSA", "sanction", "Je viendrai", "None"):
            assert mot not in page.split("<main")[1]
        assert client.get(reverse("espace_calendrier", args=[code])).status_code == 302
        assert client.post(reverse("espace_confirmer", args=[code])).status_code == 409
        assert f'value="{libre.pk}"' in client.get(reverse("espace_dates", args=[code])).content.decode()
        assert client.post(reverse("espace_dates", args=[code]), {"creneau": libre.pk}).status_code == 302
        page = client.get(reverse("espace", args=[code])).content.decode()
        assert "vous viendrez" in page
        assert client.get(reverse("espace_calendrier", args=[code])).status_code == 200

    def test_no_date_suits_her_and_the_agent_calls(self, client: Client, code: str, plateforme: Agent) -> None:
        Creneau.objects.update(prises=1)
        assert "Aucune date libre" in client.get(reverse("espace_dates", args=[code])).content.decode()
        assert client.get(reverse("espace_empechement", args=[code])).status_code == 200
        client.post(reverse("espace_empechement", args=[code]), {"moment": "matin"})
        assert "Nous allons vous appeler" in client.get(reverse("espace", args=[code])).content.decode()
        client.force_login(plateforme)
        assert "Invitation à choisir une date" in client.get(reverse("demandes")).content.decode()
        assert client.post(reverse("demande_traiter", args=[DemandeRappel.objects.get().pk])).status_code == 302

    def test_the_agent_invites_from_her_page(self, client: Client, invitee: Personne, libre: Creneau, eds: Structure,
                                             plateforme: Agent) -> None:  # fmt: skip
        client.force_login(plateforme)
        adresse = reverse("acte", args=[invitee.pk, "inviter"])
        assert adresse in client.get(reverse("personne", args=[invitee.pk])).content.decode()
        form = client.get(adresse).context["form"]
        assert [cle for cle, _ in form.fields["canal"].choices] == ["courrier", "guichet"]
        saisie = {nom: form[nom].value() or "" for nom in form.fields} | {"modalite": "physique"}
        assert client.post(adresse, {**saisie, "structure": eds.pk}).status_code == 302
        assert LienPersonnel.objects.get().rendez_vous is None
        encore = client.post(adresse, {**saisie, "structure": eds.pk})
        assert "déjà invitée" in encore.content.decode()
