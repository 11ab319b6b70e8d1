"""What goes into the lake, table by table: the columns that figures need, and none that says who somebody is.

A person is a keyed number, that only ``lac.pseudonymes`` leads back to her row, to open a list (ADR 30). No name, no
number of a paying body, no address but the commune; of a birth date, the month; no note, no free text.
An open period ends on ``JAMAIS``, so that « in force on a day » reads ``debut <= au AND au < fin``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

PSEUDONYMES: Final = {"personne_id": "personne", "canonique_id": "personne", "foyer_id": "foyer"}
"""Columns that name somebody: their value in the lake is a keyed number, not the row of the database (ADR 30)."""
JAMAIS: Final = "9999-12-31"
FIN: Final = f"coalesce(fin, DATE '{JAMAIS}')"
_LUES: Final = re.compile(r"\b(?:FROM|JOIN) ([a-z]+_[a-z_]+)")
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

    @property
    def types(self) -> dict[str, str]:
        return {c.nom: c.type for c in self.colonnes}

    @property
    def numeros(self) -> dict[str, str]:
        """The columns that hold a pseudonym in the lake: name → whose (« personne », « foyer »)."""
        du_registre = {"id": "personne"} if self.nom == "personnes" else {}
        return {c.nom: de_qui for c in self.colonnes
                if (de_qui := du_registre.get(c.nom) or PSEUDONYMES.get(c.nom))}  # fmt: skip

    @property
    def autres_sources(self) -> frozenset[str]:
        """The other PostgreSQL tables that its columns read: a change there copies it whole."""
        textes = (self.ou, *(c.source for c in self.colonnes))
        return frozenset(nom for texte in textes for nom in _LUES.findall(texte)) - {self.source}

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
