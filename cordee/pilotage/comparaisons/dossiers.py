"""The study « dossiers »: how whole files are, how late acts are typed, by structure; age of each source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from cordee.pilotage.calcul import contexte
from cordee.pilotage.comparaisons.champs import CHAMPS, SCORE
from cordee.pilotage.comparaisons.issues import SEUIL_STRUCTURE, lire
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste

TARD: Final = 7
"""Days after which an act is typed late: nobody can act on what is not there."""
_POINTS: Final = " + ".join(f"CASE WHEN {c.code} THEN {c.poids} ELSE 0 END" for c in SCORE)
_ATTENDUS: Final = " + ".join(f"CASE WHEN {c.code} IS NOT NULL THEN {c.poids} ELSE 0 END" for c in SCORE)


def examiner(manifeste: Manifeste, parametres: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters: ``au`` (day, ISO)."""
    au = date.fromisoformat(parametres["au"])
    with ouvrir(manifeste, contexte([au], manifeste.derniere_photo)) as session:
        noms = dict(session.executer("SELECT code, nom FROM structures").fetchall())
        session.executer(lire("saisies/champs") + "\nLIMIT 0")
        session.duck.execute(f"CREATE TABLE champs AS {lire('saisies/champs')}")
        session.executer(lire("saisies/actes") + "\nLIMIT 0")
        session.duck.execute(f"CREATE TABLE actes AS {lire('saisies/actes')}")
        saisies = {s["code"]: s for s in _saisies(session, "structure")}
        structures = [s | {"saisie": saisies.get(s["code"])} for s in _remplissage(session, noms)]
        return {
            "au": au.isoformat(), "structures": structures,
            "ensemble": _ensemble(session) | {"saisie": next(iter(_saisies(session, "''")), None)},
            "sources": _sources(session, noms),
        }  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _remplissage(session: Session, noms: Mapping[str, str]) -> list[dict[str, Any]]:
    lues = session.duck.execute(_requete("structure", f"HAVING count(*) >= {SEUIL_STRUCTURE}")).fetchall()
    trouvees = [_lire(ligne) | {"code": ligne[0], "nom": noms.get(ligne[0], "Sans structure")} for ligne in lues]
    return sorted(trouvees, key=lambda s: s["nom"])


def _ensemble(session: Session) -> dict[str, Any]:
    ligne = session.duck.execute(_requete("''", "")).fetchone()
    return _lire(ligne) if ligne else {}


def _requete(groupe: str, condition: str) -> str:
    parts = ", ".join(
        f"count({c.code}), 100.0 * avg(CASE WHEN {c.code} THEN 1 WHEN NOT {c.code} THEN 0 END)" for c in CHAMPS
    )
    return (
        f"SELECT {groupe}, count(*), avg(100.0 * ({_POINTS}) / nullif({_ATTENDUS}, 0)), {parts} FROM champs "
        f"GROUP BY {groupe} {condition}"
    )


def _lire(ligne: tuple[Any, ...]) -> dict[str, Any]:
    _, n, score, *parts = ligne
    champs = {
        c.code: {"n": parts[2 * i], "part": _rond(parts[2 * i + 1]) if parts[2 * i] >= SEUIL_STRUCTURE else None}
        for i, c in enumerate(CHAMPS)
    }
    return {"n": n, "score": None if score is None else round(score, 1), "champs": champs}


def _saisies(session: Session, groupe: str) -> list[dict[str, Any]]:
    """Acts of three months: half are typed within, nine in ten within, how many late."""
    lues = session.duck.execute(
        f"SELECT {groupe}, count(*), quantile_disc(jours, 0.5), quantile_disc(jours, 0.9), "
        f"100.0 * avg(CASE WHEN jours > {TARD} THEN 1 ELSE 0 END) FROM actes GROUP BY {groupe} "
        f"HAVING count(*) >= {SEUIL_STRUCTURE}"
    ).fetchall()
    return [
        {"code": code, "n": n, "mediane": int(mediane), "p90": int(p90), "tard": _rond(tard)}
        for code, n, mediane, p90, tard in lues
    ]


def _sources(session: Session, noms: Mapping[str, str]) -> list[dict[str, Any]]:
    session.executer(lire("saisies/sources") + "\nLIMIT 0")
    lues = session.duck.execute(
        "SELECT genre, CASE WHEN genre = 'partenaire' THEN qui ELSE '' END AS qui, count(DISTINCT personne_id), "
        f"quantile_disc(jours, 0.5), quantile_disc(jours, 0.9) FROM ({lire('saisies/sources')}) GROUP BY ALL "
        f"HAVING count(DISTINCT personne_id) >= {SEUIL_STRUCTURE} ORDER BY 1, 2"
    ).fetchall()
    return [
        {"genre": genre, "nom": noms.get(qui, ""), "personnes": n, "mediane": int(mediane), "p90": int(p90)}
        for genre, qui, n, mediane, p90 in lues
    ]


def _rond(part: float | None) -> int | None:
    """To the nearest point: a share tells of nobody."""
    return None if part is None else round(part)
