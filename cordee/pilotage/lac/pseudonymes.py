"""The one place where a number of the lake becomes a row of the database, and back (ADR 30).

Nobody joins a number read in the lake to the database: ``personnes_de`` says who it is, ``pseudonymes_de`` under which
number somebody is read there. What leaves the house bears ``pour_sortie``, under a key of its own for each use.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final

from cordee.socle.secrets_locaux import cle_empreinte

_63_BITS: Final = (1 << 63) - 1


def pseudonymes_de(ids: Iterable[int]) -> dict[int, int]:
    """People of the database → their number in the lake."""
    return {pk: pk for pk in ids}


def personnes_de(ids: Iterable[int]) -> dict[int, int]:
    """Numbers of the lake → people of the database. Who was erased since is not there."""
    return {pk: pk for pk in ids}


def pour_sortie(ids: Iterable[int], usage: str) -> dict[int, int]:
    """Numbers of the lake → what leaves the house under that name (« union », « cohorte:12 »).

    Keyed: without the secret of the installation, nobody finds one from the other; two uses cannot be joined.
    """
    cle = cle_de(f"sortie:{usage}")
    return {pk: numero(cle, pk) for pk in ids}


def cle_de(usage: str) -> bytes:
    """A key of 32 bytes for one use, drawn from the secret of the installation."""
    return hmac.digest(cle_empreinte(), f"cordee:lac:{usage}".encode(), "sha256")


def numero(cle: bytes, pk: int) -> int:
    """63 bits of HMAC-SHA256 of a number: two people of two million share one once in five million lakes."""
    return int.from_bytes(hmac.digest(cle, str(pk).encode(), "sha256")[:8]) & _63_BITS
