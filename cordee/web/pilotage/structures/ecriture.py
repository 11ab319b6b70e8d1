"""Observed and expected as people read them, with their unit and their sign."""

from __future__ import annotations

from typing import Any

from cordee.pilotage.comparaisons.enums import Lecture, NatureIssue
from cordee.pilotage.comparaisons.issues import Issue
from cordee.pilotage.dessins.nombres import nombre

TONS: dict[Lecture, tuple[str, str]] = {
    Lecture.ATTENDUE: ("neutre", "cercle"), Lecture.LIMITE_PLUS: ("info", "haut"),
    Lecture.LIMITE_MOINS: ("info", "bas"), Lecture.PLUS: ("primaire", "haut"),
    Lecture.MOINS: ("accent", "bas"), Lecture.INFORMATION: ("attention", "aide"),
}  # fmt: skip
"""The same weight on both sides: to be above or below says that there is something to understand, no more."""


def echelle(issue: Issue) -> float:
    """What a stored value is multiplied by to be read."""
    return 100.0 if issue.nature is NatureIssue.TAUX else 1.0


def valeur(issue: Issue, v: float | None) -> str:
    """« 37,5 % », « 7,9 jours »."""
    if v is None:
        return "—"
    unite = "jours" if issue.nature is NatureIssue.JOURS else "%"
    return f"{nombre(v * echelle(issue), 1)}\u00a0{unite}"


def ecart(issue: Issue, v: float | None, *, unite: bool = True) -> str:
    """« +4,2 points », « −0,9 jour »."""
    if v is None:
        return "—"
    lu = round(v * echelle(issue), 1)
    texte = ("+" if lu > 0 else "") + nombre(lu, 1)
    if not unite:
        return texte
    mot = "jour" if issue.nature is NatureIssue.JOURS else "point"
    return f"{texte}\u00a0{mot}{'s' if abs(lu) >= 2 else ''}"


def intervalle(issue: Issue, bas: float | None, haut: float | None) -> str:
    """« de −1,0 à +9,4 »."""
    if bas is None or haut is None:
        return ""
    return f"de {ecart(issue, bas, unite=False)} à {ecart(issue, haut, unite=False)}"


def ligne(issue: Issue, s: dict[str, Any]) -> dict[str, Any]:
    """One structure of a study, ready to draw. Figures are absent when they would tell of a few people."""
    lecture = Lecture(s["lecture"])
    ton, icone = TONS[lecture]
    montrees = "ecart" in s
    return {
        "code": s["code"], "nom": s["nom"], "n": s["n"], "inconnues": s["inconnues"], "lecture": lecture, "ton": ton,
        "icone": icone, "cachee": s.get("cachee", False), "montrees": montrees,
        "observe": valeur(issue, s.get("observe")) if montrees else "", "attendu": valeur(issue, s.get("attendu")),
        "ecart": ecart(issue, s.get("ecart")), "intervalle": intervalle(issue, s.get("bas"), s.get("haut")),
        "rapport": nombre(s["rapport"], 2) if "rapport" in s else "—",
        "intervalle_rapport": (
            f"{nombre(s['rapport_bas'], 2)} à {nombre(s['rapport_haut'], 2)}" if "rapport" in s else ""
        ),
    }  # fmt: skip
