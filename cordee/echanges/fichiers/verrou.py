"""One import at a time, whatever its kind: they touch the same persons."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

from cordee.echanges.fichiers.models import FichierRecu
from cordee.socle.erreurs import ErreurMetier

_VERROU: Final = 0x0CAF


class ImportEnCours(ErreurMetier):
    """Another import is under way, and the caller would not wait."""


@contextmanager
def seul(fichier: FichierRecu, *, attendre: bool = True) -> Iterator[None]:
    """Wait for one's turn, and say so. Waiting has no limit: an import takes minutes.

    The lock belongs to the connection: a process killed frees it.

    Args:
        attendre: false for a page, which cannot wait minutes.

    Raises:
        ImportEnCours: somebody else's turn, and ``attendre`` is false.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_lock(%s)", [_VERROU])
        if not curseur.fetchone()[0]:
            if not attendre:
                raise ImportEnCours("Un fichier est en cours de chargement : réessayez dans quelques minutes.")
            FichierRecu.objects.filter(pk=fichier.pk).update(etape_traitement="Attend la fin d'un autre import")
            with transaction.atomic():
                curseur.execute("SET LOCAL lock_timeout = 0")
                curseur.execute("SELECT pg_advisory_lock(%s)", [_VERROU])
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_advisory_unlock(%s)", [_VERROU])
