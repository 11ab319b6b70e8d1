"""Views sent by e-mail, to a real mail server of this machine: once, to agents who may read, tried again, stopped."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import Envelope
from django.test import Client

from cordee.echanges.messagerie.chiffres import envoyer_les_chiffres
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.enums_vues import Cadence, EtatEnvoi, FinAbonnement
from cordee.pilotage.models import AbonnementVue, EnvoiVue
from cordee.pilotage.vues_gardees import envois
from cordee.pilotage.vues_gardees.services import Page, Rythme, abonner, garder
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.echanges.messagerie.conftest import Boite
from tests.fabriques import MAINTENANT
from tests.pilotage.poses import Chiffre, poser

pytestmark = pytest.mark.django_db
LUNDI = datetime(2026, 2, 23, 7, 5, tzinfo=PARIS)
ADRESSE = "elise@exemple.invalid"


@pytest.fixture
def elise(settings: Any, tmp_path: Path) -> Agent:
    settings.CORDEE_HOME, settings.URL_PUBLIQUE = tmp_path, "https://cordee.exemple.invalid/"
    f.commune()
    poser(tmp_path, [Chiffre("taux_contrat", 62.5, sur=80)])
    agent = f.agent(RoleAgent.PILOTAGE, courriel=ADRESSE, prenom="Élise")
    page = Page(page="pilotage_indicateur", objet="taux_contrat", permissions=(Permission.PILOTER,))
    vue = garder(page=page, nom="Les contrats", partagee=True, par=agent, le=MAINTENANT)
    abonner(vue=vue, destinataires=[agent], rythme=Rythme(cadence=Cadence.CHAQUE_LUNDI), par=agent, le=MAINTENANT)
    return agent


def lire(recu: Envelope) -> tuple[Message, str, str]:
    """The message, its text, its HTML."""
    brut = recu.content if isinstance(recu.content, bytes) else str(recu.content).encode()
    message = message_from_bytes(brut)
    parties = {p.get_content_type(): p.get_payload(decode=True) for p in message.walk() if not p.is_multipart()}
    return message, *(bytes(parties[genre]).decode() for genre in ("text/plain", "text/html"))  # type: ignore[return-value,arg-type]


def test_figures_and_a_link_leave_once(elise: Agent, boite: Boite) -> None:
    assert envoyer_les_chiffres(le=LUNDI).partis == 1
    assert envoyer_les_chiffres(le=LUNDI + timedelta(minutes=10)).partis == 0
    [recu] = boite.recus
    message, texte, html = lire(recu)
    assert recu.rcpt_tos == [ADRESSE]
    assert message["Subject"] == "Vos chiffres du 23/02/2026"
    for partie in (texte, html):
        assert "62,5" in partie
        assert "https://cordee.exemple.invalid/pilotage/vues/" in partie
    envoi = EnvoiVue.objects.get()
    assert (envoi.etat, envoi.reponse, envoi.essais) == (EtatEnvoi.ENVOYE, "smtp 250", 1)
    assert "62,5" in envoi.texte


def test_a_server_that_is_busy_is_tried_again_then_given_up(elise: Agent, boite: Boite) -> None:
    boite.panne = "451 try later"
    le = LUNDI
    for essai in range(1, 6):
        assert envoyer_les_chiffres(le=le).reportes == 1
        envoi = EnvoiVue.objects.get()
        assert envoi.essais == essai
        assert envoyer_les_chiffres(le=le).reportes == 0, "not before its hour"
        le = envoi.prochain_essai_le
    assert envoi.etat == EtatEnvoi.ABANDONNE
    assert not boite.recus


def test_an_address_refused_for_ever_is_used_no_more(elise: Agent, boite: Boite) -> None:
    boite.refus[ADRESSE] = "550 no such user"
    assert envoyer_les_chiffres(le=LUNDI).refuses == 1
    assert AbonnementVue.objects.get().fin == FinAbonnement.ADRESSE
    assert envoyer_les_chiffres(le=LUNDI + timedelta(days=7)).refuses == 0


def test_a_sending_cut_in_the_middle_never_leaves_twice(elise: Agent, boite: Boite) -> None:
    envois.preparer(le=LUNDI)
    assert envois.prendre(le=LUNDI) is not None
    assert envoyer_les_chiffres(le=LUNDI + timedelta(minutes=20)).partis == 0
    envoi = EnvoiVue.objects.get()
    assert (envoi.etat, envoi.reponse) == (EtatEnvoi.ABANDONNE, envois.INTERROMPU)


def test_the_link_stops_it_without_signing_in(elise: Agent, boite: Boite) -> None:
    abonnement = AbonnementVue.objects.get()
    adresse = f"/pilotage/vues/arret/{abonnement.jeton}/"
    client = Client()
    page = client.get(adresse)
    assert page.status_code == 200
    assert "Les contrats" not in page.content.decode()
    assert AbonnementVue.objects.get().arrete_le is None, "looking stops nothing"
    assert "C'est fait" in client.post(adresse).content.decode().replace("&#x27;", "'")
    assert AbonnementVue.objects.get().fin == FinAbonnement.LIEN
    assert client.get("/pilotage/vues/arret/inconnu/").status_code == 404
    assert envoyer_les_chiffres(le=LUNDI).partis == 0


def test_nothing_personal_in_the_journal(elise: Agent, boite: Boite, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="cordee"):
        envoyer_les_chiffres(le=LUNDI)
    assert ADRESSE not in caplog.text
    assert "62,5" not in caplog.text


def test_without_a_server_messages_wait(elise: Agent, settings: Any) -> None:
    settings.COURRIEL_TRANSPORTEUR = ""
    assert envoyer_les_chiffres(le=LUNDI).partis == 0
    assert EnvoiVue.objects.get().etat == EtatEnvoi.A_ENVOYER
