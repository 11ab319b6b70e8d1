"""When a file is due: pure arithmetic on months and working days (R29)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cordee.reglementation.calendrier import (
    ajouter_jours_ouvres,
    ajouter_mois,
    est_jour_ouvre,
    expiration_pour_la_personne,
)
from cordee.reglementation.redaction import MOIS
from cordee.socle.horloge import jour

MENSUEL, OPERATEUR = "beneficiaires_mensuel", "operateur_emploi"


def mois_en_mots(reference: date) -> str:
    """The month of a file, as people call it.

    >>> mois_en_mots(date(2026, 9, 30)), mois_en_mots(date(2026, 8, 31))
    ('septembre 2026', 'août 2026')
    """
    return f"{MOIS[reference.month - 1]} {reference.year}"


def de_mois(reference: date, *, annee: bool = False) -> str:
    """« d'octobre », « de mai 2026 ».

    >>> de_mois(date(2026, 10, 31)), de_mois(date(2026, 8, 1)), de_mois(date(2026, 5, 1), annee=True)
    ("d'octobre", "d'août", 'de mai 2026')
    """
    nom = MOIS[reference.month - 1]
    return f"{_de(nom)}{nom}" + (f" {reference.year}" if annee else "")


def _de(nom: str) -> str:
    return "d'" if nom[0] in "ao" else "de "


def premier_du_mois(quand: date) -> date:
    """First day of a month.

    >>> premier_du_mois(date(2026, 10, 31))
    datetime.date(2026, 10, 1)
    """
    return quand.replace(day=1)


def mois_d_arrivee(type_fichier: str, *, reference: date | None, cree_le: datetime | None, recu_le: date) -> date:
    """The month (its first day) in which a file counts as arrived.

    The monthly of the beneficiaries is the photo of the last day of M-1, sent in M (E01); the operator's too, when its
    reference is such a day. The others count for the month their sender made them in, however late they come.

    >>> mois_d_arrivee(MENSUEL, reference=date(2026, 9, 30), cree_le=None, recu_le=date(2026, 11, 2))
    datetime.date(2026, 10, 1)
    >>> mois_d_arrivee(OPERATEUR, reference=date(2026, 10, 31), cree_le=None, recu_le=date(2026, 11, 20))
    datetime.date(2026, 11, 1)
    >>> mois_d_arrivee("contacts", reference=None, cree_le=None, recu_le=date(2026, 11, 2))
    datetime.date(2026, 11, 1)
    """
    photo = type_fichier == OPERATEUR and reference is not None and (reference + timedelta(days=1)).day == 1
    if reference is not None and (photo or type_fichier == MENSUEL):
        return ajouter_mois(premier_du_mois(reference), 1)
    return premier_du_mois(reference or (jour(cree_le) if cree_le else recu_le))


def mois_couvert(type_fichier: str, mois: date) -> date:
    """The month a file that arrives in ``mois`` is about.

    >>> mois_couvert(MENSUEL, date(2026, 1, 1)), mois_couvert("contacts", date(2026, 1, 1))
    (datetime.date(2025, 12, 1), datetime.date(2026, 1, 1))
    """
    return ajouter_mois(mois, -1) if type_fichier in (MENSUEL, OPERATEUR) else mois


def fin_du_mois_suivant(reference: date) -> date:
    """Reference date of the monthly that follows.

    >>> fin_du_mois_suivant(date(2026, 1, 31)), fin_du_mois_suivant(date(2026, 12, 31))
    (datetime.date(2026, 2, 28), datetime.date(2027, 1, 31))
    """
    return date.fromordinal(ajouter_mois(premier_du_mois(reference), 2).toordinal() - 1)


def mensuel_attendu_le(mois: date, jour_du_mois: int) -> date:
    """The day a monthly is due in a month: the month's last day where it is shorter, the working day after otherwise.

    >>> mensuel_attendu_le(date(2026, 11, 1), 6), mensuel_attendu_le(date(2026, 12, 1), 6)  # a Friday, a Sunday
    (datetime.date(2026, 11, 6), datetime.date(2026, 12, 7))
    >>> mensuel_attendu_le(date(2026, 2, 1), 31)  # Saturday the 28th
    datetime.date(2026, 3, 2)
    """
    dernier = ajouter_mois(premier_du_mois(mois), 1).toordinal() - 1
    voulu = premier_du_mois(mois).toordinal() + jour_du_mois - 1
    return expiration_pour_la_personne(date.fromordinal(min(voulu, dernier)))


def quotidien_attendu_le(du: date) -> date:
    """A daily is due the working day after the day it tells.

    >>> quotidien_attendu_le(date(2026, 11, 6)), quotidien_attendu_le(date(2026, 11, 10))  # Friday; eve of the 11th
    (datetime.date(2026, 11, 9), datetime.date(2026, 11, 12))
    """
    return ajouter_jours_ouvres(du, 1)


def premier_quotidien_manquant(dernier: date) -> date:
    """The working day that follows the last daily received.

    >>> premier_quotidien_manquant(date(2026, 11, 6))
    datetime.date(2026, 11, 9)
    """
    return ajouter_jours_ouvres(dernier, 1)


def jours_ouvres_du_mois(mois: date) -> list[date]:
    """The working days of a month: so many dailies.

    >>> len(jours_ouvres_du_mois(date(2026, 11, 1)))
    20
    """
    debut, fin = premier_du_mois(mois).toordinal(), ajouter_mois(premier_du_mois(mois), 1).toordinal()
    return [j for j in map(date.fromordinal, range(debut, fin)) if est_jour_ouvre(j)]
