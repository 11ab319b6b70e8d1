"""What an estimate says, month by month, and the same months with a measure. Exact cents, plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cordee.reglementation.prestations import MoisDu, MoisRetenu, Phase, retenues
from cordee.reglementation.regimes import Foyer, ProjetMesure

ZERO: Final = Decimal(0)
_MONTANTS: Final = (
    "rsa", "prime_activite", "salaires", "autres_revenus", "prestations_familiales", "ressources_retenues",
    "forfait_logement", "montant_forfaitaire",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisEstime:
    """One month of a household, before any measure.

    ``salaires``: everything earned by working. ``autres_revenus``: unemployment benefit, pensions, others. ``total``:
    what comes in; the housing benefit stays out (it is not estimated). ``examen``: month that fixed the amount.
    """

    mois: date
    examen: date
    personnes: int
    majore: bool
    rsa: Decimal
    prime_activite: Decimal
    salaires: Decimal
    autres_revenus: Decimal
    prestations_familiales: Decimal
    ressources_retenues: Decimal
    forfait_logement: Decimal
    montant_forfaitaire: Decimal

    @property
    def total(self) -> Decimal:
        return self.rsa + self.prime_activite + self.salaires + self.autres_revenus + self.prestations_familiales

    @property
    def foyer(self) -> Foyer:
        return Foyer(self.personnes, majore=self.majore)

    def en_json(self) -> dict[str, Any]:
        return {
            "mois": self.mois.isoformat(), "examen": self.examen.isoformat(), "personnes": self.personnes,
            "majore": self.majore, **{nom: str(getattr(self, nom)) for nom in _MONTANTS},
        }  # fmt: skip

    @classmethod
    def de_json(cls, brut: Mapping[str, Any]) -> MoisEstime:
        return cls(
            mois=date.fromisoformat(brut["mois"]), examen=date.fromisoformat(brut["examen"]),
            personnes=brut["personnes"], majore=brut["majore"], **{nom: Decimal(brut[nom]) for nom in _MONTANTS},
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultat:
    """The months of an estimate, in order. ``salaire_net``: net wage of a full month of the job, when there is one."""

    mois: tuple[MoisEstime, ...]
    salaire_net: Decimal | None = None

    @property
    def premier(self) -> MoisEstime:
        return self.mois[0]

    def total(self) -> Decimal:
        """What comes in over all the months."""
        return sum((m.total for m in self.mois), ZERO)

    def en_json(self) -> dict[str, Any]:
        return {
            "mois": [m.en_json() for m in self.mois],
            "salaire_net": None if self.salaire_net is None else str(self.salaire_net),
        }

    @classmethod
    def de_json(cls, brut: Mapping[str, Any]) -> Resultat:
        return cls(
            mois=tuple(MoisEstime.de_json(m) for m in brut["mois"]),
            salaire_net=None if brut["salaire_net"] is None else Decimal(brut["salaire_net"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisMesure:
    """One month of a household beside a measure: what is due, what is withheld, what comes in."""

    estime: MoisEstime
    retenu: MoisRetenu

    @property
    def mois(self) -> date:
        return self.estime.mois

    @property
    def phase(self) -> Phase:
        return self.retenu.phase

    @property
    def rsa(self) -> Decimal:
        """What is paid of the RSA."""
        return self.retenu.verse

    @property
    def total(self) -> Decimal:
        return self.estime.total - self.retenu.retenue


def apres_mesure(resultat: Resultat, projet: ProjetMesure, *, regime: str) -> tuple[MoisMesure, ...]:
    """The same months with a measure: the RSA alone bears it, after its calculation (E22).

    The prime d'activité is not touched: it never counts the RSA among resources (CSS L842-4).

    Raises:
        RegimeInconnu: no such regime.
    """
    dus = [MoisDu(mois=m.mois, du=m.rsa, foyer=m.foyer) for m in resultat.mois]
    lignes = retenues(projet, dus, regime_retenu=regime)
    return tuple(MoisMesure(estime=m, retenu=r) for m, r in zip(resultat.mois, lignes, strict=True))


def perte(mois: Sequence[MoisMesure]) -> Decimal:
    """All that a measure withholds over the months shown."""
    return sum((m.retenu.retenue for m in mois), ZERO)
