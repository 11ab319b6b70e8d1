"""What may and may not be concluded: from the diagnostics to one sentence, by a table of rules. Pure.

The rules are read in order; the first that holds gives the verdict. A null result is said as plainly as another. What
weakens any verdict (results not final, analysis not registered…) is said beside it, always.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cordee.pilotage.enums_evaluation import Verdict

SEUIL: Final = 0.05
V = Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostics:
    """What the engines found. Effects in points, positive when good for people.

    ``bas``, ``haut``: 95 % interval; ``None``: nothing could be estimated. ``compte``: the smallest effect that
    matters. ``detectable``: the smallest effect this study would see. ``tendance``: p-value of « the gaps before the
    start are one and the same ». ``placebos``: p-values of placebo dates. ``temoins``: p-values of negative controls.
    ``recouvrement``: the groups have people in common. ``inconnus``: gap of unknown outcomes between groups, in points.
    """

    estimation: float | None
    bas: float | None = None
    haut: float | None = None
    compte: float = 1.0
    detectable: float | None = None
    naif: float | None = None
    tendance: float | None = None
    placebos: tuple[float, ...] = ()
    temoins: tuple[float, ...] = ()
    recouvrement: bool = True
    inconnus: float = 0.0
    traitees: int = 0
    intermediaire: bool = False
    exploratoire: bool = False
    retrospective: bool = False
    amendee: bool = False
    observationnelle: bool = False
    critere: str = ""
    qui: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """``phrase``: what may be concluded; ``interdit``: what may not; ``reserves``: what weakens it."""

    verdict: Verdict
    phrase: str
    interdit: str
    reserves: tuple[str, ...]


def points(valeur: float, decimales: int = 1) -> str:
    """A number of points as French writes it.

    >>> points(2.5), points(-0.04), points(1), points(-1.24)
    ('2,5 points', '0,0 point', '1,0 point', '−1,2 point')
    """
    texte = f"{abs(valeur):.{decimales}f}".replace(".", ",")
    signe = "−" if valeur < 0 and texte.strip("0,") else ""
    return f"{signe}{texte} point{'s' if abs(valeur) >= 2 - 10**-9 else ''}"


def intervalle(bas: float, haut: float) -> str:
    """An interval in words.

    >>> intervalle(1.08, 3.87), intervalle(-1.2, 1.5)
    ('de +1,1 à +3,9 points', 'de −1,2 à +1,5 point')
    """

    def signe(v: float) -> str:
        texte = f"{abs(v):.1f}".replace(".", ",")
        return ("−" if v < 0 else "+") + texte if texte.strip("0,") else "0,0"

    return f"de {signe(bas)} à {signe(haut)} point{'s' if abs(haut) >= 2 or abs(bas) >= 2 else ''}"


def _impossible(d: Diagnostics) -> bool:
    return d.estimation is None or d.bas is None or d.haut is None or not d.recouvrement


def _fragile(d: Diagnostics) -> bool:
    return bool(defauts(d))


def _favorable(d: Diagnostics) -> bool:
    return d.bas is not None and d.bas > 0


def _defavorable(d: Diagnostics) -> bool:
    return d.haut is not None and d.haut < 0


def _exclut_ce_qui_compte(d: Diagnostics) -> bool:
    return d.haut is not None and d.haut < d.compte


REGLES: Final[tuple[tuple[Callable[[Diagnostics], bool], Verdict], ...]] = (
    (_impossible, V.IMPOSSIBLE),
    (_fragile, V.FRAGILE),
    (_favorable, V.EFFET_FAVORABLE),
    (_defavorable, V.EFFET_DEFAVORABLE),
    (_exclut_ce_qui_compte, V.PAS_D_EFFET),
    (lambda _: True, V.NON_CONCLUANT),
)
"""The first rule that holds."""


def defauts(d: Diagnostics) -> list[str]:
    """What forbids to call a difference an effect.

    One placebo or control out of twenty is « significant » by chance: each list is judged by its smallest p-value times
    their number (Bonferroni).

    >>> defauts(Diagnostics(estimation=3, bas=1, haut=5, tendance=0.01))
    ["les écarts d'avant le début bougeaient déjà"]
    >>> defauts(Diagnostics(estimation=3, bas=1, haut=5, temoins=(0.04, 0.5, 0.7), placebos=(0.3,), tendance=0.4))
    []
    """
    trouves = []
    if d.tendance is not None and d.tendance < SEUIL:
        trouves.append("les écarts d'avant le début bougeaient déjà")
    if d.placebos and min(d.placebos) * len(d.placebos) < SEUIL:
        trouves.append("une date où rien n'a commencé montre aussi un « effet »")
    if d.temoins and min(d.temoins) * len(d.temoins) < SEUIL:
        trouves.append("un témoin que rien ne peut changer montre aussi un « effet »")
    if abs(d.inconnus) >= 5:
        trouves.append("les résultats inconnus ne sont pas aussi nombreux des deux côtés")
    return trouves


def conclure(d: Diagnostics) -> Conclusion:
    """The sentence of an experiment.

    >>> def dire(**k):
    ...     c = conclure(Diagnostics(critere="être en activité six mois après", compte=2, **k))
    ...     return c.verdict.value, c.phrase
    >>> dire(estimation=2.5, bas=1.1, haut=3.9)[0], dire(estimation=-2.5, bas=-3.9, haut=-1.1)[0]
    ('effet_favorable', 'effet_defavorable')
    >>> dire(estimation=0.1, bas=-1.2, haut=1.5)
    ('pas_d_effet', "Aucun effet qui compte : l'intervalle va de −1,2 à +1,5 point et exclut les 2,0 points attendus.")
    >>> for morceau in dire(estimation=1.2, bas=-0.5, haut=2.9, detectable=2.4)[1].split(" ; "):
    ...     print(morceau)
    On ne peut pas conclure : l'intervalle va de −0,5 à +2,9 points
    l'étude ne voit qu'un effet d'au moins 2,4 points.
    >>> dire(estimation=5.0, bas=2, haut=8, tendance=0.001)[0], dire(estimation=None)[0]
    ('fragile', 'impossible')
    >>> dire(estimation=5.0, bas=2, haut=8, recouvrement=False)[1]
    'Aucune conclusion : les deux groupes ont trop peu de personnes comparables.'
    """
    verdict = next(v for regle, v in REGLES if regle(d))
    return Conclusion(verdict, _phrase(verdict, d), _interdit(verdict, d), tuple(_reserves(d)))


def _phrase(verdict: Verdict, d: Diagnostics) -> str:
    if verdict is V.IMPOSSIBLE:
        raison = "les deux groupes ont trop peu de personnes comparables" if not d.recouvrement else (
            "il n'y a pas assez de personnes à comparer")  # fmt: skip
        return f"Aucune conclusion : {raison}."
    ecart = intervalle(d.bas or 0.0, d.haut or 0.0)
    qui = f" {d.qui}" if d.qui else ""
    match verdict:
        case V.FRAGILE:
            return f"Une différence {ecart} ne peut pas être attribuée à l'expérimentation : {' ; '.join(defauts(d))}."
        case V.EFFET_FAVORABLE:
            return f"On peut conclure à un effet favorable{qui} sur « {d.critere} » : {ecart}."
        case V.EFFET_DEFAVORABLE:
            return f"On peut conclure à un effet défavorable{qui} sur « {d.critere} » : {ecart}."
        case V.PAS_D_EFFET:
            return f"Aucun effet qui compte : l'intervalle va {ecart} et exclut les {points(d.compte)} attendus."
    vu = f" ; l'étude ne voit qu'un effet d'au moins {points(d.detectable)}" if d.detectable is not None else ""
    return f"On ne peut pas conclure : l'intervalle va {ecart}{vu}."


def _interdit(verdict: Verdict, d: Diagnostics) -> str:
    """What the figures must not be made to say.

    >>> conclure(Diagnostics(estimation=2.5, bas=1.1, haut=3.9, naif=9.7)).interdit
    "On ne peut pas dire que l'écart brut de 9,7 points est l'effet : il compare des personnes choisies."
    >>> conclure(Diagnostics(estimation=1.0, bas=-1.1, haut=3.9)).interdit
    "On ne peut pas dire qu'il n'y a pas d'effet, ni qu'il y en a un."
    """
    if verdict is V.NON_CONCLUANT:
        return "On ne peut pas dire qu'il n'y a pas d'effet, ni qu'il y en a un."
    if d.naif is not None and verdict is not V.IMPOSSIBLE:
        return (f"On ne peut pas dire que l'écart brut de {points(d.naif)} est l'effet : il compare des personnes "
                "choisies.")  # fmt: skip
    if verdict in (V.IMPOSSIBLE, V.FRAGILE):
        return "On ne peut parler ni d'effet, ni d'absence d'effet."
    if verdict is V.PAS_D_EFFET:
        return "On ne peut pas dire que l'expérimentation n'a servi à rien : un autre résultat a pu changer."
    return "On ne peut pas dire que ce serait pareil ailleurs, ni plus tard."


def _reserves(d: Diagnostics) -> list[str]:
    """What weakens any verdict.

    >>> conclure(Diagnostics(estimation=1, bas=0.5, haut=2, exploratoire=True)).reserves
    ('Analyse exploratoire : elle suggère, elle ne prouve pas.',)
    """
    dites = [
        (d.exploratoire, "Analyse exploratoire : elle suggère, elle ne prouve pas."),
        (d.intermediaire, "Résultat intermédiaire : la fin déclarée est à venir."),
        (d.retrospective, "Protocole enregistré après le début : une partie des données existait déjà."),
        (d.amendee, "Protocole amendé après avoir vu des résultats."),
        (0 < d.traitees < 6, f"Peu d'unités traitées ({d.traitees}) : l'intervalle vient des permutations."),
        (d.observationnelle, "Comparaison de personnes choisies : ce qui n'est pas mesuré peut tout expliquer."),
    ]
    return [phrase for vrai, phrase in dites if vrai]
