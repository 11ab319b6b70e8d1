"""What is supposed of a household: enough to compute its benefits, nothing that says who it is.

Births are kept as months (first day): an age in months is all that the rules look at. Two households of the same
make-up and the same resources share one estimate.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from cordee.metier.prestations.enums import Logement, NatureRevenu
from cordee.reglementation.autres_droits import PublicDroit
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.montants import CENTIME
from cordee.reglementation.parametres import entier
from cordee.reglementation.prestations import mois_de_l_examen, trimestre_de_reference
from cordee.reglementation.regimes import Foyer
from cordee.socle.erreurs import ErreurMetier

ZERO: Final = Decimal(0)
MOIS_MAX: Final = 12
ENFANTS_MAX: Final = 12
SEMAINES_PAR_MOIS: Final = Decimal(52) / 12
AGE_A_CHARGE: Final = 25


class HypothesesImpossibles(ErreurMetier):
    """Something in the hypotheses cannot be; the sentence says what to correct."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revenu:
    """A monthly amount over months: first and last included, ``None`` without limit."""

    nature: NatureRevenu
    montant: Decimal
    depuis: date | None = None
    jusqu_a: date | None = None

    def du_mois(self, mois: date) -> Decimal:
        """The amount of a month (first day), zero outside."""
        dedans = (self.depuis is None or self.depuis <= mois) and (self.jusqu_a is None or mois <= self.jusqu_a)
        return self.montant if dedans else ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Adulte:
    """The claimant or the spouse. ``naissance``: first day of the month of birth."""

    naissance: date
    revenus: tuple[Revenu, ...] = ()
    enceinte: bool = False

    def revenu(self, nature: NatureRevenu, mois: date) -> Decimal:
        return sum((r.du_mois(mois) for r in self.revenus if r.nature is nature), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emploi:
    """A job that somebody would take. Either the net wage of a full month, or the gross hourly wage.

    ``garde_chomage``: the unemployment benefit goes on beside it; otherwise it stops the month after the start.
    ``fin``: last day of a fixed-term contract.
    """

    debut: date
    heures_hebdo: Decimal
    salaire_horaire_brut: Decimal | None = None
    salaire_net: Decimal | None = None
    adulte: int = 0
    fin: date | None = None
    garde_chomage: bool = False

    @property
    def salaire_brut(self) -> Decimal | None:
        """Gross wage of a full month, 52 weeks in 12 months."""
        if self.salaire_horaire_brut is None:
            return None
        return (self.heures_hebdo * SEMAINES_PAR_MOIS * self.salaire_horaire_brut).quantize(CENTIME, ROUND_HALF_UP)

    def part_du_mois(self, mois: date) -> Decimal:
        """Share of a month that is worked, by calendar days.

        >>> emploi = Emploi(debut=date(2026, 11, 16), heures_hebdo=Decimal(20), salaire_net=Decimal(800))
        >>> [str(emploi.part_du_mois(date(2026, m, 1))) for m in (10, 11, 12)]
        ['0', '0.5', '1']
        """
        suivant = ajouter_mois(mois, 1)
        debut, fin = max(self.debut, mois), min((self.fin or suivant) + timedelta(days=1), suivant)
        return Decimal(max((fin - debut).days, 0)) / (suivant - mois).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypotheses:
    """A household and the months that are looked at.

    ``enfants``: first days of their months of birth; a child not yet born counts from its birth. ``isolement_jusqu_a``:
    last month of a majoration that does not come from a young child (separation, twelve months). ``aide_logement``: its
    monthly amount when known; otherwise the whole deduction. ``prestations_familiales``: what the paying body counts
    each month; ``None``: computed. ``cycle``: a month that opens a quarter of right; ``None``: the first month.
    """

    premier_mois: date
    mois: int = 6
    adultes: tuple[Adulte, ...]
    enfants: tuple[date, ...] = ()
    isolement_jusqu_a: date | None = None
    logement: Logement = Logement.AVEC_AIDE
    aide_logement: Decimal | None = None
    prestations_familiales: Decimal | None = None
    cycle: date | None = None
    emploi: Emploi | None = None

    def __post_init__(self) -> None:
        for condition, phrase in _impossibilites(self):
            if condition:
                raise HypothesesImpossibles(phrase)

    # Months ---------------------------------------------------------------------------------------------------------
    @property
    def mois_montres(self) -> tuple[date, ...]:
        return tuple(ajouter_mois(self.premier_mois, n) for n in range(self.mois))

    def examen(self, mois: date) -> date:
        """The month whose examination fixed the resources of ``mois``."""
        return mois_de_l_examen(mois, cycle=self.cycle or self.premier_mois)

    @property
    def mois_examines(self) -> tuple[date, ...]:
        """The months whose quarter of reference is looked at, in order."""
        return tuple(dict.fromkeys(self.examen(m) for m in self.mois_montres))

    # Household of a month -------------------------------------------------------------------------------------------
    def enfants_nes(self, mois: date) -> tuple[date, ...]:
        """Children born and under 25 on the first day of a month (CASF R262-3)."""
        return tuple(n for n in self.enfants if n <= mois and age(n, mois) < AGE_A_CHARGE)

    def majore(self, mois: date) -> bool:
        """Whether the increased RSA is due (CASF L262-9): alone, and pregnant or with a child under three or
        separated for less than eighteen months with children (twelve months of majoration).
        """
        if len(self.adultes) > 1:
            return False
        nes = self.enfants_nes(mois)
        if self.adultes[0].enceinte and not self._accouchee(mois):
            return True
        limite = entier("rsa_majore_age_benjamin", au=mois)
        isolee = self.isolement_jusqu_a is not None and mois <= self.isolement_jusqu_a
        return bool(nes) and (isolee or any(age(n, mois) < limite for n in nes))

    def _accouchee(self, mois: date) -> bool:
        """The child expected on the first month is born."""
        return any(self.premier_mois < n <= mois for n in self.enfants)

    def foyer(self, mois: date) -> Foyer:
        """The household as the ceilings look at it (E21)."""
        return Foyer(len(self.adultes) + len(self.enfants_nes(mois)), majore=self.majore(mois))

    # Resources ------------------------------------------------------------------------------------------------------
    def revenu(self, rang: int, nature: NatureRevenu, mois: date) -> Decimal:
        """What an adult receives in a month, the wage of the job left aside (``Emploi``)."""
        emploi = self.emploi
        arret = nature is NatureRevenu.CHOMAGE and emploi is not None and emploi.adulte == rang
        if arret and emploi is not None and not emploi.garde_chomage and mois > emploi.debut.replace(day=1):
            return ZERO
        return self.adultes[rang].revenu(nature, mois)

    def revenus_du_mois(self, mois: date, *, activite: bool) -> Decimal:
        """Resources of the adults in a month, of work or not; the wage of the job left aside."""
        return sum(
            (
                self.revenu(rang, nature, mois)
                for rang in range(len(self.adultes))
                for nature in NatureRevenu
                if nature.activite is activite
            ),
            ZERO,
        )

    def trimestre(self, mois: date) -> tuple[date, date, date]:
        """The months whose resources decide the right of ``mois``."""
        return trimestre_de_reference(self.examen(mois))

    # Identity of the inputs -----------------------------------------------------------------------------------------
    def sans_emploi(self) -> Hypotheses:
        return replace(self, emploi=None)

    def en_json(self) -> dict[str, Any]:
        """Plain values, always in the same order: what is kept and what the fingerprint reads."""
        return {
            "premier_mois": self.premier_mois.isoformat(),
            "mois": self.mois,
            "adultes": [
                {
                    "naissance": a.naissance.isoformat(),
                    "enceinte": a.enceinte,
                    "revenus": [_revenu_en_json(r) for r in sorted(a.revenus, key=_ordre)],
                }
                for a in self.adultes
            ],
            "enfants": [n.isoformat() for n in sorted(self.enfants)],
            "isolement_jusqu_a": _texte(self.isolement_jusqu_a),
            "logement": self.logement.value,
            "aide_logement": _montant(self.aide_logement),
            "prestations_familiales": _montant(self.prestations_familiales),
            "cycle": _texte(self.cycle),
            "emploi": _emploi_en_json(self.emploi),
        }

    @classmethod
    def de_json(cls, brut: Mapping[str, Any]) -> Hypotheses:
        """What ``en_json`` wrote."""
        return cls(
            premier_mois=date.fromisoformat(brut["premier_mois"]),
            mois=brut["mois"],
            adultes=tuple(
                Adulte(
                    naissance=date.fromisoformat(a["naissance"]),
                    enceinte=a["enceinte"],
                    revenus=tuple(_revenu_de_json(r) for r in a["revenus"]),
                )
                for a in brut["adultes"]
            ),
            enfants=tuple(date.fromisoformat(n) for n in brut["enfants"]),
            isolement_jusqu_a=_date(brut["isolement_jusqu_a"]),
            logement=Logement(brut["logement"]),
            aide_logement=_decimal(brut["aide_logement"]),
            prestations_familiales=_decimal(brut["prestations_familiales"]),
            cycle=_date(brut["cycle"]),
            emploi=_emploi_de_json(brut["emploi"]),
        )

    def empreinte(self, version: str) -> str:
        """Name of the estimate: the same inputs and the same rules always bear the same one."""
        texte = json.dumps([version, self.en_json()], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(texte.encode()).hexdigest()


def age(naissance: date, mois: date) -> int:
    """Age in whole years on the first day of a month.

    >>> age(date(2023, 11, 1), date(2026, 10, 1)), age(date(2023, 11, 1), date(2026, 11, 1))
    (2, 3)
    """
    return mois.year - naissance.year - ((mois.month, mois.day) < (naissance.month, naissance.day))


def publics_du_foyer(hypotheses: Hypotheses) -> frozenset[PublicDroit]:
    """Which rights are looked at first with such a household; everything else comes after, nothing is left out."""
    mois, h = hypotheses.premier_mois, hypotheses
    ages = [age(n, mois) for n in h.enfants_nes(mois)]
    trouves = {
        PublicDroit.EN_EMPLOI: h.emploi is not None
        or any(h.revenus_du_mois(m, activite=True) for m in h.trimestre(mois)),
        PublicDroit.ENCEINTE: any(a.enceinte for a in h.adultes),
        PublicDroit.PARENT_ISOLE: len(h.adultes) == 1 and bool(ages),
        PublicDroit.JEUNE_ENFANT: any(a < 6 for a in ages),
        PublicDroit.DEUX_ENFANTS: len(ages) > 1,
        PublicDroit.TROIS_ENFANTS: len(ages) > 2,
        PublicDroit.ENFANT_SCOLARISE: any(6 <= a < 18 for a in ages),
        PublicDroit.LOCATAIRE: h.logement in (Logement.AVEC_AIDE, Logement.SANS_AIDE),
        PublicDroit.PROCHE_RETRAITE: any(age(a.naissance, mois) >= 60 for a in h.adultes),
    }
    return frozenset(public for public, vrai in trouves.items() if vrai)


def _impossibilites(h: Hypotheses) -> list[tuple[bool, str]]:
    jours = [h.premier_mois, *(a.naissance for a in h.adultes), *h.enfants]
    e = h.emploi
    return [
        (len(h.adultes) not in (1, 2), "Un foyer compte un ou deux adultes."),
        (len(h.enfants) > ENFANTS_MAX, f"L'estimation s'arrête à {ENFANTS_MAX} enfants."),
        (any(jour.day != 1 for jour in jours), "Les mois s'écrivent au premier jour."),
        (not 1 <= h.mois <= MOIS_MAX, f"L'estimation porte sur un à {MOIS_MAX} mois."),
        (any(a.naissance > h.premier_mois for a in h.adultes), "Un adulte du foyer est déjà né."),
        (any(r.montant < 0 for a in h.adultes for r in a.revenus), "Une ressource ne peut pas être négative."),
        (len(h.adultes) > 1 and h.isolement_jusqu_a is not None,
         "La majoration pour isolement suppose une personne seule."),
        (e is not None and not 0 <= e.adulte < len(h.adultes), "L'emploi concerne un adulte du foyer."),
        (e is not None and (e.salaire_net is None) == (e.salaire_horaire_brut is None),
         "Donnez le salaire net du mois ou le salaire horaire brut, l'un des deux."),
        (e is not None and e.heures_hebdo <= 0, "Un emploi compte des heures."),
        (e is not None and e.fin is not None and e.fin < e.debut, "L'emploi finit après son début."),
    ]  # fmt: skip


def _ordre(r: Revenu) -> tuple[str, str, str, Decimal]:
    return (r.nature.value, _texte(r.depuis) or "", _texte(r.jusqu_a) or "", r.montant)


def _revenu_en_json(r: Revenu) -> dict[str, Any]:
    return {
        "nature": r.nature.value, "montant": _montant(r.montant),
        "depuis": _texte(r.depuis), "jusqu_a": _texte(r.jusqu_a),
    }  # fmt: skip


def _revenu_de_json(brut: Mapping[str, Any]) -> Revenu:
    return Revenu(
        nature=NatureRevenu(brut["nature"]), montant=Decimal(brut["montant"]),
        depuis=_date(brut["depuis"]), jusqu_a=_date(brut["jusqu_a"]),
    )  # fmt: skip


def _emploi_en_json(e: Emploi | None) -> dict[str, Any] | None:
    if e is None:
        return None
    return {
        "adulte": e.adulte, "debut": e.debut.isoformat(), "fin": _texte(e.fin),
        "heures_hebdo": _montant(e.heures_hebdo),
        "salaire_horaire_brut": _montant(e.salaire_horaire_brut), "salaire_net": _montant(e.salaire_net),
        "garde_chomage": e.garde_chomage,
    }  # fmt: skip


def _emploi_de_json(brut: Mapping[str, Any] | None) -> Emploi | None:
    if brut is None:
        return None
    return Emploi(
        debut=date.fromisoformat(brut["debut"]), fin=_date(brut["fin"]), heures_hebdo=Decimal(brut["heures_hebdo"]),
        adulte=brut["adulte"], salaire_horaire_brut=_decimal(brut["salaire_horaire_brut"]),
        salaire_net=_decimal(brut["salaire_net"]), garde_chomage=brut["garde_chomage"],
    )  # fmt: skip


def _montant(valeur: Decimal | None) -> str | None:
    """Cents always written: 12, 12.0 and 12.00 are one amount."""
    try:
        return None if valeur is None else str(valeur.quantize(CENTIME, ROUND_HALF_UP))
    except InvalidOperation as erreur:
        raise HypothesesImpossibles("Un montant est trop grand pour être lu.") from erreur


def _decimal(texte: str | None) -> Decimal | None:
    return None if texte is None else Decimal(texte)


def _texte(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None


def _date(texte: str | None) -> date | None:
    return date.fromisoformat(texte) if texte else None
