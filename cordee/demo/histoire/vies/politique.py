"""What agents did, year by year: dated rates, each with where it comes from. The only place to tune lives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cordee.socle.enums import EnumLibelle


class Provenance(EnumLibelle):
    """Where a rate comes from. Only the first kind may be shown as a published figure."""

    PUBLIE = "publie", "Chiffre publié"
    DERIVE = "derive", "Calculé pour atteindre un chiffre publié"
    HYPOTHESE = "hypothese", "Hypothèse de la démonstration"


@dataclass(frozen=True, slots=True)
class Taux:
    """A rate in time: each value holds from its day until the next one."""

    quoi: str
    provenance: Provenance
    valeurs: Mapping[date, float]
    _jours: tuple[date, ...] = field(init=False, repr=False)
    _suite: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        jours = tuple(sorted(self.valeurs))
        object.__setattr__(self, "_jours", jours)
        object.__setattr__(self, "_suite", tuple(self.valeurs[j] for j in jours))

    def au(self, jour: date) -> float:
        """The value on a day; the first one before it."""
        return self._suite[max(bisect_right(self._jours, jour) - 1, 0)]

    def tranches(self, depuis: date) -> list[tuple[date, float]]:
        """(end, value) of each period from a day on; the last one has no end."""
        rang = max(bisect_right(self._jours, depuis) - 1, 0)
        return [*zip(self._jours[rang + 1 :], self._suite[rang:], strict=False), (date.max, self._suite[-1])]


P = Provenance
D = date
_2010, _2022, _2023, _2024, _2025, _2026 = (date(a, 1, 1) for a in (2010, 2022, 2023, 2024, 2025, 2026))

# Orientation ---------------------------------------------------------------------------------------------------------
DELAI_ORIENTATION: Final = Taux(
    "Jours entre l'entrée et l'orientation sur dossier", P.DERIVE,
    {_2010: 88, _2022: 80, _2023: 66, _2024: 55, _2025: 30},
)  # fmt: skip
DELAI_CONVOCATION: Final = Taux(
    "Jours entre l'information et la convocation (publié : de trois jours à un mois, 2022)", P.DERIVE,
    {_2010: 26, _2022: 24, _2023: 20, _2024: 14, _2025: 8, _2026: 7},
)  # fmt: skip
DELAI_RENDEZ_VOUS: Final = Taux(
    "Jours entre la convocation et le rendez-vous", P.HYPOTHESE, {_2010: 27, _2023: 19, _2024: 16, _2025: 12},
)  # fmt: skip
DELAI_DECISION: Final = Taux(
    "Jours entre l'entretien et la décision", P.HYPOTHESE, {_2010: 22, _2023: 16, _2024: 8, _2025: 1.5},
)  # fmt: skip
DELAI_ALLER_VERS: Final = Taux(
    "Jours avant une démarche d'aller-vers", P.HYPOTHESE, {_2010: 60, _2023: 45, _2024: 25, _2025: 8},
)  # fmt: skip
SUR_DOSSIER: Final = Taux(
    "Part des personnes inscrites orientées sans entretien", P.HYPOTHESE,
    {_2010: 0.62, _2023: 0.55, _2024: 0.40, _2025: 0.0},
)  # fmt: skip
OUBLIEE: Final = Taux(
    "Part des entrantes laissées sans convocation (publié : 11 000 à 14 000 jamais accompagnées en 2021)", P.DERIVE,
    {_2010: 0.132, _2022: 0.10, _2023: 0.06, _2024: 0.02, _2025: 0.0},
)  # fmt: skip
RATTRAPAGE: Final = Taux(
    "Risque annuel qu'une personne oubliée soit convoquée (publié : plus d'un tiers orientées fin 2025)", P.DERIVE,
    {_2010: 0.0, _2022: 0.04, _2024: 0.25, _2025: 0.4, _2026: 1.6, D(2026, 7, 1): 4.0},
)  # fmt: skip
PAR_SMS: Final = Taux(
    "Part des rendez-vous annoncés par SMS, créneau choisi", P.HYPOTHESE,
    {_2010: 0.1, _2022: 0.25, _2023: 0.4, _2024: 0.6, _2025: 0.8},
)  # fmt: skip
ABSENCE_SMS: Final = 0.18
ABSENCE_COURRIER: Final = 0.30
ABSENCE_COURRIER_ANCIENNE: Final = 0.45
EXCUSEE: Final = 0.24
JOINTE_ALLER_VERS: Final = 0.45

# Towards whom: shares of (employment operator, sector, contracted operators) ------------------------------------------
VERS_OPERATEUR_EMPLOI: Final = Taux(
    "Part des orientations vers l'opérateur de l'emploi", P.DERIVE, {_2010: 0.48, _2022: 0.44, _2024: 0.42}
)
VERS_OPERATEURS: Final = Taux(
    "Part des orientations vers un opérateur sous marché (publié : depuis le 1er janvier 2024)", P.DERIVE,
    {_2010: 0.0, _2024: 0.35, _2025: 0.35},
)  # fmt: skip
VERS_EQUIPES: Final = Taux(
    "Part des orientations du secteur reprises par les équipes spécialisées (31 agents, publié en 2025)", P.DERIVE,
    {_2010: 0.0, D(2023, 9, 1): 0.10, _2024: 0.20, _2025: 0.24},
)  # fmt: skip
MISSION_LOCALE: Final = 0.55
HANDICAP: Final = 0.08
CAP_EMPLOI: Final = 0.20
PARCOURS_EMPLOI: Final = Taux(
    "Part des orientations en parcours emploi, hors expérimentation", P.HYPOTHESE, {_2010: 0.42, _2024: 0.40}
)
PARCOURS_EMPLOI_EXPERIMENTATION: Final = Taux(
    "Part des orientations en parcours professionnel à Créteil, Champigny et Villiers", P.PUBLIE,
    {_2010: 0.245, D(2024, 3, 1): 0.43},
)  # fmt: skip
DEBUT_EXPERIMENTATION: Final = D(2024, 3, 1)

# Référent and contract -----------------------------------------------------------------------------------------------
SANS_SUITE: Final = Taux(
    "Part des orientations vers le secteur laissées sans référent", P.DERIVE, {_2010: 0.22, _2022: 0.12, _2024: 0.0}
)
DELAI_ACCUEIL: Final = Taux("Jours avant l'accord de la structure", P.HYPOTHESE, {_2010: 20, _2024: 8, _2025: 5})
DELAI_REFERENT: Final = Taux("Jours avant la nomination du référent", P.HYPOTHESE, {_2010: 25, _2024: 10, _2025: 6})
CONTRAT_FLUX: Final = Taux(
    "Risque annuel de contrat, personnes entrées depuis 2024 (avant 2024 : entrées dans l'année)", P.DERIVE,
    {_2010: 0.60, _2023: 0.75, _2024: 7.0, D(2024, 7, 1): 10.0, _2025: 14.0},
)  # fmt: skip
CONTRAT_REORIENTEE: Final = Taux(
    "Risque annuel de contrat, personnes de l'ancien stock réorientées depuis 2024", P.DERIVE,
    {_2010: 0.0, _2024: 1.6, _2025: 3.0},
)  # fmt: skip
CONTRAT_STOCK: Final = Taux(
    "Risque annuel de contrat, ancien stock", P.DERIVE,
    {_2010: 0.17, _2023: 0.21, _2024: 0.40, _2025: 1.0, _2026: 0.34},
)  # fmt: skip
CER_EN_COURS_A_LA_REPRISE: Final = 0.25
RENOUVELLEMENT: Final = Taux(
    "Part des contrats renouvelés à leur terme", P.HYPOTHESE, {_2010: 0.87, D(2024, 10, 1): 0.92}
)
AVEC_RENDEZ_VOUS: Final = Taux(
    "Part des contrats précédés d'un rendez-vous", P.HYPOTHESE, {_2010: 0.15, _2024: 0.4, _2025: 0.6}
)
INTENSIF: Final = Taux(
    "Part des contrats en accompagnement intensif, hors opérateurs", P.DERIVE,
    {_2010: 0.21, _2024: 0.50, _2025: 0.66},
)  # fmt: skip
INTENSIF_OPERATEUR: Final = 1.35
INTENSIF_EQUIPE: Final = 1.1
SEUIL_EXPERIMENTATION: Final = 0.26
SELECTION_EXPERIMENTATION: Final = 3.5
"""In the three communes of the experiment, the more employable are taken in intensive support: the naive contrast is
then far above the true effect (published 20.7 % against 11 %; true effect chosen by the makers of households)."""
VERS_INTENSIF: Final = Taux(
    "Risque annuel, pour une personne suivie ailleurs, d'être réorientée vers un opérateur", P.DERIVE,
    {_2010: 0.0, _2024: 0.16, _2025: 0.16, _2026: 0.04},
)  # fmt: skip
DILUE: Final = 0.40

# Accompaniment -------------------------------------------------------------------------------------------------------
RETARD_CONTACT: Final = Taux(
    "Part des contacts faits après la date convenue", P.HYPOTHESE,
    {_2010: 0.5, _2024: 0.4, _2025: 0.3, _2026: 0.22, D(2026, 9, 1): 0.18},
)  # fmt: skip
JOINTE: Final = 0.89
CONTACT_SANS_CONTRAT: Final = Taux(
    "Jours entre deux contacts, référent nommé et contrat à signer", P.HYPOTHESE,
    {_2010: 230, _2022: 200, _2024: 120, _2025: 80, _2026: 55, D(2026, 8, 1): 28, D(2026, 9, 20): 13},
)  # fmt: skip
INTERRUPTION: Final = Taux("Risque annuel d'interruption", P.HYPOTHESE, {_2010: 0.02, _2023: 0.035})
EN_ACTION: Final = Taux("Risque annuel d'action longue", P.HYPOTHESE, {_2010: 0.02, _2023: 0.05})
REORIENTATION: Final = Taux("Risque annuel de réorientation", P.HYPOTHESE, {_2010: 0.02, _2023: 0.035, _2025: 0.06})
PROCEDURE: Final = Taux(
    "Risque annuel d'une proposition de sanction, référent nommé", P.HYPOTHESE,
    {_2010: 0.05, _2023: 0.15, D(2025, 6, 1): 0.06},
)  # fmt: skip
PROCEDURE_CLASSEE: Final = 0.45

# Employment operator's files -----------------------------------------------------------------------------------------
FICHIERS_OPERATEUR: Final = D(2024, 2, 20)
CONNUE_OPERATEUR: Final = Taux(
    "Part des personnes dont l'opérateur de l'emploi donne des nouvelles", P.HYPOTHESE,
    {_2010: 0.0, _2024: 0.55, _2025: 0.75, _2026: 0.9},
)  # fmt: skip
CONTRAT_OPERATEUR: Final = Taux(
    "Risque annuel de contrat annoncé par l'opérateur de l'emploi, ancien stock", P.DERIVE,
    {_2010: 0.0, _2025: 0.40, _2026: 0.14},
)  # fmt: skip
CONTRAT_OPERATEUR_FLUX: Final = 24.0
"""How many times more for people oriented since 2024: entrants first, the stock later (S1)."""
ENTRE_NOUVELLES: Final = Taux(
    "Jours entre deux nouvelles d'un partenaire", P.HYPOTHESE, {_2010: 200, _2025: 130, _2026: 90, D(2026, 7, 1): 50}
)


def tous() -> dict[str, Taux]:
    """Every dated rate, by its name: what the documentation prints."""
    return {nom: valeur for nom, valeur in globals().items() if isinstance(valeur, Taux)}
