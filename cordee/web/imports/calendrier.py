"""The monthly files that should be here and are not (R29)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.echanges.caf.selectors import MENSUEL
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.metier.personnes.models import OrganismePayeur
from cordee.reglementation.parametres import entier
from cordee.reglementation.redaction import MOIS


@dataclass(frozen=True, slots=True)
class Attendu:
    """The next monthly of a body: for which month, by which day; and the last one loaded."""

    organisme: OrganismePayeur
    dernier: FichierRecu
    mois: date
    attendu_le: date
    en_retard: bool


def mois_en_mots(reference: date) -> str:
    """The month of a file, as people call it.

    >>> mois_en_mots(date(2026, 9, 30)), mois_en_mots(date(2026, 8, 31))
    ('septembre 2026', 'août 2026')
    """
    return f"{MOIS[reference.month - 1]} {reference.year}"


def fin_du_mois_suivant(reference: date) -> date:
    """Reference date of the next monthly.

    >>> fin_du_mois_suivant(date(2026, 1, 31)), fin_du_mois_suivant(date(2026, 12, 31))
    (datetime.date(2026, 2, 28), datetime.date(2027, 1, 31))
    """
    annee, mois = divmod(reference.year * 12 + reference.month, 12)
    return date(annee, mois + 1, monthrange(annee, mois + 1)[1])


def attendus(au: date) -> list[Attendu]:
    """For each body that sends monthlies, the next one not received yet. One query."""
    recus = (
        FichierRecu.objects.filter(type=MENSUEL, organisme__isnull=False, reference_le__isnull=False)
        .exclude(statut=StatutFichier.REFUSE)
        .select_related("organisme")
        .order_by("organisme__code", "-reference_le", "-pk")
        .distinct("organisme__code")
    )
    return [_attendu(fichier, au) for fichier in recus]


def _attendu(fichier: FichierRecu, au: date) -> Attendu:
    reference, organisme = fichier.reference_le, fichier.organisme
    assert reference is not None  # noqa: S101 - the query asks for it
    assert organisme is not None  # noqa: S101
    mois = fin_du_mois_suivant(reference)
    apres = fin_du_mois_suivant(mois)
    jour = min(entier("fichier_mensuel_jour_attendu", au=au), apres.day)
    attendu_le = apres.replace(day=jour)
    return Attendu(organisme, fichier, mois, attendu_le, au > attendu_le)


def en_retard(attendus_: Iterable[Attendu]) -> list[Attendu]:
    """Those that should be here."""
    return [a for a in attendus_ if a.en_retard]
