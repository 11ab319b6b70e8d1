"""The study « comparaison »: every outcome, every structure, observed beside expected. Worker only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from cordee.pilotage.calcul import contexte
from cordee.pilotage.comparaisons.enums import Groupe, Lecture, NatureIssue
from cordee.pilotage.comparaisons.issues import ISSUES, PART_CONNUE, SEUIL_STRUCTURE, Issue
from cordee.pilotage.comparaisons.issues import lire as lire_sql
from cordee.pilotage.comparaisons.lecture import cachee, lire, phrase_multiple
from cordee.pilotage.comparaisons.modele import Ajustement, ajuster, calibration
from cordee.pilotage.comparaisons.publics import VOIE
from cordee.pilotage.comparaisons.statistique import (
    Mesure,
    concordance,
    dispersion,
    moyenne,
    retrecir,
    surdispersion,
    taux,
)
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.secret import SEUIL_PUBLICATION

ARRONDI: Final = 4
_CATEGORIES: Final = {
    Groupe.DEPARTEMENT: {"conseil_departemental"},
    Groupe.OPERATEUR_EMPLOI: {"operateur_emploi"},
}


def comparer(manifeste: Manifeste, parametres: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters: ``au`` (day, ISO), ``groupe``; ``issues``: those to compute (all by default)."""
    au = date.fromisoformat(parametres["au"])
    groupe = Groupe(parametres.get("groupe", Groupe.TOUTES))
    choisies = [ISSUES[code] for code in parametres.get("issues", ISSUES)]
    with ouvrir(manifeste, contexte([au], manifeste.derniere_photo)) as session:
        noms = _noms(session)
        issues = {issue.code: comparer_lignes(issue, _du_groupe(lignes_de(session, issue), groupe), noms)
                  for issue in choisies}  # fmt: skip
    return {"au": au.isoformat(), "groupe": str(groupe), "seuil": SEUIL_STRUCTURE, "issues": issues}


def lignes_de(session: Session, issue: Issue) -> pd.DataFrame:
    """One row for each person of an outcome, with her structure and her traits on that day."""
    session.executer(issue.sql + "\nLIMIT 0")  # its views
    session.duck.execute(
        f"CREATE OR REPLACE TABLE suivies AS SELECT row_number() OVER () AS rang, x.* FROM ({issue.sql}) x"
    )
    return session.executer(lire_sql("publics") + "\nORDER BY s.personne_id, t.code, s.rang").df()


def comparer_lignes(issue: Issue, lignes: pd.DataFrame, noms: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """One outcome: each structure beside what its people would give elsewhere, their spread, the model."""
    logistique = issue.nature is NatureIssue.TAUX
    connues = lignes[~lignes["inconnu"].astype(bool)].reset_index(drop=True)
    ajustement = ajuster(connues, logistique=logistique)
    structures = _structures(issue, lignes, connues, ajustement, noms)
    mesurees = [s for s in structures if "ecart" in s]
    tau = dispersion(_colonne(mesurees, "ecart"), _colonne(mesurees, "erreur"))
    for s in mesurees:
        s["retreci"], s["retreci_bas"], s["retreci_haut"] = retrecir(
            s["ecart"], s["erreur"], tau, structures=len(mesurees)
        )
    hors_95 = [s for s in mesurees if s["lecture"] != Lecture.ATTENDUE]
    hors_998 = [s for s in hors_95 if s["lecture"] in (Lecture.PLUS, Lecture.MOINS)]
    y = connues["valeur"].to_numpy(float)
    return {
        "personnes": len(connues), "inconnues": len(lignes) - len(connues),
        "moyenne": _arrondir(float(y.mean())) if len(y) else None,
        "structures": [_montrer(s) for s in structures],
        "petites": int((connues["structure"].value_counts() < SEUIL_STRUCTURE).sum()),
        "ecart_type": _arrondir(_d_une_reponse(ajustement) if logistique and len(y) else ajustement.sigma),
        "dispersion": _arrondir(tau),
        "surdispersion": round(surdispersion([s["mesure"] for s in mesurees]), 2),
        "multiple": phrase_multiple(len(mesurees), len(hors_95), len(hors_998)),
        "fiche": _fiche(connues, y, ajustement, mesurees, logistique=logistique),
    }  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _noms(session: Session) -> dict[str, dict[str, str]]:
    lues = session.executer("SELECT code, nom, type FROM structures").fetchall()
    return {code: {"nom": nom, "type": genre} for code, nom, genre in lues}


def _du_groupe(lignes: pd.DataFrame, groupe: Groupe) -> pd.DataFrame:
    if groupe is Groupe.TOUTES:
        return lignes
    if groupe in _CATEGORIES:
        return lignes[lignes["categorie"].isin(_CATEGORIES[groupe])]
    return lignes[~lignes["categorie"].isin(set().union(*_CATEGORIES.values()) | {""})]


def _structures(
    issue: Issue, lignes: pd.DataFrame, connues: pd.DataFrame, ajustement: Ajustement,
    noms: Mapping[str, Mapping[str, str]],
) -> list[dict[str, Any]]:  # fmt: skip
    en_tout = lignes["structure"].value_counts()
    rangs = connues.groupby("structure").indices
    y = connues["valeur"].to_numpy(float)
    trouvees = []
    for code in sorted(en_tout.index, key=lambda c: (noms.get(c, {}).get("nom", c), c)):
        indices = rangs.get(code, np.array([], dtype=int))
        n, tous = len(indices), int(en_tout[code])
        if tous < SEUIL_STRUCTURE or (n < SEUIL_STRUCTURE and n / tous >= PART_CONNUE):
            continue
        s: dict[str, Any] = {"code": code, **noms.get(code, {"nom": code, "type": ""}), "n": n, "inconnues": tous - n}
        if n < SEUIL_STRUCTURE or n / tous < PART_CONNUE:
            s["lecture"] = str(Lecture.INFORMATION)
        else:
            s |= _mesurer(issue, y[indices], ajustement.attendus[indices], ajustement.sigma)
        trouvees.append(s)
    return trouvees


def _mesurer(issue: Issue, y: Any, attendus: Any, sigma: float) -> dict[str, Any]:
    oui = int(y.sum())
    logistique = issue.nature is NatureIssue.TAUX
    m: Mesure = taux(oui, attendus) if logistique else moyenne(y, attendus, sigma)
    return {
        "mesure": m, "observe": m.observe, "attendu": m.attendu, "ecart": m.ecart, "bas": m.bas, "haut": m.haut,
        "erreur": m.erreur, "lecture": str(lire(m.ecart, m.p)), "cachee": logistique and cachee(m.n, oui),
    }  # fmt: skip


def _montrer(s: dict[str, Any]) -> dict[str, Any]:
    """A structure as it is kept: no figure when it would tell of a few people, only the sentence."""
    cles = ("code", "nom", "type", "n", "inconnues", "lecture")
    montree = {cle: s[cle] for cle in cles}
    if "ecart" not in s:
        return montree
    if s["cachee"]:
        return montree | {"cachee": True}
    chiffres = ("observe", "attendu", "ecart", "bas", "haut", "erreur", "retreci", "retreci_bas", "retreci_haut")
    montree |= {cle: _arrondir(s[cle]) for cle in chiffres}
    if s["attendu"] > 0:
        rapports = {
            "rapport": s["observe"],
            "rapport_bas": s["attendu"] + s["bas"],
            "rapport_haut": s["attendu"] + s["haut"],
        }
        montree |= {cle: round(v / s["attendu"], 3) for cle, v in rapports.items()}
    return montree


def _fiche(
    connues: pd.DataFrame, y: Any, ajustement: Ajustement, mesurees: list[dict[str, Any]], *, logistique: bool
) -> dict[str, Any]:
    """The model card: what it uses, how well it fits, what changes when sex is added."""
    fiche: dict[str, Any] = {
        "modele": ajustement.modele,
        "calibration": [{cle: _arrondir(v) if cle != "n" else v for cle, v in ligne.items()}
                        for ligne in calibration(y, ajustement.attendus)],
        "effets": [
            {"caractere": e.caractere.libelle, "modalite": e.caractere.modalites[e.modalite],
             "part": round(100 * e.n / len(y), 1) if e.n >= SEUIL_PUBLICATION else None,
             "valeur": _rond(e.valeur), "bas": _rond(e.bas), "haut": _rond(e.haut)}
            for e in ajustement.effets
            if e.caractere is not VOIE or len({x.modalite for x in ajustement.effets if x.caractere is VOIE}) > 1
        ],
    }  # fmt: skip
    if not ajustement.modele:
        return fiche
    if logistique:
        fiche["concordance"] = round(concordance(y, ajustement.attendus), 3)
    else:
        fiche["explique"] = _explique(y, ajustement.attendus)
    fiche["changent_avec_sexe"] = _avec_sexe(connues, y, mesurees, logistique=logistique)
    return fiche


def _avec_sexe(connues: pd.DataFrame, y: Any, mesurees: list[dict[str, Any]], *, logistique: bool) -> int:
    """How many structures would be read otherwise if the sex of people entered what is expected."""
    autre = ajuster(connues, logistique=logistique, avec_sexe=True)
    rangs = connues.groupby("structure").indices
    issue = next(i for i in ISSUES.values() if (i.nature is NatureIssue.TAUX) == logistique)
    return sum(
        _mesurer(issue, y[rangs[s["code"]]], autre.attendus[rangs[s["code"]]], autre.sigma)["lecture"] != s["lecture"]
        for s in mesurees
    )


def _d_une_reponse(ajustement: Ajustement) -> float:
    """The spread of one answer by yes or no, over everybody."""
    return float(np.sqrt((ajustement.attendus * (1 - ajustement.attendus)).mean()))


def _explique(y: Any, attendus: Any) -> float:
    """The share of the variation that the traits account for; nought when nobody differs."""
    total = float(((y - y.mean()) ** 2).sum())
    return round(1 - float(((y - attendus) ** 2).sum()) / total, 3) if total else 0.0


def _colonne(structures: list[dict[str, Any]], cle: str) -> Any:
    return np.array([s[cle] for s in structures], dtype=float)


def _arrondir(valeur: float) -> float:
    return round(float(valeur), ARRONDI)


def _rond(valeur: float | None) -> float | None:
    return None if valeur is None else round(valeur, 2)
