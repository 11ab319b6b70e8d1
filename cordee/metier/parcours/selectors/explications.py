"""Why a task has this date: the rule in words, its source, and what passes on when the term is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cordee.metier.parcours.models import TacheAbstraite
from cordee.reglementation.delais import DateConvenueInvalide, DelaiInconnu, delai, echeance, expliquer

# Rules whose date the act itself may fix: the next contact agreed, the end of the action.
_CONVENABLES = ("prochain_contact", "point_", "consolider_emploi", "bilan_droits", "reprendre_contact", "actualiser")


@dataclass(frozen=True, slots=True)
class Explication:
    """What its reader needs: the sentence, the text it comes from, what happens if the term passes."""

    phrase: str
    reference: str
    si_manque: str = ""


def expliquer_tache(*, regle: str, ouverte_le: date, terme: date) -> Explication:
    """The sentence behind a date.

    >>> expliquer_tache(regle="contrat_engagement", ouverte_le=date(2026, 1, 28), terme=date(2026, 2, 28)).phrase
    "un mois à compter de la notification de l'orientation, à date certaine"
    """
    try:
        version = delai(regle, au=min(ouverte_le, terme))  # a clock may have started long before the étape
    except DelaiInconnu:
        return Explication("à la date fixée lors de l'ouverture de l'étape", "")
    convenue = version.convenue or (regle.startswith(_CONVENABLES) and not _calculee(regle, ouverte_le, terme))
    phrase = expliquer(version, convenue=convenue, avec_reference=False)
    return Explication(phrase, version.reference, version.si_manque)


def expliquer_ligne(tache: TacheAbstraite) -> Explication:
    """``expliquer_tache`` for a stored row."""
    return expliquer_tache(regle=tache.regle, ouverte_le=tache.ouverte_le, terme=tache.terme)


def _calculee(regle: str, ouverte_le: date, terme: date) -> bool:
    try:
        return echeance(regle, depuis=ouverte_le).terme == terme
    except DateConvenueInvalide:
        return False
