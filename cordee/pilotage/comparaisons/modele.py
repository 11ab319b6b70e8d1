"""What each person would give in an average structure (statsmodels). Worker only.

Two steps (ADR 34). First the weight of people's traits, measured *inside* structures (one constant for each): a trait
is
not charged with what the structures that receive it do. Then the territories, that a structure which serves one
cannot be
told from, on top of the first. The expected total of each territory is its observed total.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.tools.sm_exceptions import PerfectSeparationError

from cordee.pilotage.comparaisons.publics import INCONNU, PERSONNES, RARE, SEXE, Caractere
from cordee.pilotage.comparaisons.statistique import Z95, Reels

ASSEZ: Final = 200
"""Fewer people than that, or fewer than ten of either answer: no model, everybody is expected to be average."""
ASSEZ_PAR_STRUCTURE: Final = 30
TRANCHES: Final = 10


@dataclass(slots=True)
class Effet:
    """What one trait changes: odds ratio (rate) or days, beside its reference, with its 95 % interval."""

    caractere: Caractere
    modalite: str
    n: int
    valeur: float | None
    bas: float | None
    haut: float | None


@dataclass(slots=True)
class Ajustement:
    """What each person is expected to give, in the order of the rows; ``modele``: whether traits were used."""

    attendus: Reels
    modele: bool
    sigma: float = 0.0
    effets: list[Effet] = field(default_factory=list)


def ajuster(lignes: pd.DataFrame, *, logistique: bool, avec_sexe: bool = False) -> Ajustement:
    """Expected value of each row.

    Args:
        lignes: ``valeur``, ``structure``, ``territoire``, ``trimestre`` and the columns of ``publics``.
        logistique: the values are 0 and 1.
        avec_sexe: to see whether it would change anything; never for what is shown.
    """
    y = lignes["valeur"].to_numpy(float)
    if len(y) < ASSEZ or (logistique and min(y.sum(), len(y) - y.sum()) < 10):
        attendus = np.full(len(y), y.mean() if len(y) else 0.0)
        return Ajustement(attendus, False, _spread(y - attendus))
    caracteres = [*PERSONNES, SEXE] if avec_sexe else list(PERSONNES)
    traits, noms = _traits(lignes, caracteres)
    trimestres = pd.get_dummies(lignes["trimestre"], drop_first=True, dtype=float)
    structures = _constantes(lignes, y, logistique=logistique)
    x = np.column_stack([traits, trimestres.to_numpy(float), structures])
    premier = _ajuste(y, x, logistique=logistique)
    if premier is None:
        attendus = np.full(len(y), y.mean())
        return Ajustement(attendus, False, _spread(y - attendus))
    des_personnes = (
        x[:, : traits.shape[1] + trimestres.shape[1]] @ premier.params[: traits.shape[1] + trimestres.shape[1]]
    )
    lieux = pd.get_dummies(lignes["territoire"], dtype=float).to_numpy(float)
    second = _ajuste(y, lieux, logistique=logistique, offset=des_personnes)
    attendus = (
        _predits(second, lieux, des_personnes, logistique=logistique)
        if second is not None
        else np.full(len(y), y.mean())
    )
    bornes = _bornes(premier, x, logistique=logistique)
    return Ajustement(
        attendus, True, _spread(y - attendus), _effets(lignes, noms, premier, bornes, logistique=logistique)
    )


def calibration(y: Reels, attendus: Reels) -> list[dict[str, Any]]:
    """Tenths of people from the least to the most expected: what was expected, what was seen."""
    if not len(y):
        return []
    ordre = np.argsort(attendus, kind="stable")
    return [
        {"n": len(part), "prevu": float(attendus[part].mean()), "observe": float(y[part].mean())}
        for part in np.array_split(ordre, TRANCHES)
        if len(part)
    ]


# Parts --------------------------------------------------------------------------------------------------------------
def _traits(lignes: pd.DataFrame, caracteres: list[Caractere]) -> tuple[Reels, list[tuple[Caractere, str]]]:
    """One column of 0 and 1 for each trait common enough, but those of the references."""
    colonnes: list[Reels] = []
    noms: list[tuple[Caractere, str]] = []
    for caractere in caracteres:
        valeurs = lignes[caractere.nom].astype(str)
        effectifs = valeurs.value_counts()
        reference = _reference(caractere, effectifs)
        for modalite, n in effectifs.sort_index().items():
            if str(modalite) != reference and n >= RARE:
                colonnes.append((valeurs == modalite).to_numpy(float))
                noms.append((caractere, str(modalite)))
    return (np.column_stack(colonnes) if colonnes else np.zeros((len(lignes), 0))), noms


def _reference(caractere: Caractere, effectifs: pd.Series) -> str:
    """The usual reference; the most common trait where nobody, or almost, has it."""
    if effectifs.get(caractere.reference, 0) >= RARE:
        return caractere.reference
    return str(effectifs.idxmax()) if len(effectifs) else INCONNU


def _constantes(lignes: pd.DataFrame, y: Reels, *, logistique: bool) -> Reels:
    """One constant for each structure where both answers are common enough; the others share one."""
    codes = lignes["structure"]
    par = pd.Series(y).groupby(codes.to_numpy())
    n, oui = par.size(), par.sum()
    gardees = n[n >= ASSEZ_PAR_STRUCTURE].index
    if logistique:
        gardees = [c for c in gardees if oui[c] >= 5 and n[c] - oui[c] >= 5]
    groupes = codes.where(codes.isin(list(gardees)), "autres")
    return pd.get_dummies(groupes, dtype=float).to_numpy(float)


def _ajuste(y: Reels, x: Reels, *, logistique: bool, offset: Reels | None = None) -> Any:
    """The fit; ``None`` when it does not hold (one trait alone decides everything)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if logistique:
                ajuste = sm.Logit(y, x, offset=offset).fit(method="newton", maxiter=50, disp=0)
            else:
                ajuste = sm.OLS(y if offset is None else y - offset, x).fit()
        except (PerfectSeparationError, np.linalg.LinAlgError, ValueError):
            return None
    return ajuste if np.all(np.isfinite(ajuste.params)) else None


def _bornes(ajuste: Any, x: Reels, *, logistique: bool) -> Reels:
    """The 95 % intervals of the weights (pseudo-inverse when nothing tells a trait from the structure that has it)."""
    bornes = np.asarray(ajuste.conf_int(), float)
    if np.all(np.isfinite(bornes)):
        return bornes
    p = np.asarray(ajuste.predict(x), float)
    poids = p * (1 - p) if logistique else np.full(len(x), 1 / max(float(ajuste.scale), 1e-12))
    erreurs = np.sqrt(np.clip(np.diag(np.linalg.pinv((x * poids[:, None]).T @ x)), 0, None))
    params = np.asarray(ajuste.params, float)
    return np.column_stack([params - Z95 * erreurs, params + Z95 * erreurs])


def _predits(ajuste: Any, x: Reels, offset: Reels, *, logistique: bool) -> Reels:
    lineaire = x @ np.asarray(ajuste.params, float) + offset
    return np.asarray(1 / (1 + np.exp(-lineaire)) if logistique else lineaire, float)


def _effets(
    lignes: pd.DataFrame, noms: list[tuple[Caractere, str]], ajuste: Any, bornes: Reels, *, logistique: bool
) -> list[Effet]:
    """Every trait, its reference first, with what it changes."""
    trouves = {(c.nom, m): i for i, (c, m) in enumerate(noms)}
    effets = []
    for caractere in PERSONNES:
        effectifs = lignes[caractere.nom].astype(str).value_counts()
        reference = _reference(caractere, effectifs)
        for modalite in (m for m in caractere.modalites if effectifs.get(m, 0)):
            i = trouves.get((caractere.nom, modalite))
            lus = (float(ajuste.params[i]), float(bornes[i][0]), float(bornes[i][1])) if i is not None else None
            if lus is not None and logistique:
                lus = tuple(float(np.exp(np.clip(v, -20, 20))) for v in lus)  # type: ignore[assignment]
            neutre = (1.0 if logistique else 0.0) if modalite == reference else None
            valeur, bas, haut = lus or (neutre, None, None)
            effets.append(Effet(caractere, modalite, int(effectifs[modalite]), valeur, bas, haut))
    return effets


def _spread(gaps: Reels) -> float:
    return float(gaps.std(ddof=1)) if len(gaps) > 1 else 0.0
