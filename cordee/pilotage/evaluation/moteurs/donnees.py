"""From the lake to arrays: who is followed, from which day, in which unit, with what outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cordee.pilotage.calcul import contexte
from cordee.pilotage.enums_evaluation import Covariable, Critere, Devis
from cordee.pilotage.evaluation.regles.protocole import Protocole
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.socle.erreurs import ErreurMetier

SQL: Final = Path(__file__).resolve().parent.parent / "sql"
_BASES: Final = {
    Devis.TERRITOIRES: "entrantes", Devis.ORDRE: "entrantes", Devis.PERSONNES: "inscrites",
    Devis.ORIENTATION: "orientees",
}  # fmt: skip
Reels = NDArray[np.float64]


class DonneesAbsentes(ErreurMetier):
    """Nobody to compare."""


@dataclass(frozen=True, slots=True)
class Donnees:
    """One row per person followed. ``mesures``: 1, 0, or NaN for unknown. ``jour``: where her follow-up begins.

    ``trop_recentes``, ``decedees``: how many were left out, and why.
    """

    jour: NDArray[np.datetime64]
    unite: NDArray[np.str_]
    foyer: NDArray[np.int64]
    traitee: NDArray[np.bool_]
    accompagnee: NDArray[np.bool_]
    mesures: dict[str, Reels]
    covariables: dict[str, Reels]
    trop_recentes: int = 0
    decedees: int = 0

    def __len__(self) -> int:
        return len(self.jour)

    def garder(self, qui: NDArray[np.bool_]) -> Donnees:
        """Only these rows."""
        return replace(
            self, jour=self.jour[qui], unite=self.unite[qui], foyer=self.foyer[qui], traitee=self.traitee[qui],
            accompagnee=self.accompagnee[qui], mesures={k: v[qui] for k, v in self.mesures.items()},
            covariables={k: v[qui] for k, v in self.covariables.items()},
        )  # fmt: skip


def lire(manifeste: Manifeste, p: Protocole, *, experience: int) -> Donnees:
    """Everybody followed under a protocol, in a state of the lake.

    People whose last month is not known yet, and those who died before it, are left out and counted.

    Raises:
        DonneesAbsentes: no file was ever loaded, or nobody enters.
    """
    if manifeste.premiere_photo is None or manifeste.derniere_photo is None:
        raise DonneesAbsentes("Aucun fichier de droits n'a encore été chargé : il n'y a rien à comparer.")
    jours = contexte([manifeste.au], manifeste.derniere_photo)
    with ouvrir(manifeste, jours) as session:
        _poser_fenetre(session, manifeste, p, experience)
        colonnes = _mesurer(session, Devis(p.devis))
    if not len(colonnes["jour"]):
        raise DonneesAbsentes("Personne n'entre dans cette étude aux dates dites : vérifiez les dates et les unités.")
    return _garder_jugeables(colonnes, p)


def _poser_fenetre(session: Session, manifeste: Manifeste, p: Protocole, experience: int) -> None:
    duck = session.duck
    duck.execute(
        "CREATE TABLE fenetre (premiere DATE, du DATE, au DATE, connu DATE, experience BIGINT, orientation VARCHAR)"
    )
    duck.execute(
        "INSERT INTO fenetre VALUES (?, ?, ?, ?, ?, ?)",
        [manifeste.premiere_photo, date.fromisoformat(p.entrees_du), p.fin_le, manifeste.derniere_photo, experience,
         p.orientation],
    )  # fmt: skip


def _mesurer(session: Session, devis: Devis) -> dict[str, Any]:
    base = (SQL / f"{_BASES[devis]}.sql").read_text(encoding="utf-8")
    traitee = "" if devis in (Devis.PERSONNES, Devis.ORIENTATION) else ", FALSE AS traitee"
    session.duck.execute(f"CREATE TABLE base AS SELECT x.*{traitee} FROM ({base}) x")
    lues: dict[str, Any] = session.duck.execute((SQL / "mesures.sql").read_text(encoding="utf-8")).fetchnumpy()
    return lues


def _garder_jugeables(c: dict[str, Any], p: Protocole) -> Donnees:
    unite = _textes(c["secteur" if p.niveau == "structure" else "commune"])
    situee = unite != ""
    recentes = _vrais(c["trop_recente"]) if Critere(p.critere) is not Critere.CONTRAT_30_JOURS else ~situee & False
    mortes = _vrais(c["decedee"])
    d = Donnees(
        jour=np.asarray(c["jour"]).astype("datetime64[D]"), unite=unite, foyer=_entiers(c["foyer_id"]),
        traitee=_vrais(c["traitee"]), accompagnee=_vrais(c["accompagnee"]),
        mesures={m.value: _reels(c[m.value]) for m in Critere},
        covariables={v.value: _reels(c[v.value]) for v in Covariable},
        trop_recentes=int(recentes.sum()), decedees=int((mortes & ~recentes).sum()),
    )  # fmt: skip
    return d.garder(situee & ~recentes & ~mortes)


def _reels(colonne: Any) -> Reels:
    """Numbers, NaN where the lake says nothing."""
    if isinstance(colonne, np.ma.MaskedArray):
        return np.asarray(np.ma.filled(colonne.astype(np.float64), np.nan), dtype=np.float64)
    return np.asarray(colonne, dtype=np.float64)


def _vrais(colonne: Any) -> NDArray[np.bool_]:
    return np.asarray(np.nan_to_num(_reels(colonne)) > 0)


def _entiers(colonne: Any) -> NDArray[np.int64]:
    rempli = np.ma.filled(colonne, 0) if isinstance(colonne, np.ma.MaskedArray) else colonne
    return np.asarray(rempli, dtype=np.int64)


def _textes(colonne: Any) -> NDArray[np.str_]:
    if isinstance(colonne, np.ma.MaskedArray):
        colonne = np.ma.filled(colonne.astype(object), "")
    return np.asarray([t or "" for t in colonne], dtype=np.str_)
