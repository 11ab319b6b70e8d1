"""The one place where a number of the lake becomes a row of the database, and back (ADR 30).

In the lake a person, or a household, is 63 bits of HMAC-SHA256 of her row's number, under a key drawn from the secret
of the installation: files taken without that secret tell of nobody. Nobody joins a number of the lake to the database:
``personnes_de`` says who it is, ``pseudonymes_de`` under which number somebody is read there. What leaves the house
bears ``pour_sortie``, under a key of its own for each use.
"""

from __future__ import annotations

import hmac
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from cordee.metier.personnes.models import Personne
from cordee.socle.secrets_locaux import cle_empreinte

DOMAINES: Final = ("personne", "foyer")
"""A person and a household of the same row number bear numbers that have nothing in common."""
_63_BITS: Final = (1 << 63) - 1
_BLOC_HMAC: Final = 64


def pseudonymes_de(ids: Iterable[int]) -> dict[int, int]:
    """People of the database → their number in the lake."""
    cle = cle_de("personne")
    return {pk: numero(cle, pk) for pk in ids}


def personnes_de(ids: Iterable[int]) -> dict[int, int]:
    """Numbers of the lake → people of the database. Who was erased since is not there."""
    return _CORRESPONDANCE.personnes(list(ids))


def pour_sortie(ids: Iterable[int], usage: str) -> dict[int, int]:
    """Numbers of the lake → what leaves the house under that name (« union », « cohorte:12 »).

    Keyed: without the secret of the installation, nobody finds one from the other; two uses cannot be joined.
    """
    cle = cle_de(f"sortie:{usage}")
    return {pk: numero(cle, pk) for pk in ids}


def cle_de(usage: str) -> bytes:
    """A key of 32 bytes for one use, drawn from the secret of the installation."""
    return hmac.digest(cle_empreinte(), f"cordee:lac:{usage}".encode(), "sha256")


def empreinte_de_la_cle() -> str:
    """Says under which secret a lake was made, without telling it."""
    return hmac.digest(cle_de("empreinte"), b"", "sha256").hex()[:8]


def numero(cle: bytes, pk: int) -> int:
    """63 bits of HMAC-SHA256 of a number: two people of two million share one once in five million lakes."""
    return int.from_bytes(hmac.digest(cle, str(pk).encode(), "sha256")[:8]) & _63_BITS


def tampons(cle: bytes) -> tuple[bytes, bytes]:
    """The two blocks that HMAC puts before what it hashes, inner and outer: DuckDB knows sha256, not HMAC."""
    etendue = cle.ljust(_BLOC_HMAC, b"\0")
    return bytes(o ^ 0x36 for o in etendue), bytes(o ^ 0x5C for o in etendue)


def expression(colonne: str, domaine: str) -> str:
    """``numero`` in DuckDB, where the variables of ``variables`` are set."""
    interieur = f"sha256(getvariable('{domaine}_i') || encode(CAST({colonne} AS VARCHAR)))"
    condense = f"sha256(getvariable('{domaine}_o') || unhex({interieur}))"
    return f"CAST(CAST('0x' || substr({condense}, 1, 16) AS UBIGINT) & {_63_BITS} AS BIGINT)"


def variables(usages: Sequence[str] = DOMAINES) -> dict[str, bytes]:
    """The variables that ``expression`` reads: keys never stand in the text of a query, which an error may print."""
    return {
        f"{usage}_{cote}": tampon for usage in usages for cote, tampon in zip("io", tampons(cle_de(usage)), strict=True)
    }


@dataclass(slots=True)
class _Correspondance:
    """Every person's number, made once by this process: some microseconds and sixteen bytes each.

    A number depends on nothing but the row's: whoever is added to the database is added here when first looked for.
    """

    cle: bytes = b""
    numeros: array[int] = field(default_factory=lambda: array("q"))
    lignes: array[int] = field(default_factory=lambda: array("q"))
    absents: set[int] = field(default_factory=set)
    verrou: Lock = field(default_factory=Lock)

    def personnes(self, numeros: Sequence[int]) -> dict[int, int]:
        with self.verrou:
            trouvees, inconnus = self._chercher(numeros)
            if inconnus - self.absents or cle_de("personne") != self.cle:
                self._relire()
                trouvees, inconnus = self._chercher(numeros)
                self.absents |= inconnus
            return trouvees

    def _chercher(self, numeros: Sequence[int]) -> tuple[dict[int, int], set[int]]:
        trouvees, inconnus = {}, set()
        for n in numeros:
            rang = bisect_left(self.numeros, n)
            if rang < len(self.numeros) and self.numeros[rang] == n:
                trouvees[n] = self.lignes[rang]
            else:
                inconnus.add(n)
        return trouvees, inconnus

    def _relire(self) -> None:
        """Add those who are not there yet: all of them, for whoever commits late bears a lower number."""
        cle = cle_de("personne")
        if cle != self.cle:
            self.cle, self.numeros, self.lignes = cle, array("q"), array("q")
            self.absents.clear()
        deja = set(self.lignes)
        paires = list(zip(self.numeros, self.lignes, strict=True))
        paires += ((numero(cle, pk), pk) for pk in Personne.objects.values_list("pk", flat=True) if pk not in deja)
        paires.sort()
        self.numeros = array("q", [n for n, _ in paires])
        self.lignes = array("q", [pk for _, pk in paires])


_CORRESPONDANCE: Final = _Correspondance()
