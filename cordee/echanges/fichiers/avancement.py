"""Progress told from a connection of its own, so that others see it while the import's transaction is open."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

from django.db import connection

_DIRE: Final = "UPDATE fichiers_fichierrecu SET avancement = %s, etape_traitement = %s WHERE id = %s"


class Avancement:
    """Says how far an import is. A context manager: it holds one connection, idle between two sentences."""

    def __init__(self, fichier_id: int) -> None:
        self._fichier_id = fichier_id
        self._connexion = connection.copy()
        self._lus = 0

    def dire(self, etape: str, lus: int | None = None) -> None:
        """Write the present step (60 characters) and the number of households read."""
        self._lus = self._lus if lus is None else lus
        with self._connexion.cursor() as curseur:
            curseur.execute(_DIRE, [self._lus, etape, self._fichier_id])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, faute: BaseException | None, ou: TracebackType | None
    ) -> None:
        self._connexion.close()
