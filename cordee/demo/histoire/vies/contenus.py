"""What diagnoses and contracts say: coded answers and short sentences, the same ones for many. All hypotheses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any, Final

from cordee.demo.histoire.vies.vie import Vie
from cordee.metier.contrats.enums import Engage, FamilleActivite, MotifMinoration
from cordee.metier.orientation.enums import Impact, NiveauFormation, SituationPro, ThemeDiagnostic

# Shares of strong then light impact by theme: published prevalences at entry, lowered for mobility.
_FREINS: Final = {
    ThemeDiagnostic.SANTE: (0.13, 0.16), ThemeDiagnostic.LOGEMENT: (0.12, 0.18), ThemeDiagnostic.MOBILITE: (0.08, 0.17),
    ThemeDiagnostic.FAMILLE: (0.09, 0.13), ThemeDiagnostic.FINANCES: (0.10, 0.25),
    ThemeDiagnostic.NUMERIQUE: (0.07, 0.18), ThemeDiagnostic.DEMARCHES: (0.06, 0.15),
    ThemeDiagnostic.LANGUE: (0.11, 0.14), ThemeDiagnostic.CONFIANCE: (0.08, 0.22),
}  # fmt: skip
_TIRAGES: Final = tuple(
    (str(theme), fort, fort + faible, fort + faible + 0.12) for theme, (fort, faible) in _FREINS.items()
)
_FORT, _FAIBLE, _ABORDE, _AUCUN = str(Impact.FORT), str(Impact.FAIBLE), str(Impact.NON_ABORDE), str(Impact.AUCUN)
_SITUATIONS: Final = (
    (str(SituationPro.EN_ACTIVITE), 0.10), (str(SituationPro.DEUX_ANS), 0.28),
    (str(SituationPro.PLUS_DEUX_ANS), 0.44), (str(SituationPro.JAMAIS), 0.18),
)  # fmt: skip
_NIVEAUX: Final = (
    (str(NiveauFormation.SANS), 0.40), (str(NiveauFormation.QUALIFIANT), 0.25), (str(NiveauFormation.BAC), 0.19),
    (str(NiveauFormation.SUPERIEUR), 0.16),
)  # fmt: skip
_PROJETS: Final = (
    "Reprendre un emploi près de chez soi.", "Travailler dans les services à la personne.",
    "Retrouver un emploi dans le commerce.", "Se former puis travailler dans la logistique.",
    "Stabiliser la situation de logement avant de chercher un emploi.", "Améliorer le français pour trouver un emploi.",
    "Faire le point sur la santé et les droits.", "Passer le permis et élargir la recherche d'emploi.",
)  # fmt: skip
_PLANS: Final = (
    ("Participer à l'atelier de recherche d'emploi", FamilleActivite.RECHERCHE),
    ("Suivre une formation de français", FamilleActivite.FORMATION),
    ("Découvrir un métier en entreprise", FamilleActivite.MISE_EN_SITUATION),
    ("Venir aux entretiens d'accompagnement", FamilleActivite.ACCOMPAGNEMENT),
    ("Mettre à jour les droits et les démarches de logement", FamilleActivite.ACCES_DROITS),
)
_PROMESSE: Final = "Proposer un rendez-vous aussi souvent que convenu"
QUINZE, HUIT, VINGT = Decimal("15.0"), Decimal("8.0"), Decimal("20.0")


def _choisir(tirage: float, choix: tuple[tuple[str, float], ...]) -> str:
    for (valeur, _), cumul in zip(choix, accumulate(part for _, part in choix), strict=True):
        if tirage < cumul:
            return valeur
    return choix[-1][0]


def diagnostic(vie: Vie) -> dict[str, Any]:
    """The columns of an interview, besides who and when. More employable: more recent work, fewer difficulties."""
    alea, chance = vie.alea.random, vie.adulte.employabilite
    allege = 1.25 - 0.5 * chance
    themes = {}
    for theme, fort, faible, muet in _TIRAGES:
        x = alea() / allege
        themes[theme] = _FORT if x < fort else _FAIBLE if x < faible else _ABORDE if x < muet else _AUCUN
    return {
        "situation_pro": _choisir(alea() * (1.25 - 0.5 * chance), _SITUATIONS),
        "niveau": _choisir(alea(), _NIVEAUX),
        "projection": alea() < 0.25 + 0.5 * chance,
        "themes": themes,
        "metier_vise": "",
        "brouillon": False,
        "version": 1,
    }


def projet(vie: Vie, jour: date) -> dict[str, Any]:
    """The project and the weekly hours: fewer than fifteen with a reason."""
    tirage = vie.alea.random()
    colonnes: dict[str, Any] = {
        "projet": _PROJETS[int(tirage * 1000) % len(_PROJETS)], "heures": QUINZE, "motif_heures": "",
        "precision_heures": "", "demande_dispense_le": None, "enfant_ne_le": None, "revue_heures_le": None,
    }  # fmt: skip
    if jour.year < 2025:
        return colonnes | {"heures": None}
    if tirage < 0.27:
        famille = bool(vie.vue(jour)[0].enfants)
        motif = (
            MotifMinoration.FAMILLE
            if famille
            else MotifMinoration.SANTE
            if tirage < 0.15
            else (MotifMinoration.DEMARRAGE)
        )
        colonnes |= {"heures": HUIT, "motif_heures": str(motif)}
    elif tirage > 0.85:
        colonnes["heures"] = VINGT
    return colonnes


def engagements(vie: Vie, contrat: dict[str, Any]) -> list[dict[str, Any]]:
    """What both sides promise: one line of the plan, one promise."""
    texte, famille = _PLANS[int(vie.alea.random() * len(_PLANS))]
    return [
        {"engage": str(Engage.PERSONNE), "texte": texte, "famille": str(famille), "heures": contrat["heures"],
         "avant_le": None, "tenu_le": None},
        {"engage": str(Engage.ORGANISME), "texte": _PROMESSE, "famille": "", "heures": None, "avant_le": None,
         "tenu_le": None},
    ]  # fmt: skip
