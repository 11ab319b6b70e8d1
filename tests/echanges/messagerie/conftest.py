"""A mail server of this machine, which refuses when it is told to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Boite:
    """What the server received, and what it refuses."""

    def __init__(self) -> None:
        self.recus: list[Envelope] = []
        self.refus: dict[str, str] = {}
        self.panne = ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refus:
            return self.refus[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.panne:
            return self.panne
        self.recus.append(envelope)
        return "250 OK"


@pytest.fixture
def boite(settings: Any) -> Iterator[Boite]:
    """A mail server of this machine, where e-mails of the test go."""
    recue = Boite()
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    serveur = Controller(recue, hostname="127.0.0.1", port=port)
    serveur.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.COURRIEL_TRANSPORTEUR = "smtp"
    settings.DEFAULT_FROM_EMAIL = "plateforme@exemple.invalid"
    try:
        yield recue
    finally:
        serveur.stop()
