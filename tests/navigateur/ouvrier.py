"""The real worker of a journey, in a thread with connections of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

from django.db import connections
from procrastinate.contrib.django import app


class Ouvrier(Thread):
    """Does what is queued, then stops. ``poursuivre``: what a test that holds it back must set."""

    def __init__(self) -> None:
        super().__init__()
        self.poursuivre = Event()

    def run(self) -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            asyncio.run(self._travailler())

    async def _travailler(self) -> None:
        boucle = asyncio.get_running_loop()
        boucle.set_default_executor(ThreadPoolExecutor(max_workers=1))  # where jobs run: its connections are closed
        async with app.open_async():
            await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)
        await boucle.run_in_executor(None, connections.close_all)

    def finir(self) -> None:
        """Let it go to its end, and wait for it."""
        self.poursuivre.set()
        if self.ident is not None:
            self.join()
