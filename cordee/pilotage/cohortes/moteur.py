"""The study of one or several cohorts: figures only, small ones already hidden. Computed by the worker.

Shape of the answer (JSON): ``cohortes`` (one object per cohort, in the order asked), ``comparaison`` (two or more),
``observation`` (last month that can be judged). Shares are between 0 and 1; a hidden figure is ``null``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from cordee.pilotage.cohortes import requetes, statistique
from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible, mois_du_rang
from cordee.pilotage.cohortes.enums import Cause, EtatMois, Jalon, Origine
from cordee.pilotage.cohortes.instantane import manifeste_au
from cordee.pilotage.cohortes.secret import arrondi, paliers, regrouper
from cordee.pilotage.lac.lecture import Session
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.secret import SEUIL_INTERNE, petit

MAXIMUM: Final = 4
"""Cohorts side by side: more lines cannot be told apart."""
CAUSES: Final = list(Cause)
ETATS: Final = list(EtatMois)
AUTRE: Final = CAUSES.index(Cause.AUTRE) + 1
PASSAGES: Final = ((0, 3), (0, 6), (0, 12), (6, 12), (12, 24), (24, 36))
"""Transition matrices kept: (from month, to month)."""
ETAPES: Final = (0, 6, 12, 24)
"""Photos between which the Sankey flows."""
PART_SUIVIE: Final = 0.1
"""States are shown as long as a tenth of the cohort is followed: beyond, the first who entered would speak for all."""
REPERES: Final = (0, 6, 12, 18, 24, 36, 48, 60)
RETOURS: Final = (6, 12)


@dataclass(frozen=True, slots=True)
class Vecteurs:
    """One row per person followed. ``duree``: months until she left or until her last photo; ``sortie``: 0 or a cause
    (1…); ``suivi``: months she could be followed."""

    duree: statistique.Entiers
    sortie: statistique.Entiers
    suivi: statistique.Entiers


def etudier(manifeste: Manifeste, parametres: Mapping[str, Any]) -> dict[str, Any]:
    """The engine of the study « cohortes ».

    Args:
        parametres: ``cohortes``: definitions (``Definition.champs``), four at most; ``instantane``: number of a
            published state (« telle que connue au »), or nothing for the present one.

    Raises:
        DefinitionIllisible: nothing to compute; the sentence says what to change.
    """
    definitions = [Definition.de_champs(champs) for champs in parametres.get("cohortes", ())]
    if not 1 <= len(definitions) <= MAXIMUM:
        raise DefinitionIllisible(f"Choisissez une à {MAXIMUM} cohortes.")
    manifeste = manifeste_au(manifeste, parametres.get("instantane"))
    fenetre = requetes.fenetre(manifeste)
    lues: list[dict[str, Any]] = []
    vecteurs: list[Vecteurs] = []
    with requetes.session(manifeste) as lac:
        for d in definitions:
            requetes.choisir(lac, d, fenetre)
            requetes.suivre(lac)
            v = _vecteurs(lac)
            lues.append(_une(lac, d, v))
            vecteurs.append(v)
    return {
        "cohortes": lues,
        "comparaison": _comparer(vecteurs, lues) if len(lues) > 1 else None,
        "observation": mois_du_rang(fenetre.dernier),
        "photo": fenetre.photo.isoformat(),
        "seuil": SEUIL_INTERNE,
    }


def _une(lac: Session, d: Definition, v: Vecteurs) -> dict[str, Any]:
    """One cohort. Too small, it says only that."""
    n = len(v.duree)
    ecartes = {cle: None if petit(x, SEUIL_INTERNE) else x for cle, x in requetes.ecartes(lac).items()}
    tete = {"definition": d.champs(), "effectif": None if petit(n, SEUIL_INTERNE) else n, "ecartes": ecartes}
    if n < SEUIL_INTERNE:
        return {**tete, "montree": False}
    mois = int(min(d.horizon, v.suivi.max()))
    return {
        **tete,
        "montree": True,
        "mois": mois,
        "suivi_complet": int(v.suivi.min()),
        **_sorties(v, mois),
        "etats": _etats(lac, mois),
        "passages": _passages(lac, mois),
        "jalons": {j.value: _jalon(lac, j, v, mois) for j in Jalon if not _sans_objet(j, d)},
        "retours": _retours(lac),
    }


# Exits ----------------------------------------------------------------------------------------------------------------
def _vecteurs(lac: Session) -> Vecteurs:
    """The people of ``membres``, always in the same order."""
    rangs = " ".join(f"WHEN '{c}' THEN {i}" for i, c in enumerate(CAUSES, start=1))
    lus = lac.duck.execute(
        f"""
        SELECT
            least(CASE WHEN x.cause IS NULL THEN m.suivi ELSE m.fin_m - m.depart_m END, m.suivi) AS duree,
            CASE WHEN x.cause IS NULL OR m.fin_m - m.depart_m > m.suivi THEN 0
                 ELSE CASE x.cause {rangs} END END AS sortie,
            m.suivi
        FROM membres m
        LEFT JOIN sorties x ON x.personne_id = m.personne_id AND x.fin_m = m.fin_m
        ORDER BY m.personne_id
        """
    ).fetchnumpy()
    return Vecteurs(*(np.asarray(lus[nom], dtype=np.int64) for nom in ("duree", "sortie", "suivi")))


def _sorties(v: Vecteurs, mois: int) -> dict[str, Any]:
    """Retention, exits by cause, people still followed."""
    maintien = statistique.maintien(v.duree, v.sortie, mois)
    totaux = {c: int((v.sortie == i).sum()) for i, c in enumerate(CAUSES, start=1)}
    reunies = regrouper(totaux, Cause.AUTRE)
    sortie = _reunir(v.sortie, reunies)
    incidences = statistique.incidences(v.duree, sortie, len(CAUSES), mois)
    risque = statistique.a_risque(v.duree, mois)
    jusque = max((k for k in range(mois + 1) if risque[k] >= SEUIL_INTERNE), default=0)
    causes = {}
    for i, c in enumerate(CAUSES, start=1):
        du_motif = sortie == i
        if du_motif.sum() >= SEUIL_INTERNE:
            causes[c.value] = _courbe(incidences[i - 1], _par_mois(v.duree[du_motif], mois), jusque)
    return {
        "maintien": _courbe(maintien, _par_mois(v.duree[v.sortie > 0], mois), jusque),
        "mediane": statistique.mediane(maintien) if (v.sortie > 0).sum() >= SEUIL_INTERNE else None,
        "causes": causes,
        "totaux": {c.value: int((sortie == i).sum()) for i, c in enumerate(CAUSES, start=1) if c not in reunies}
        | ({Cause.AUTRE.value: int((sortie == AUTRE).sum())} if reunies else {}),
        "reunies": [c.value for c in CAUSES if c in reunies and c is not Cause.AUTRE and totaux[c]],
        "risque": {str(k): int(risque[k]) if risque[k] >= SEUIL_INTERNE else None for k in REPERES if k <= mois},
    }


def _reunir(sortie: statistique.Entiers, reunies: frozenset[Cause]) -> statistique.Entiers:
    """The same exits, the rare causes counted with « autre »."""
    rangs = [CAUSES.index(c) + 1 for c in reunies]
    return np.where(np.isin(sortie, rangs), AUTRE, sortie)


def _courbe(c: statistique.Courbe, evenements: list[int], jusque: int) -> dict[str, list[float | None]]:
    """A curve that moves only when enough people did, and stops when too few are left."""
    rangs = paliers(evenements)
    return {
        nom: [round(float(valeurs[rangs[k]]), 4) if k <= jusque else None for k in range(len(rangs))]
        for nom, valeurs in (("valeur", c.valeur), ("bas", c.bas), ("haut", c.haut))
    }


def _par_mois(durees: statistique.Entiers, mois: int) -> list[int]:
    return [int(x) for x in np.bincount(durees, minlength=mois + 1)[: mois + 1]]


# States ---------------------------------------------------------------------------------------------------------------
def _etats(lac: Session, mois: int) -> list[dict[str, Any]]:
    """Month by month, how many people stand where; the base is those whose photo of that month has been taken."""
    nombres: dict[int, dict[str, int]] = {k: {} for k in range(mois + 1)}
    for k, poids, n in lac.duck.execute("SELECT k, poids, count(*) FROM etats GROUP BY k, poids").fetchall():
        if k <= mois:
            nombres[k][ETATS[poids - 1].value] = n
    lus: list[dict[str, Any]] = []
    for k, effectifs in nombres.items():
        total = sum(effectifs.values())
        if total < max(SEUIL_INTERNE, PART_SUIVIE * (lus[0]["total"] if lus else 0)):
            break
        lus.append({"k": k, "total": total, "nombres": {etat: arrondi(n) for etat, n in effectifs.items()}})
    return lus


def _passages(lac: Session, mois: int) -> list[dict[str, Any]]:
    """Who went from which state to which, between two photos both taken."""
    etapes = [k for k in ETAPES if k <= mois]
    paires = dict.fromkeys([*(p for p in PASSAGES if p[1] <= mois), *itertools.pairwise(etapes)])
    lus = []
    for de, vers in paires:
        lignes = lac.duck.execute(
            "SELECT a.poids, b.poids, count(*) FROM etats a JOIN etats b ON b.personne_id = a.personne_id AND b.k = ? "
            "WHERE a.k = ? GROUP BY 1, 2 ORDER BY 1, 2",
            [vers, de],
        ).fetchall()
        cellules = {(ETATS[a - 1].value, ETATS[b - 1].value): n for a, b, n in lignes}
        total = sum(cellules.values())
        if total >= SEUIL_INTERNE:
            arrondies = [[a, b, arrondi(n)] for (a, b), n in cellules.items() if arrondi(n)]
            lus.append({"de": de, "vers": vers, "total": total, "cellules": arrondies})
    return lus


# Milestones and returns -----------------------------------------------------------------------------------------------
def _jalon(lac: Session, jalon: Jalon, v: Vecteurs, mois: int) -> dict[str, Any]:
    """How long until the first one, leaving without it being the competing event."""
    lus = lac.duck.execute(
        "SELECT coalesce(j.k, 999) AS k, coalesce(j.deja, 0) AS deja FROM membres m "
        "LEFT JOIN jalons j ON j.personne_id = m.personne_id AND j.jalon = ? ORDER BY m.personne_id",
        [jalon.value],
    ).fetchnumpy()
    quand, attend = np.asarray(lus["k"], dtype=np.int64), np.asarray(lus["deja"]) == 0
    fait = (quand <= v.duree) & attend
    duree = np.where(fait, quand, v.duree)[attend]
    sortie = np.where(fait, 1, np.where(v.sortie > 0, 2, 0))[attend]
    n = int(attend.sum())
    deja = len(attend) - n
    base = {"deja": None if petit(deja, SEUIL_INTERNE) or petit(n, SEUIL_INTERNE) else deja}
    if n < SEUIL_INTERNE or (sortie == 1).sum() < SEUIL_INTERNE:
        return {**base, "effectif": n if n >= SEUIL_INTERNE else None, "courbe": None, "moitie": None}
    risque = statistique.a_risque(duree, mois)
    jusque = max((k for k in range(mois + 1) if risque[k] >= SEUIL_INTERNE), default=0)
    courbe = statistique.incidences(duree, sortie, 2, mois)[0]
    atteint = np.flatnonzero(courbe.valeur >= 0.5)
    return {
        **base,
        "effectif": n,
        "courbe": _courbe(courbe, _par_mois(duree[sortie == 1], mois), jusque),
        "moitie": int(atteint[0]) if len(atteint) and atteint[0] <= jusque else None,
    }


def _sans_objet(jalon: Jalon, d: Definition) -> bool:
    """Who starts by signing has nothing to wait for."""
    return jalon is Jalon.CONTRAT and d.origine is Origine.CONTRAT


def _retours(lac: Session) -> list[dict[str, Any]]:
    """Among those gone long enough ago for it to be known, how many came back, by cause."""
    lus: list[dict[str, Any]] = []
    for recul in RETOURS:
        lignes = lac.duck.execute(
            "SELECT cause, count(*), count(*) FILTER (WHERE retour <= ?) FROM retours WHERE recul >= ? GROUP BY cause",
            [recul, recul],
        ).fetchall()
        for cause, (n, revenus) in _sans_rares({c: (n, r) for c, n, r in lignes}).items():
            if petit(revenus, SEUIL_INTERNE) or petit(n - revenus, SEUIL_INTERNE) or n < SEUIL_INTERNE:
                lus.append({"recul": recul, "cause": cause, "sorties": n if n >= SEUIL_INTERNE else None, "part": None})
                continue
            bas, haut = statistique.wilson(revenus, n)
            bornes = {"bas": round(bas, 4), "haut": round(haut, 4)}
            lus.append({"recul": recul, "cause": cause, "sorties": n, "part": round(revenus / n, 4), **bornes})
    return lus


def _sans_rares(par_cause: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """All exits, then each cause; those of which a share would tell of one or two people are counted with « autre »."""
    fragiles = {
        c for c, (n, r) in par_cause.items() if n < SEUIL_INTERNE or petit(r, SEUIL_INTERNE)
        or petit(n - r, SEUIL_INTERNE)
    }  # fmt: skip
    autre = Cause.AUTRE.value
    reunies = {*fragiles, autre} if fragiles else set()
    lues = {"toutes": _somme(par_cause.values())}
    lues |= {c: x for c, x in par_cause.items() if c not in reunies}
    return lues | ({autre: _somme(par_cause[c] for c in reunies if c in par_cause)} if reunies else {})


def _somme(paires: Iterable[tuple[int, int]]) -> tuple[int, int]:
    lues = list(paires)
    return sum(n for n, _ in lues), sum(r for _, r in lues)


# Comparison -----------------------------------------------------------------------------------------------------------
def _comparer(v: list[Vecteurs], lues: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Whether the curves differ more than chance alone would: on the months that every cohort could be followed."""
    montrees = [i for i, c in enumerate(lues) if c["montree"]]
    if len(montrees) < 2:
        return None
    mois = min(lues[i]["mois"] for i in montrees)
    durees = [np.minimum(v[i].duree, mois) for i in montrees]
    sorties = [np.where(v[i].duree > mois, 0, v[i].sortie) for i in montrees]
    suivis = [np.minimum(v[i].suivi, mois) for i in montrees]
    emploi = CAUSES.index(Cause.EMPLOI) + 1
    assez = all((s == emploi).sum() >= SEUIL_INTERNE for s in sorties)
    return {
        "mois": mois,
        "maintien_p": statistique.comparer(durees, sorties),
        "emploi_p": statistique.comparer_une_cause(durees, sorties, suivis, emploi) if assez else None,
        "ecarts": _ecarts(durees, sorties, montrees, emploi if assez else 0, mois),
    }


def _ecarts(
    durees: list[statistique.Entiers], sorties: list[statistique.Entiers], montrees: list[int], emploi: int, mois: int
) -> list[dict[str, Any]]:
    """Each cohort against the first, at the last photo of each full year."""
    reperes = [k for k in REPERES if 0 < k <= mois and k % 12 == 0]
    maintiens = [statistique.maintien(d, s, mois) for d, s in zip(durees, sorties, strict=True)]
    emplois = [
        statistique.incidences(d, s, len(CAUSES), mois)[emploi - 1] for d, s in zip(durees, sorties, strict=True)
    ] if emploi else []  # fmt: skip
    lus = []
    for quoi, courbes in (("maintien", maintiens), ("emploi", emplois)):
        for rang, courbe in list(enumerate(courbes))[1:]:
            for k in reperes:
                if min(statistique.a_risque(durees[r], mois)[k] for r in (0, rang)) < SEUIL_INTERNE:
                    continue
                ecart, bas, haut = statistique.ecart(courbes[0], courbe, k)
                lus.append({"quoi": quoi, "cohorte": montrees[rang], "contre": montrees[0], "k": k,
                            "ecart": round(ecart, 4), "bas": round(bas, 4), "haut": round(haut, 4)})  # fmt: skip
    return lus
