"""Reading a page changes nothing: during a GET the database accepts no write, except the log of reads and the asking of
a study, whose answer is the same whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

# The log of reads is the point of reading; the cache holds nothing that lasts.
PERMIS = ("personnes_lecture", "fichiers_lectureelement", "cache_partage", "pilotage_etude")
_ECRITURE = re.compile(
    r"\b(insert\s+into|update|delete\s+from|merge\s+into|truncate|copy)\s+\"?([a-z_.]+)", re.IGNORECASE
)


class EcriturePendantLecture(RuntimeError):
    """A page that should only read tried to write: a mistake of ours, never of the person who opened it."""


def _refuser(executer: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    texte = str(sql)
    if not texte.lstrip(" (").lower().startswith("select"):
        for verbe, table in _ECRITURE.findall(texte):
            if table not in PERMIS:
                raise EcriturePendantLecture(f"{verbe} {table}")
    return executer(sql, params, many, context)


def lecture_seule() -> AbstractContextManager[None]:
    """Inside this block any INSERT, UPDATE or DELETE raises ``EcriturePendantLecture``."""
    return connection.execute_wrapper(_refuser)
