"""From a state of the lake to the official tables of a year: history only, never what is known of today's rights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from cordee.pilotage.calcul import contexte
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.officiels.entetes import FAMILLES, Modele, de_la_famille
from cordee.pilotage.officiels.exercice import RECUL, Exercice, exercice, veille
from cordee.pilotage.officiels.mise_en_page import mettre_en_page
from cordee.pilotage.officiels.secret import publier
from cordee.reglementation.calendrier import ajouter_mois

VUES: Final = Path(__file__).resolve().parent / "vues"
_MOT: Final = re.compile(r"[a-z_][a-z0-9_]*")
_COMMENTAIRE: Final = re.compile(r"--[^\n]*")
Sommes = dict[tuple[str, str], float]
"""What the SQL of a table gives: (line, column) → number of people or of days."""


def calculer(manifeste: Manifeste, famille: str, annee: int) -> dict[str, Any]:
    """All tables of a family for a year, laid out, with what a publication must hide. Figures only, for JSON.

    Raises:
        FamilleInconnue: AnneeHorsHistoire: see ``exercice``.
    """
    x = exercice(manifeste, famille, annee)
    with _atelier(manifeste, x) as atelier:
        univers = atelier.univers()
        tableaux = [mettre_en_page(m, atelier.sommes(m), x.mois, flux=x.flux) for m in de_la_famille(famille)]
    publier(tableaux)
    return {
        "famille": famille,
        "titre": FAMILLES[famille],
        "annee": annee,
        "au": x.au.isoformat(),
        "arrete": x.arrete.isoformat(),
        "provisoire": x.arrete < ajouter_mois(x.fin, RECUL) if x.mensuel else False,
        "faits_au": manifeste.au.isoformat(),
        "version_lac": manifeste.version,
        "univers": univers,
        "tableaux": [t.en_json() for t in tableaux],
    }


@cache
def sources() -> Mapping[str, str]:
    """The views of these tables: name → SELECT."""
    return {f.stem: f.read_text(encoding="utf-8").rstrip().rstrip(";") for f in sorted(VUES.glob("*.sql"))}


class Atelier:
    """The lake opened on a year: the views of these tables are made when a query names them, once each."""

    def __init__(self, session: Session, x: Exercice) -> None:
        self._session, self._x, self._faites = session, x, set[str]()

    def sommes(self, modele: Modele) -> Sommes:
        lignes = self.executer(modele.sql)
        return {(ligne, colonne): float(valeur) for ligne, colonne, valeur in lignes}

    def univers(self) -> dict[str, int]:
        """How many people each perimeter holds on the day of the tables (E30)."""
        lignes = self.executer(f"SELECT code, valeur FROM of_univers WHERE au = DATE '{self._x.au}'")
        return {code: int(n) for code, n in lignes}

    def executer(self, sql: str) -> list[tuple[Any, ...]]:
        self._preparer(sql)
        return self._session.executer(sql).fetchall()

    def _preparer(self, sql: str) -> None:
        for mot in dict.fromkeys(_MOT.findall(_COMMENTAIRE.sub("", sql))):
            if mot in sources() and mot not in self._faites:
                self._faites.add(mot)
                self._preparer(sources()[mot])
                self._session.executer(f"CREATE TABLE {mot} AS {sources()[mot]}")


@contextmanager
def _atelier(manifeste: Manifeste, x: Exercice) -> Iterator[Atelier]:
    with ouvrir(manifeste, contexte(x.mois, manifeste.derniere_photo)) as session:
        duck = session.duck
        reculs = {"il_y_a_6_mois": -6, "il_y_a_1_an": -12, "il_y_a_2_ans": -24, "il_y_a_5_ans": -60}
        jours = {"debut": x.debut, "fin": x.fin, "veille": veille(x.debut), "arrete": x.arrete,
                 **{nom: ajouter_mois(x.fin, n) for nom, n in reculs.items()}}  # fmt: skip
        duck.execute(f"CREATE TABLE exercice ({', '.join(f'{nom} DATE' for nom in jours)})")
        duck.execute(f"INSERT INTO exercice VALUES ({', '.join('?' for _ in jours)})", list(jours.values()))
        duck.execute("CREATE TABLE mois_officiels (au DATE, mois VARCHAR, veille DATE, flux BOOLEAN)")
        duck.executemany(
            "INSERT INTO mois_officiels VALUES (?, ?, ?, ?)",
            [[au, f"{au.month:02d}", veille(au), x.flux(au)] for au in x.mois],
        )
        yield Atelier(session, x)
