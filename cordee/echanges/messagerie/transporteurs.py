"""The providers that carry messages, behind one interface.

Nothing personal is ever written to a log: neither who, nor where, nor what; a reference, a length, a code.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from cordee.metier.courriers.enums import Canal
from cordee.metier.courriers.regles.sms import longueur_sms
from cordee.socle.enums import EnumLibelle

journal = logging.getLogger(__name__)


class Issue(EnumLibelle):
    """What a provider answered."""

    PARTI = "parti", "Pris en charge"
    REFUSE = "refuse", "Refusé pour toujours"
    REPORTE = "reporte", "À essayer de nouveau"


@dataclass(frozen=True, slots=True)
class Message:
    """What is handed to a provider. Its personal parts never show in a trace."""

    reference: str
    a: str = field(repr=False)
    texte: str = field(repr=False)
    objet: str = field(default="", repr=False)
    piece: bytes | None = field(default=None, repr=False)
    html: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reponse:
    """``code``: the provider's code alone, never its sentence (it may repeat an address)."""

    issue: Issue
    code: str = ""


class Transporteur(Protocol):
    """A way to hand messages over. ``ouvrir`` holds one connection for a whole series."""

    canal: Canal

    @contextmanager
    def ouvrir(self) -> Iterator[None]:
        """A connection, kept for the messages sent inside."""
        yield

    def envoyer(self, message: Message) -> Reponse:
        """Hand one message over and read the answer. Never raises for what a provider may answer."""


class TransporteurConsole:
    """Sends nothing: says that it would have. For demonstrations and trials only."""

    def __init__(self, canal: Canal) -> None:
        self.canal = canal

    @contextmanager
    def ouvrir(self) -> Iterator[None]:
        yield

    def envoyer(self, message: Message) -> Reponse:
        segments = longueur_sms(message.texte).segments if self.canal is Canal.SMS else 1
        journal.info("%s %s: %d characters, %d part(s)", self.canal, message.reference, len(message.texte), segments)
        return Reponse(Issue.PARTI, "console")


class TransporteurSMTP:
    """E-mail by SMTP, encrypted: STARTTLS or TLS from the first byte, certificates verified."""

    canal = Canal.COURRIEL

    def __init__(self) -> None:
        self._connexion: BaseEmailBackend | None = None

    @contextmanager
    def ouvrir(self) -> Iterator[None]:
        self._connexion = get_connection(backend="django.core.mail.backends.smtp.EmailBackend")
        try:
            yield
        finally:
            self._connexion.close()
            self._connexion = None

    def envoyer(self, message: Message) -> Reponse:
        courriel = EmailMultiAlternatives(
            subject=message.objet, body=message.texte, to=[message.a], connection=self._connexion,
            reply_to=[settings.COURRIEL_REPONSE] if settings.COURRIEL_REPONSE else None,
            headers={"Auto-Submitted": "auto-generated", "X-Reference": message.reference},
        )  # fmt: skip
        if message.html:
            courriel.attach_alternative(message.html, "text/html")
        if message.piece is not None:
            courriel.attach(f"{message.reference}.pdf", message.piece, "application/pdf")
        try:
            courriel.send()
        except smtplib.SMTPRecipientsRefused as refus:
            code = max((code for code, _ in refus.recipients.values()), default=0)
            return self._reponse(code)
        except smtplib.SMTPResponseException as erreur:
            self._raccrocher()
            return Reponse(Issue.REPORTE, f"smtp {erreur.smtp_code}")
        except (smtplib.SMTPException, OSError) as erreur:
            self._raccrocher()
            return Reponse(Issue.REPORTE, type(erreur).__name__)
        return Reponse(Issue.PARTI, "smtp 250")

    @staticmethod
    def _reponse(code: int) -> Reponse:
        """RFC 5321: 5xx is for ever, 4xx may be tried again."""
        return Reponse(Issue.REFUSE if code >= 500 else Issue.REPORTE, f"smtp {code}")

    def _raccrocher(self) -> None:
        """A connection that failed is not used again."""
        if self._connexion is not None:
            self._connexion.close()


def transporteur_de(canal: Canal) -> Transporteur | None:
    """The provider of a way; None when this installation has none: messages wait and the queue says so.

    The console carries nobody's message in production unless it is asked for by name.
    """
    if canal is Canal.COURRIEL and settings.COURRIEL_TRANSPORTEUR == "smtp":
        return TransporteurSMTP()
    if {Canal.COURRIEL: settings.COURRIEL_TRANSPORTEUR, Canal.SMS: settings.SMS_TRANSPORTEUR}.get(canal) == "console":
        return TransporteurConsole(canal)
    return None
