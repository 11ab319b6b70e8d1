"""Who is « soumis aux droits et devoirs » (CASF L262-28): three perimeters, never mixed; each figure prints which.

Codes are those of the paying bodies' files: ``etat`` is ETATDOSRSA, ``motif`` is MOTISUSVERSRSA, the flag is
TOPPERSDRODEVORSA, read per person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.socle.enums import EnumLibelle

OUVERT_VERSABLE = "2"
OUVERT_SUSPENDU = "3"
VERSEMENT_SUSPENDU = "4"
ETATS_OUVERTS = frozenset({OUVERT_VERSABLE, OUVERT_SUSPENDU, VERSEMENT_SUSPENDU})
#: Payment stopped but the right is real: below the payment threshold, in hospital, action not begun.
MOTIFS_DROIT_REEL = frozenset({"05", "44", "70"})


class PerimetreSdd(EnumLibelle):
    """The perimeter behind a figure, to be printed with it."""

    OPERATIONNEL = (
        "sdd_operationnel",
        "Soumis aux droits et devoirs, droit ouvert",
        "Indicateur « soumis » et droit ouvert, versé ou suspendu : les personnes que le service accompagne.",
    )
    DREES = (
        "sdd_drees",
        "Soumis aux droits et devoirs, droit ouvert et non suspendu",
        "Indicateur « soumis » et droit ouvert et versable : l'univers de l'enquête nationale, au 31 décembre.",
    )
    PAYES = (
        "sdd_payes",
        "Soumis aux droits et devoirs, droit réel",
        "Indicateur « soumis » et droit réel, hors droits théoriques en attente d'une pièce ou d'une décision.",
    )


def sdd_operationnel(*, drapeau: bool | None, etat: str | None) -> bool:
    """The invariant's perimeter: flag set and right open, paid or suspended.

    >>> [sdd_operationnel(drapeau=True, etat=etat) for etat in ("0", "1", "2", "3", "4", "5", "6")]
    [False, False, True, True, True, False, False]
    >>> sdd_operationnel(drapeau=False, etat="2"), sdd_operationnel(drapeau=None, etat="2")
    (False, False)
    """
    return drapeau is True and etat in ETATS_OUVERTS


def sdd_drees(*, drapeau: bool | None, etat: str | None) -> bool:
    """The national survey's universe: flag set, right open and not suspended.

    >>> [sdd_drees(drapeau=True, etat=etat) for etat in ("2", "3", "4")]
    [True, False, False]
    """
    return drapeau is True and etat == OUVERT_VERSABLE


def sdd_payes(*, drapeau: bool | None, etat: str | None, motif: str | None = None) -> bool:
    """Flag set and a real right: states 2 and 3, and state 4 where payment stopped for 05, 44 or 70 only.

    >>> sdd_payes(drapeau=True, etat="4", motif="05"), sdd_payes(drapeau=True, etat="4", motif="06")
    (True, False)
    >>> sdd_payes(drapeau=True, etat="3"), sdd_payes(drapeau=True, etat="4"), sdd_payes(drapeau=None, etat="2")
    (True, False, False)
    """
    if drapeau is not True:
        return False
    return etat in (OUVERT_VERSABLE, OUVERT_SUSPENDU) or (etat == VERSEMENT_SUSPENDU and motif in MOTIFS_DROIT_REEL)


@dataclass(frozen=True, slots=True)
class DrapeauRetenu:
    """The flag to work with, and whether somebody must check it."""

    valeur: bool | None
    a_verifier: bool


def drapeau_retenu(
    *, recu: bool | None, dernier_connu: bool | None, dernier_connu_le: date | None, au: date
) -> DrapeauRetenu:
    """An unknown flag keeps the last known value, two months at most without a check; it never becomes « non soumis ».

    >>> garde = {"dernier_connu": True, "dernier_connu_le": date(2026, 1, 31)}
    >>> drapeau_retenu(recu=None, **garde, au=date(2026, 3, 31))
    DrapeauRetenu(valeur=True, a_verifier=False)
    >>> drapeau_retenu(recu=None, **garde, au=date(2026, 4, 1))
    DrapeauRetenu(valeur=True, a_verifier=True)
    >>> drapeau_retenu(recu=False, **garde, au=date(2026, 4, 1))
    DrapeauRetenu(valeur=False, a_verifier=False)
    >>> drapeau_retenu(recu=None, dernier_connu=None, dernier_connu_le=None, au=date(2026, 4, 1))
    DrapeauRetenu(valeur=None, a_verifier=True)
    """
    if recu is not None:
        return DrapeauRetenu(recu, a_verifier=False)
    if dernier_connu is None or dernier_connu_le is None:
        return DrapeauRetenu(None, a_verifier=True)
    limite = ajouter_mois(dernier_connu_le, entier("sdd_drapeau_inconnu_mois", au=au))
    return DrapeauRetenu(dernier_connu, a_verifier=au > limite)
