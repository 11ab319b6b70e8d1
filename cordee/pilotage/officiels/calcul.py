"""From a state of the lake to the official tables of a year: history only, never what is known of today's rights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from cordee.pilotage.calcul import contexte
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.officiels.entetes import FAMILLES, Modele, de_la_famille
from cordee.pilotage.officiels.mise_en_page import mettre_en_page
from cordee.pilotage.officiels.secret import publier
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.erreurs import ErreurMetier

VUES: Final = Path(__file__).resolve().parent / "vues"
RECUL: Final = 3
"""A month of the poverty plan is judged on what followed it, until three months after the year: then nothing moves."""
_MOT: Final = re.compile(r"[a-z_][a-z0-9_]*")
_COMMENTAIRE: Final = re.compile(r"--[^\n]*")
Sommes = dict[tuple[str, str], float]
"""What the SQL of a table gives: (line, column) → number of people or of days."""


class AnneeHorsHistoire(ErreurMetier):
    """The facts do not go back that far, or the year is not over."""


class FamilleInconnue(ErreurMetier):
    """No such family of tables."""


@dataclass(frozen=True, slots=True)
class Exercice:
    """The year of the tables. ``mois``: the ends of month that files have shown; ``arrete``: nothing later is read."""

    annee: int
    mensuel: bool
    mois: tuple[date, ...]
    arrete: date
    premiere_photo: date

    @property
    def debut(self) -> date:
        return date(self.annee, 1, 1)

    @property
    def fin(self) -> date:
        return date(self.annee, 12, 31)

    @property
    def au(self) -> date:
        """The last day the tables tell of."""
        return self.mois[-1]

    def flux(self, au: date) -> bool:
        """Whether the month before is known too: without it nobody can be said to be new."""
        return _veille(au) >= self.premiere_photo


def exercice(manifeste: Manifeste, famille: str, annee: int) -> Exercice:
    """The year, if history covers it.

    Raises:
        FamilleInconnue: AnneeHorsHistoire: with what may be asked for instead.
    """
    if famille not in FAMILLES:
        raise FamilleInconnue(
            f"La famille de tableaux « {famille} » n'existe pas. Familles connues : {', '.join(FAMILLES)}."
        )
    possibles = annees(manifeste, famille)
    if annee not in possibles or manifeste.premiere_photo is None:
        raise AnneeHorsHistoire(_refus(manifeste, famille, annee, possibles))
    mensuel = famille == "pauvrete"
    mois = tuple(_mois_connus(manifeste, annee)) if mensuel else (date(annee, 12, 31),)
    arrete = min(ajouter_mois(date(annee, 12, 31), RECUL), manifeste.au) if mensuel else date(annee, 12, 31)
    return Exercice(annee, mensuel, mois, arrete, manifeste.premiere_photo)


def annees(manifeste: Manifeste, famille: str) -> list[int]:
    """The years that history covers, latest first: to 31 December for a survey, a month at least for a follow-up."""
    premiere, derniere = manifeste.premiere_photo, manifeste.derniere_photo
    if premiere is None or derniere is None:
        return []
    toutes = range(derniere.year, premiere.year - 1, -1)
    if famille == "pauvrete":
        return [a for a in toutes if any(True for _ in _mois_connus(manifeste, a))]
    return [a for a in toutes if premiere <= date(a, 12, 31) <= derniere]


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
        jours = {"debut": x.debut, "fin": x.fin, "veille": _veille(x.debut), "arrete": x.arrete,
                 **{nom: ajouter_mois(x.fin, n) for nom, n in reculs.items()}}  # fmt: skip
        duck.execute(f"CREATE TABLE exercice ({', '.join(f'{nom} DATE' for nom in jours)})")
        duck.execute(f"INSERT INTO exercice VALUES ({', '.join('?' for _ in jours)})", list(jours.values()))
        duck.execute("CREATE TABLE mois_officiels (au DATE, mois VARCHAR, veille DATE, flux BOOLEAN)")
        duck.executemany(
            "INSERT INTO mois_officiels VALUES (?, ?, ?, ?)",
            [[au, f"{au.month:02d}", _veille(au), x.flux(au)] for au in x.mois],
        )
        yield Atelier(session, x)


def _mois_connus(manifeste: Manifeste, annee: int) -> Iterator[date]:
    """The ends of month of a year that a file has shown whole."""
    for mois in range(1, 13):
        au = ajouter_mois(date(annee, mois, 1), 1) - timedelta(days=1)
        if (manifeste.premiere_photo or date.max) <= au <= (manifeste.derniere_photo or date.min):
            yield au


def _veille(au: date) -> date:
    """The end of the month before."""
    return au.replace(day=1) - timedelta(days=1)


def _refus(manifeste: Manifeste, famille: str, annee: int, possibles: list[int]) -> str:
    if not possibles:
        return "Aucun fichier de droits ne va encore jusqu'à une fin d'année : il n'y a pas de tableau à donner."
    connues = f"de {possibles[-1]} à {possibles[0]}" if len(possibles) > 1 else f"{possibles[0]}"
    if annee > possibles[0]:
        return (f"L'année {annee} n'est pas encore connue jusqu'à sa fin : le dernier fichier montre le "
                f"{manifeste.derniere_photo:%d/%m/%Y}. Années possibles : {connues}.")  # fmt: skip
    return (f"L'année {annee} est avant l'histoire connue, qui commence le {manifeste.premiere_photo:%d/%m/%Y}. "
            f"Années possibles : {connues}.")  # fmt: skip
