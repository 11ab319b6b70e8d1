"""What goes into the lake, table by table: the columns that figures need, and none that says who somebody is.

A person is the number of her row: it means nothing outside this database, and it lets a figure open its list (ADR 12).
No name, no number of a paying body, no address but the commune; of a birth date, the month; no note, no free text.
An open period ends on ``JAMAIS``, so that « in force on a day » reads ``debut <= au AND au < fin``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

JAMAIS: Final = "9999-12-31"
FIN: Final = f"coalesce(fin, DATE '{JAMAIS}')"
PARIS: Final = "AT TIME ZONE 'Europe/Paris'"


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: its name and type in the lake, and the PostgreSQL expression that fills it."""

    nom: str
    type: str
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the lake.

    ``source``: PostgreSQL table. ``personne``: column holding a person, led back to her canonical row when read.
    ``debut``, ``fin``: columns that say from when a changed row changes past figures; without them, every figure.
    ``cle``: column of the source that partitions it (an increasing integer).
    """

    nom: str
    source: str
    colonnes: tuple[Colonne, ...]
    description: str
    personne: str = ""
    debut: str = ""
    fin: str = ""
    cle: str = "id"
    ou: str = ""
    incrementale: bool = False

    @property
    def types(self) -> dict[str, str]:
        return {c.nom: c.type for c in self.colonnes}

    def requete(self) -> str:
        """The SELECT that PostgreSQL copies out, without its bounds."""
        colonnes = ", ".join(f"{c.source} AS {c.nom}" for c in self.colonnes)
        return f"SELECT {colonnes} FROM {self.source} t"


def colonnes(texte: str) -> tuple[Colonne, ...]:
    """``nom TYPE [= expression]``, one per line."""
    lues = []
    for ligne in filter(None, (brute.strip() for brute in texte.splitlines())):
        declaration, _, expression = ligne.partition(" = ")
        nom, genre = declaration.split()
        lues.append(Colonne(nom, genre, expression or f"t.{nom}"))
    return tuple(lues)
