"""The study « derive »: delays and practices of each structure, by quarter; whether they draw nearer. Worker only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from statistics import fmean, median, quantiles
from typing import Any, Final

from cordee.pilotage.calcul import contexte
from cordee.pilotage.comparaisons.derive_regles import habitude, rapprochement
from cordee.pilotage.comparaisons.mesures import ATTEND, MESURES, MIN_PAR_TRIMESTRE, TRIMESTRES, MesureSuivie
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.reglementation.calendrier import ajouter_mois

_AGREGATS: Final = {
    "mediane": "quantile_disc({0}, 0.5)", "p90": "quantile_disc({0}, 0.9)", "moyenne": "avg({0})",
}  # fmt: skip
AN: Final = 4


def suivre(manifeste: Manifeste, parametres: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters: ``au`` (day, ISO): the quarters over on that day are read."""
    au = date.fromisoformat(parametres["au"])
    with ouvrir(manifeste, contexte([au], manifeste.derniere_photo)) as session:
        lues = session.executer("SELECT structure_id, code, nom, type FROM structures").fetchall()
        noms = {structure: (code, nom, genre) for structure, code, nom, genre in lues}
        premiere = manifeste.premiere_photo or au
        mesures = {m.code: _mesure(session, m, au, premiere, noms) for m in MESURES.values()}
    return {"au": au.isoformat(), "mesures": mesures}


def trimestres(au: date, mur: int, premier: date) -> list[date]:
    """The first days of the last quarters that may be read on a day, oldest first.

    >>> [str(t) for t in trimestres(date(2026, 10, 31), 0, date(2026, 2, 15))]
    ['2026-04-01', '2026-07-01']
    >>> [str(t) for t in trimestres(date(2026, 10, 31), 45, date(2026, 2, 15))]
    ['2026-04-01']
    """
    t = ajouter_mois(date(au.year, 3 * ((au.month - 1) // 3) + 1, 1), 3)
    trouves: list[date] = []
    while len(trouves) < TRIMESTRES:
        t = ajouter_mois(t, -3)
        if t < premier:
            break
        if ajouter_mois(t, 3) + timedelta(days=mur - 1) <= au:
            trouves.append(t)
    return trouves[::-1]


# Parts --------------------------------------------------------------------------------------------------------------
def _mesure(
    session: Session, m: MesureSuivie, au: date, premiere: date, noms: Mapping[int, tuple[str, str, str]]
) -> dict[str, Any]:
    jours = trimestres(au, m.mur, premiere)
    table = f"lignes_{m.requete}"
    session.executer(m.sql + "\nLIMIT 0")
    session.duck.execute(f"CREATE TABLE IF NOT EXISTS {table} AS {m.sql}")
    lues = session.duck.execute(
        f"SELECT structure_id, CAST(date_trunc('quarter', jour) AS DATE) AS t, count({m.champ}) AS n, "
        f"{_AGREGATS[m.agregat].format(m.champ)} AS v FROM {table} GROUP BY ALL"
    ).fetchall()
    par_structure: dict[int, dict[date, float | None]] = defaultdict(dict)
    for structure, t, n, v in lues:
        if structure in noms and n >= MIN_PAR_TRIMESTRE:
            par_structure[structure][t] = None if v is None or v >= ATTEND else _lu(float(v), m)
    structures = []
    for structure, connues in par_structure.items():
        valeurs = [connues.get(t) for t in jours]
        if any(v is not None for v in valeurs):
            code, nom, genre = noms[structure]
            structures.append({"code": code, "nom": nom, "type": genre, "valeurs": valeurs, **_alerte(valeurs)})
    structures.sort(key=lambda s: s["nom"])
    return {
        "trimestres": [t.isoformat() for t in jours], "structures": structures,
        "etalement": [_etalement([s["valeurs"][i] for s in structures]) for i in range(len(jours))],
        **_rapprochement(structures, len(jours)),
    }  # fmt: skip


def _lu(v: float, m: MesureSuivie) -> float:
    """A share is read to the nearest point, without its number of people: it tells of nobody."""
    return round(v) if m.unite == "%" else round(v, 2)


def _alerte(valeurs: list[float | None]) -> dict[str, Any]:
    h = habitude(valeurs)
    if h is None:
        return {"habitude": None, "sens": 0}
    return {"habitude": [round(h.centre, 2), round(h.bas, 2), round(h.haut, 2)], "sens": h.sens}


def _etalement(valeurs: list[float | None]) -> dict[str, Any]:
    """The middle half, the extremes but for a tenth, of one quarter."""
    connues = [v for v in valeurs if v is not None]
    if len(connues) < 4:
        return {"n": len(connues)}
    quarts, dixiemes = quantiles(connues, n=4, method="inclusive"), quantiles(connues, n=10, method="inclusive")
    bornes = {"q1": quarts[0], "mediane": median(connues), "q3": quarts[2], "d1": dixiemes[0], "d9": dixiemes[8]}
    return {"n": len(connues)} | {cle: round(v, 2) for cle, v in bornes.items()}


def _rapprochement(structures: list[dict[str, Any]], n: int) -> dict[str, Any]:
    """The last year beside the first one of the series, for the structures known in both."""
    if n < 2 * AN:
        return {"rapprochement": None}
    paires = []
    for s in structures:
        avant = [v for v in s["valeurs"][:AN] if v is not None]
        apres = [v for v in s["valeurs"][-AN:] if v is not None]
        if len(avant) >= AN // 2 and len(apres) >= AN // 2:
            paires.append((fmean(avant), fmean(apres)))
    r = rapprochement(paires)
    if r is None:
        return {"rapprochement": None}
    chiffres = {"avant": r.avant, "apres": r.apres, "rapport": r.rapport, "bas": r.bas, "haut": r.haut}
    return {"rapprochement": {cle: round(v, 2) for cle, v in chiffres.items()} | {"phrase": r.phrase, "n": len(paires)}}
