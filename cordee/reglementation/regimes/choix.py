"""Which regime a file falls under: that of the facts, or that of the decision where it is milder (E20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.reglementation.regimes.enums import NatureMesure, TypeManquement
from cordee.reglementation.regimes.modele import TOUT, Foyer, NiveauBareme, Regime
from cordee.reglementation.regimes.registre import regime_au

FOYERS_TYPES = (Foyer(1), Foyer(2), Foyer(1, majore=True))
RANGS_TYPES = (1, 2)
GRAVITE = {NatureMesure.REDUCTION: 0, NatureMesure.SUSPENSION: 0, NatureMesure.SUPPRESSION: 1}
#: The lump sum of one person has never been below 400 €: a ceiling in euros is worth at most this share (2009).
PART_DE_CENT_EUROS = Decimal("0.25")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoixRegime:
    """Both regimes and the one retained, with the reason in French: a human lawyer must be able to disagree."""

    des_faits: str
    de_la_decision: str
    retenu: str
    motif: str
    articles: tuple[str, ...]

    @property
    def different(self) -> bool:
        """Whether the law changed between the facts and the decision: both are then shown."""
        return self.des_faits != self.de_la_decision


def choisir_regime(
    *, faits_le: date, decision_le: date, foyer: Foyer | None = None, rang: int | None = None,
    nature: TypeManquement | None = None,
) -> ChoixRegime:  # fmt: skip
    """The regime of a file (E20, confidence medium: the milder law is a principle, no text says it for the RSA).

    The later regime is milder when it is harsher on no point (least and largest share, length, kind of measure) for
    this household and rank, and gentler on one; where it is harsher on one point and gentler on another, the two are
    never mixed: the facts' regime stands. A breach that the law no longer knows is no longer sanctioned.

    >>> choisir_regime(faits_le=date(2025, 4, 2), decision_le=date(2025, 9, 1)).retenu
    'NAT-2012-TRANS'
    >>> choisir_regime(faits_le=date(2012, 3, 1), decision_le=date(2012, 9, 1), foyer=Foyer(2), rang=2).retenu
    'NAT-2012'

    Raises:
        RegimeInconnu: facts before the RSA existed.
        ValueError: a decision before the facts.
    """
    if decision_le < faits_le:
        raise ValueError("La décision ne peut pas précéder les faits.")
    ancien, nouveau = regime_au(faits_le), regime_au(decision_le)
    articles = tuple(dict.fromkeys((ancien.reference, nouveau.reference)))
    if ancien is nouveau:
        motif = f"La loi n'a pas changé entre les faits et la décision : {ancien.libelle}."
        return ChoixRegime(
            des_faits=ancien.id, de_la_decision=nouveau.id, retenu=ancien.id, motif=motif, articles=articles
        )
    foyers = (foyer,) if foyer else FOYERS_TYPES
    rangs = (rang,) if rang else RANGS_TYPES
    jour = date_en_toutes_lettres(faits_le)
    if nature is not None and ancien.manquement(nature) and not nouveau.manquement(nature):
        retenu = nouveau
        motif = (
            f"« {nature.libelle} » n'est plus sanctionné par la loi en vigueur au jour de la décision : la loi plus "
            "douce s'applique. Faites vérifier ce point par le service juridique."
        )
    elif all(_plus_doux(nouveau, ancien, f, r) for f in foyers for r in rangs):
        retenu = nouveau
        motif = (
            f"Les faits du {jour} relèvent de « {ancien.libelle} » ; « {nouveau.libelle} », en vigueur au jour de la "
            "décision, n'est plus sévère sur aucun point : le plus doux s'applique."
        )
    else:
        retenu = ancien
        motif = (
            f"Les faits du {jour} relèvent de « {ancien.libelle} ». « {nouveau.libelle} », en vigueur au jour de la "
            "décision, est plus sévère sur un point au moins : il ne s'applique pas à ces faits."
        )
    return ChoixRegime(des_faits=ancien.id, de_la_decision=nouveau.id, retenu=retenu.id, motif=motif, articles=articles)


def _plus_doux(nouveau: Regime, ancien: Regime, foyer: Foyer, rang: int) -> bool:
    """Harsher on no point, gentler on one."""
    apres, avant = _severite(nouveau, foyer, rang), _severite(ancien, foyer, rang)
    return all(a <= b for a, b in zip(apres, avant, strict=True)) and apres != avant


def _severite(regime: Regime, foyer: Foyer, rang: int) -> tuple[Decimal | int, ...]:
    niveaux = regime.niveaux_du_rang(rang)
    plafond = regime.plafond(foyer)
    part = plafond.part if plafond else TOUT
    return (
        max(min(_part(n.quotite_max), part) for n in niveaux),
        min(min(n.quotite_min or Decimal(0), part) for n in niveaux),
        max(n.duree_max for n in niveaux),
        min(n.duree_min for n in niveaux),
        max(_gravites(niveaux)),
        # Without the opinion of the équipe pluridisciplinaire, a guarantee is lost.
        int(not all(n.ep for n in niveaux if GRAVITE[n.type] == 0)),
    )


def _part(quotite: Decimal | None) -> Decimal:
    return PART_DE_CENT_EUROS if quotite is None else quotite


def _gravites(niveaux: Iterable[NiveauBareme]) -> Iterable[int]:
    return (GRAVITE[n.type] for n in niveaux)
