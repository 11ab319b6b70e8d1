"""What a regime of rights and duties is made of. Plain values: shares are exact decimals of 1, lengths are months."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cordee.reglementation.enums import Confiance
from cordee.reglementation.regimes.enums import Assiette, NatureMesure, TypeManquement, VoieFinDeDroit
from cordee.socle.erreurs import ErreurMetier

MOITIE = Decimal("0.5")
TOUT = Decimal(1)


class RegimeInconnu(ErreurMetier):
    """No regime of that name, or none in force on that day."""


@dataclass(frozen=True, slots=True)
class Foyer:
    """The household as the ceilings look at it.

    ``personnes``: everybody the allowance counts. ``majore``: increased allowance of a lone parent or of a lone
    pregnant woman (CASF L262-9), who is one person and yet protected (E21).
    """

    personnes: int
    majore: bool = False

    def __post_init__(self) -> None:
        if self.personnes < 1:
            raise ValueError("Un foyer compte au moins une personne.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NiveauBareme:
    """One line of the scale of a regime, before the household is known.

    ``sans_manifestation``: only where she gave no sign of life since the notification of the measure before.
    """

    rang: int
    type: NatureMesure
    duree_min: int
    duree_max: int
    ep: bool
    articles: tuple[str, ...]
    quotite_min: Decimal | None = None
    quotite_max: Decimal | None = None
    montant_max: Decimal | None = None
    apres_suspension: bool = False
    sans_manifestation: bool = False

    def contient(self, autre: NiveauBareme) -> bool:
        """Whether every measure of ``autre`` is one of ours (a local scale narrows the national one, E18)."""
        if self.quotite_min is None or self.quotite_max is None:
            return False
        if autre.quotite_min is None or autre.quotite_max is None:
            return False
        return (
            self.type is autre.type
            and self.quotite_min <= autre.quotite_min
            and autre.quotite_max <= self.quotite_max
            and self.duree_min <= autre.duree_min
            and autre.duree_max <= self.duree_max
            and autre.ep >= self.ep
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manquement:
    """A breach that exists under a regime; ``blocage``: its scale could not be read, nothing can be decided (E18)."""

    type: TypeManquement
    article: str
    articles: tuple[str, ...]
    levee: str = ""
    blocage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plafond:
    """Largest share of a household's allowance; ``majoree``: where it is increased, else where there are several."""

    part: Decimal
    majoree: bool
    article: str

    def concerne(self, foyer: Foyer) -> bool:
        return foyer.majore if self.majoree else foyer.personnes > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradictoire:
    """Least number of days to answer, from the day the letter of griefs was received (E27)."""

    jours: int
    article: str
    confiance: Confiance


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleRang:
    """What counts towards a rank (E17)."""

    par_nature: bool
    fenetre_mois: int | None
    nouvelle_orientation: bool
    article: str
    confiance: Confiance


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleFin:
    """The only way to an end of right (E26)."""

    voie: VoieFinDeDroit
    mois: int
    article: str
    confiance: Confiance


@dataclass(frozen=True, slots=True, kw_only=True)
class BaremeLocal:
    """A point, or a narrower interval, inside one or several national regimes."""

    id: str
    libelle: str
    parents: tuple[str, ...]
    territoire: str
    depuis: date
    jusqu_a: date | None
    reference: str
    confiance: Confiance
    note: str
    niveaux: tuple[NiveauBareme, ...]

    def en_vigueur(self, au: date) -> bool:
        return self.depuis <= au and (self.jusqu_a is None or au < self.jusqu_a)

    def niveaux_du_rang(self, rang: int) -> tuple[NiveauBareme, ...]:
        dernier = max(niveau.rang for niveau in self.niveaux)
        return tuple(niveau for niveau in self.niveaux if niveau.rang == min(rang, dernier))


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """One national regime, for facts from ``depuis`` to ``jusqu_a`` excluded."""

    id: str
    libelle: str
    depuis: date
    jusqu_a: date | None
    reference: str
    confiance: Confiance
    note: str
    assiette: Assiette
    manquements: tuple[Manquement, ...]
    niveaux: tuple[NiveauBareme, ...]
    plafonds: tuple[Plafond, ...]
    contradictoire: Contradictoire
    rang: RegleRang
    fin_de_droit: RegleFin
    locaux: tuple[BaremeLocal, ...] = field(default=())

    def en_vigueur(self, au: date) -> bool:
        """Whether facts of that day fall under this regime."""
        return self.depuis <= au and (self.jusqu_a is None or au < self.jusqu_a)

    @property
    def manquement_nouveau(self) -> bool:
        """Whether the breaches are those of the law of 2025."""
        return self.manquement(TypeManquement.REFUS_CONTRAT) is not None

    def manquement(self, nature: TypeManquement) -> Manquement | None:
        """The breach as this regime knows it; ``None``: it does not exist here."""
        return next((m for m in self.manquements if m.type is nature), None)

    def niveaux_du_rang(self, rang: int) -> tuple[NiveauBareme, ...]:
        """The lines of a rank; the last rank serves every later one."""
        if rang < 1:
            raise ValueError("Le rang commence à un.")
        dernier = max(niveau.rang for niveau in self.niveaux)
        return tuple(niveau for niveau in self.niveaux if niveau.rang == min(rang, dernier))

    def plafond(self, foyer: Foyer) -> Plafond | None:
        """The lowest ceiling that concerns a household; ``None``: none does."""
        concernes = [plafond for plafond in self.plafonds if plafond.concerne(foyer)]
        return min(concernes, key=lambda plafond: plafond.part, default=None)

    def bareme_local(self, au: date) -> BaremeLocal | None:
        """The local scale in force for facts of that day."""
        return next((local for local in self.locaux if local.en_vigueur(au)), None)

    def bareme_du_silence(self, au: date, rang: int) -> BaremeLocal | None:
        """The local scale under which that rank is for those who gave no sign of life; ``None``: none says so."""
        local = self.bareme_local(au)
        return local if local and any(n.sans_manifestation for n in local.niveaux_du_rang(rang)) else None
