"""A session of the lake that stays open: after a change, only what the change reaches is worked out again.

Each table, view and query has a fingerprint. A view is made again when the fingerprint of something it names changed;
its own then comes from its rows, so that a view that comes out the same stops the change there. Tables and views that
nothing changed stay in memory, but the largest, made again when they are wanted (and taken for changed).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import duckdb

from cordee.pilotage.lac.graphe import nommees, sources_des_vues
from cordee.pilotage.lac.lecture import REGLAGES, Session, poser_contexte, poser_reunies, poser_table
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.tables import PAR_NOM, TABLES

TROP_GRANDE: Final = 500_000
"""Views of more rows than that do not stay in memory between two changes."""
Cles = dict[str, str]


class SessionTenue(Session):
    """One day of the lake, kept open (``fermer`` when done). ``avancer`` brings it to a later state."""

    def __init__(self, manifeste: Manifeste, contexte: Sequence[dict[str, Any]]) -> None:
        super().__init__(duckdb.connect(":memory:", config=REGLAGES))
        poser_contexte(self.duck, contexte)
        self._la: dict[str, int] = {}
        self._cles: Cles = {}
        self._empreintes: Cles = {}
        self._vues_a_jour: set[str] = set()
        self._fichiers: dict[str, tuple[str, ...]] = {}
        self.avancer(manifeste)

    def fermer(self) -> None:
        self.duck.close()

    def avancer(self, manifeste: Manifeste) -> None:
        """Read this state from now on."""
        fichiers = {t.nom: tuple(manifeste.fichiers(t.nom)) for t in TABLES}
        neuves = not self._fichiers
        if neuves or fichiers["personnes"] != self._fichiers["personnes"]:
            poser_reunies(self.duck, manifeste)
            self._empreintes["reunies"] = self._contenu("reunies")
        for table in TABLES:
            if neuves or fichiers[table.nom] != self._fichiers[table.nom]:
                poser_table(self.duck, manifeste, table)
            reunies = self._empreintes["reunies"] if table.personne else ""
            self._empreintes[table.nom] = _condense(*fichiers[table.nom], reunies)
        self._fichiers = fichiers
        self._vues_a_jour.clear()

    def empreinte(self, sql: str) -> str:
        """Changes when the rows of something that a query names change."""
        return _condense(*(self._a_jour(nom) for nom in nommees(sql)))

    def alleger(self) -> None:
        """Let the largest views go until the next change."""
        for nom in [nom for nom, lignes in self._la.items() if lignes > TROP_GRANDE]:
            self.duck.execute(f"DROP TABLE {nom}")
            del self._la[nom]

    def _preparer(self, sql: str) -> None:
        for nom in nommees(sql):
            if nom not in PAR_NOM:
                self._a_jour(nom)
                if nom not in self._la:
                    self._faire(nom)

    def _a_jour(self, nom: str) -> str:
        """The fingerprint of a table or view, made again if it must."""
        if nom in PAR_NOM or nom in self._vues_a_jour:
            return self._empreintes[nom]
        sql = sources_des_vues()[nom]
        cle = self.empreinte(sql)
        if self._cles.get(nom) != cle:
            self._faire(nom)
            self._cles[nom] = cle
            self._empreintes[nom] = cle if self._la[nom] > TROP_GRANDE else self._contenu(nom)
        self._vues_a_jour.add(nom)
        return self._empreintes[nom]

    def _faire(self, nom: str) -> None:
        sql = sources_des_vues()[nom]
        self._preparer(sql)
        self.duck.execute(f"CREATE OR REPLACE TABLE {nom} AS {sql}")
        (self._la[nom],) = self.duck.execute(f"SELECT count(*) FROM {nom}").fetchone() or (0,)

    def _contenu(self, relation: str) -> str:
        """What its rows are, in any order."""
        return repr(self.duck.execute(f"SELECT count(*), sum(hash(ligne_)) FROM {relation} AS ligne_").fetchone())


def _condense(*morceaux: str) -> str:
    return hashlib.sha256("\0".join(morceaux).encode()).hexdigest()
