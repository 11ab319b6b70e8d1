"""Messages handed to real providers: a mail server of this machine, which refuses when it is told to."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from cordee.echanges.messagerie.envoi import acheminer
from cordee.echanges.messagerie.transporteurs import Issue, Message, TransporteurSMTP, transporteur_de
from cordee.metier.courriers.enums import Canal, EtatRemise, StatutAcheminement
from cordee.metier.courriers.models import Acheminement, Courrier
from cordee.metier.courriers.services import annuler_en_attente, regler_echec
from cordee.metier.courriers.services.acheminement import prendre
from cordee.metier.personnes.models import Personne
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.echanges.messagerie.conftest import Boite
from tests.metier.equipe import LE, Equipe
from tests.metier.equipe import equipe as monter

S = StatutAcheminement
TOT = timedelta(minutes=6)  # after the few minutes left to undo


@pytest.fixture
def equipe(db: None) -> Equipe:
    return monter()


def ecrire(equipe: Equipe, adresse: str, canal: Canal = Canal.COURRIEL, *, le: datetime = LE) -> Personne:
    """A convocation by message."""
    personne = equipe.entrante()
    f.contact(personne, adresse)
    equipe.convoquer(personne, canal=canal, le=le)
    return personne


def lettre(personne: Personne) -> Courrier:
    return Courrier.objects.select_related("acheminement", "contact").get(personne=personne)


class TestSMTP:
    def test_what_is_received_is_what_was_written(self, equipe: Equipe, boite: Boite) -> None:
        courrier = lettre(ecrire(equipe, "amina@exemple.invalid"))
        bilan = acheminer(par=equipe.samia, le=LE + TOT)
        assert bilan[Canal.COURRIEL].partis == 1
        [recu] = boite.recus
        assert recu.rcpt_tos == ["amina@exemple.invalid"]
        brut = recu.content if isinstance(recu.content, bytes) else str(recu.content).encode()
        assert b"Auto-Submitted: auto-generated" in brut
        assert courrier.donnees["reference"].encode() in brut
        courrier.refresh_from_db()
        assert (courrier.etat, courrier.acheminement.statut) == (EtatRemise.ENVOYEE, S.REMIS)

    def test_a_recipient_refused_for_ever_is_kept_and_used_no_more(self, equipe: Equipe, boite: Boite) -> None:
        personne = ecrire(equipe, "partie@exemple.invalid")
        boite.refus["partie@exemple.invalid"] = "550 5.1.1 no such user partie@exemple.invalid"
        assert acheminer(par=equipe.samia, le=LE + TOT)[Canal.COURRIEL].refuses == 1
        courrier = lettre(personne)
        assert (courrier.etat, courrier.acheminement.dernier_code) == (EtatRemise.ECHEC, "smtp 550")
        assert courrier.contact is not None
        assert courrier.contact.en_echec
        regler_echec(courrier=courrier, par=equipe.samia, le=LE)
        assert Acheminement.objects.get(courrier=courrier).regle_le == LE

    def test_put_off_then_tried_again_later_and_given_up_at_last(self, equipe: Equipe, boite: Boite) -> None:
        personne = ecrire(equipe, "pleine@exemple.invalid")
        boite.refus["pleine@exemple.invalid"] = "452 4.2.2 mailbox full"
        le = LE + TOT
        for essai in range(1, 6):
            assert acheminer(par=equipe.samia, le=le)[Canal.COURRIEL].reportes == 1
            a = lettre(personne).acheminement
            assert a.essais == essai
            assert acheminer(par=equipe.samia, le=le)[Canal.COURRIEL].reportes == 0, "not before its hour"
            le = a.prochain_essai_le
        assert (a.statut, lettre(personne).etat) == (S.ABANDONNE, EtatRemise.ECHEC)
        assert not lettre(personne).contact.en_echec, "the address is not to blame"  # type: ignore[union-attr]

    def test_one_that_fails_does_not_stop_the_next(self, equipe: Equipe, boite: Boite) -> None:
        ecrire(equipe, "partie@exemple.invalid")
        ecrire(equipe, "amina@exemple.invalid")
        boite.refus["partie@exemple.invalid"] = "550 no"
        bilan = acheminer(par=equipe.samia, le=LE + TOT)[Canal.COURRIEL]
        assert (bilan.partis, bilan.refuses) == (1, 1)

    def test_nothing_personal_in_the_journal(
        self, equipe: Equipe, boite: Boite, caplog: pytest.LogCaptureFixture
    ) -> None:
        personne = ecrire(equipe, "amina@exemple.invalid")
        boite.panne = "451 try later amina@exemple.invalid"
        with caplog.at_level(logging.DEBUG, logger="cordee"):
            acheminer(par=equipe.samia, le=LE + TOT)
        assert "amina" not in caplog.text
        assert "amina" not in lettre(personne).acheminement.dernier_code

    def test_a_server_that_does_not_answer_is_tried_later(self, settings: Any) -> None:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
        transporteur = TransporteurSMTP()
        with transporteur.ouvrir():
            reponse = transporteur.envoyer(Message("C1", "a@exemple.invalid", "texte", "objet"))
        assert reponse.issue is Issue.REPORTE
        assert "exemple" not in reponse.code + repr(Message("C1", "a@exemple.invalid", "texte"))


class TestQuand:
    @pytest.mark.parametrize(
        ("instant", "part"),
        [("2026-02-17T21:00", False), ("2026-02-18T08:00", True), ("2026-02-22T10:00", False),
         ("2026-02-23T10:00", True)],
    )  # fmt: skip
    def test_no_text_message_at_night_nor_on_a_sunday(
        self, equipe: Equipe, instant: str, part: bool, settings: Any
    ) -> None:
        settings.SMS_TRANSPORTEUR = "console"
        le = datetime.fromisoformat(instant).replace(tzinfo=PARIS)
        personne = ecrire(equipe, "0601020304", Canal.SMS, le=le - timedelta(minutes=10))
        acheminer(par=equipe.samia, le=le)
        assert bool(lettre(personne).etat) is part

    def test_time_to_undo(self, equipe: Equipe, boite: Boite) -> None:
        personne = ecrire(equipe, "amina@exemple.invalid")
        assert acheminer(par=equipe.samia, le=LE + timedelta(minutes=1))[Canal.COURRIEL].partis == 0
        annuler_en_attente(courriers=[lettre(personne).pk], par=equipe.samia, le=LE)
        acheminer(par=equipe.samia, le=LE + TOT)
        assert boite.recus == []
        assert lettre(personne).acheminement.statut == S.ABANDONNE

    def test_after_its_hour_it_has_no_sense(self, equipe: Equipe, boite: Boite) -> None:
        personne = ecrire(equipe, "amina@exemple.invalid")
        acheminer(par=equipe.samia, le=LE + timedelta(days=8))
        assert boite.recus == []
        assert lettre(personne).acheminement.dernier_code == "perime"

    def test_the_pace_of_the_provider(self, equipe: Equipe, boite: Boite, settings: Any) -> None:
        settings.COURRIEL_DEBIT = 2
        for n in range(3):
            ecrire(equipe, f"p{n}@exemple.invalid")
        assert [acheminer(par=equipe.samia, le=LE + TOT)[Canal.COURRIEL].partis for _ in range(2)] == [2, 1]

    def test_cut_while_sending_it_is_told_and_never_sent_again(self, equipe: Equipe, boite: Boite) -> None:
        personne = ecrire(equipe, "amina@exemple.invalid")
        assert prendre(canal=Canal.COURRIEL, le=LE + TOT) is not None  # the worker dies here
        acheminer(par=equipe.samia, le=LE + TOT)
        assert lettre(personne).acheminement.statut == S.EN_COURS
        acheminer(par=equipe.samia, le=LE + TOT + timedelta(minutes=20))
        assert boite.recus == []
        assert (lettre(personne).etat, lettre(personne).acheminement.dernier_code) == (EtatRemise.ECHEC, "interrompu")

    def test_without_a_provider_messages_wait(self, equipe: Equipe, settings: Any) -> None:
        settings.SMS_TRANSPORTEUR = ""
        personne = ecrire(equipe, "0601020304", Canal.SMS)
        assert transporteur_de(Canal.SMS) is None
        acheminer(par=equipe.samia, le=LE + TOT)
        assert lettre(personne).acheminement.statut == S.EN_ATTENTE
