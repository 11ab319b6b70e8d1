"""What a file should hold, and what each piece weighs in its score (REQ-40, K21). Pure.

The score is that of the indicator « remplissage_dossiers »: the same weights, read piece by piece here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Champ:
    """One piece. ``poids`` 0: told beside the score. ``pourquoi``: what stops when it is missing."""

    code: str
    libelle: str
    court: str
    poids: int
    attendu: str
    pourquoi: str


CHAMPS: Final = (
    Champ("diagnostic", "Entretien de diagnostic", "Entretien", 20, "de toutes, sauf l'opérateur de l'emploi",
          "Sans lui, aucune proposition d'orientation ni contrat ne peut être fondé."),
    Champ("joignable", "Moyen de joindre la personne", "Joignable", 15, "de toutes",
          "Sans téléphone ni courriel, seule une lettre l'atteint : les absences montent."),
    Champ("etape", "Prochaine étape datée", "Étape", 15, "de toutes",
          "C'est elle qui garantit que personne n'est oublié."),
    Champ("referent", "Référent nommé", "Référent", 15, "des personnes orientées, sauf l'opérateur de l'emploi",
          "Sans nom, personne ne rappelle et la personne ne sait qui appeler."),
    Champ("heures", "Heures prévues au contrat", "Heures", 15,
          "des personnes sous contrat d'engagement, sauf l'opérateur",
          "Sans elles, on ne peut dire si le plan est tenable ni s'il est suivi."),
    Champ("commune", "Commune", "Commune", 10, "de toutes", "Elle décide de la structure qui répond de la personne."),
    Champ("identite", "Sexe et naissance", "Identité", 10, "de toutes",
          "Les tableaux officiels et les critères d'âge en dépendent."),
    Champ("themes", "Diagnostic : au moins cinq thèmes abordés", "Thèmes", 0, "des diagnostics menés",
          "Un diagnostic vide ne dit pas quelles difficultés traiter."),
    Champ("action", "Contrat avec au moins une action codée", "Action", 0, "des contrats d'engagement en cours",
          "Une action sans nature ne compte dans aucun tableau officiel."),
    Champ("suite", "Rendez-vous passés tous suivis d'une suite", "Suite", 0,
          "des personnes qui en ont eu depuis trois mois",
          "Un rendez-vous sans suite ne dit ni venue ni absence : il compte comme inconnu."),
)  # fmt: skip
SCORE: Final = tuple(c for c in CHAMPS if c.poids)


def score(remplis: dict[str, bool | None]) -> float | None:
    """Points filled on points expected, on a hundred; a piece that is not expected (``None``) weighs nothing.

    >>> score({"commune": True, "identite": True, "joignable": False, "etape": True, "diagnostic": None})
    70.0
    """
    attendus = sum(c.poids for c in SCORE if remplis.get(c.code) is not None)
    return 100.0 * sum(c.poids for c in SCORE if remplis.get(c.code)) / attendus if attendus else None
