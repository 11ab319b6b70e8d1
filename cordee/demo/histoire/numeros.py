"""Ids drawn beforehand, the same for the same seed whatever the number of processes.

The run is cut into lots (ranges of dynasties). Each table's ids are cut into blocks of ``PAS``, dealt out like cards:
lot ``r`` of ``n`` takes blocks ``r``, ``r + n``, ``r + 2 n``… So a lot never lacks ids, never needs to know how many
the others take, and ids of one life are in the order of its events. Nothing is drawn from the sequences meanwhile:
``avancer`` moves them past the last row at the end. The caller makes sure that nobody else writes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Final

from django.db import connection

PAS: Final = 1024
_SEQUENCES: Final = """
SELECT t.relname, s.oid::regclass::text, coalesce(pg_sequence_last_value(s.oid) + 1, q.seqstart)
FROM pg_sequence q JOIN pg_class s ON s.oid = q.seqrelid
JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid AND a.attname = 'id'
WHERE pg_table_is_visible(t.oid) ORDER BY t.relname
"""


def premiers_numeros() -> dict[str, int]:
    """Table → the first id that nobody has drawn yet, for every table with an ``id`` drawn from a sequence."""
    with connection.cursor() as curseur:
        curseur.execute(_SEQUENCES)
        return {table: premier for table, _, premier in curseur.fetchall()}


def avancer() -> None:
    """Move each sequence to the last id of its table, so that the next row is written after the history."""
    with connection.cursor() as curseur:
        curseur.execute(_SEQUENCES)
        deplacements = [
            f"SELECT setval('{sequence}', dernier) FROM (SELECT max(id) AS dernier FROM \"{table}\") m "
            f"WHERE dernier >= {premier}"
            for table, sequence, premier in curseur.fetchall()
        ]
        curseur.execute("; ".join(deplacements))


class NumerosDuLot:
    """The ids of one lot (``modele.Numeros``).

    >>> numeros = NumerosDuLot({"contrats_contrat": 8}, lot=1, lots=3)
    >>> numeros.suivant("contrats_contrat"), numeros.suivant("contrats_contrat")
    (1032, 1033)
    >>> suivants = [numeros.suivant("contrats_contrat") for _ in range(PAS)]
    >>> suivants[-3] == 8 + 2 * PAS - 1, suivants[-2] == 8 + 4 * PAS
    (True, True)
    """

    def __init__(self, premiers: Mapping[str, int], *, lot: int, lots: int) -> None:
        """``premiers``: what ``premiers_numeros`` said before the run. ``lot``: from 0 to ``lots - 1``."""
        if not 0 <= lot < lots:
            raise ValueError(f"lot {lot} of {lots}")
        self._suites = {table: _suite(premier, lot, lots) for table, premier in premiers.items()}

    def suivant(self, table: str) -> int:
        """The next id of a table. Raises ``KeyError`` for a table that has no sequence."""
        return next(self._suites[table])


def _suite(premier: int, lot: int, lots: int) -> Iterator[int]:
    for bloc in count(lot, lots):
        debut = premier + bloc * PAS
        yield from range(debut, debut + PAS)
