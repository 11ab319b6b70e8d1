"""What the law allows for a day, a household, a rank and a breach: intervals, never a suggestion inside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cordee.reglementation.regimes.enums import NatureMesure, TypeManquement, VoieFinDeDroit
from cordee.reglementation.regimes.modele import (
    TOUT,
    BaremeLocal,
    Foyer,
    Manquement,
    NiveauBareme,
    Plafond,
    Regime,
    RegimeInconnu,
)
from cordee.reglementation.regimes.registre import regime as regime_nomme
from cordee.reglementation.regimes.registre import regime_au


@dataclass(frozen=True, slots=True, kw_only=True)
class Niveau:
    """One kind of measure the law allows. Shares are those of this household: ``quotite_max`` is already capped.

    ``quotite_min`` of zero stands for a text without a floor. ``montant_max``: the text sets euros, not a share (2009).
    """

    type: NatureMesure
    quotite_min: Decimal | None
    quotite_max: Decimal | None
    duree_min_mois: int
    duree_max_mois: int
    plafond_foyer: Decimal | None
    ep_requise: bool
    contradictoire_jours: int
    articles: tuple[str, ...]
    montant_max: Decimal | None = None

    @property
    def total_possible(self) -> bool:
        """Whether the whole allowance may be withheld."""
        return self.quotite_max == TOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class FinDeDroit:
    """Whether the right may be ended, why, and under which article (E26). It is a faculty, never a consequence."""

    possible: bool
    motif: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocage:
    """Why nothing can be decided: a scale that could not be read, a breach the law does not know (E18)."""

    code: str
    phrase: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NiveauxLocaux:
    """The local scale in force, at this rank and for this household."""

    bareme: BaremeLocal
    niveaux: tuple[Niveau, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """The answer of the law. No level when it is blocked."""

    regime: Regime
    foyer: Foyer
    rang: int
    nature: TypeManquement | None
    niveaux: tuple[Niveau, ...]
    fin_de_droit: FinDeDroit
    blocages: tuple[Blocage, ...]
    bareme_local: NiveauxLocaux | None

    def niveau(self, nature: NatureMesure) -> Niveau | None:
        """The level of a kind of measure; ``None``: the law does not allow it here."""
        return next((niveau for niveau in self.niveaux if niveau.type is nature), None)


def cadre(
    *, regime: str | None = None, au: date, foyer: Foyer, rang: int, nature: TypeManquement | None = None,
    apres_suspension: bool | None = None, total_quatre_mois_acheve: bool | None = None, faits_le: date | None = None,
) -> Cadre:  # fmt: skip
    """What may be decided.

    Args:
        regime: name of the regime of the file (``choisir_regime``); by default that of ``au``.
        au: day of the decision. The ceilings in force that day protect the household whatever the regime (E21).
        foyer: the household of the first month.
        rang: 1 for a first breach (``rang_du_manquement``).
        nature: the breach; ``None`` asks about both breaches of contract.
        apres_suspension: whether a suspension was decided and notified before (E17); ``None``: assumed from rank 2 on.
        total_quatre_mois_acheve: whether a total suppression of four months ran to its end; ``None`` asks in principle.
        faits_le: day of the facts, by which the local scale is chosen; ``au`` by default.

    >>> c = cadre(au=date(2026, 11, 2), foyer=Foyer(2), rang=2)
    >>> [(n.type.value, str(n.quotite_min), str(n.quotite_max), n.duree_max_mois, n.ep_requise) for n in c.niveaux]
    [('suspension', '0.3', '0.5', 4, False), ('suppression', '0.3', '0.5', 4, True)]
    >>> c.fin_de_droit.possible, c.fin_de_droit.article
    (False, 'CASF R262-40 3° et R262-68-6')

    Raises:
        RegimeInconnu: unknown name, or no regime on that day.
        ValueError: a rank below one.
    """
    applicable = regime_nomme(regime) if regime else regime_au(au)
    plafond = _plafond(applicable, foyer, au)
    blocages = _blocages(applicable, nature)
    lignes = applicable.niveaux_du_rang(rang)
    suspendue = rang > 1 if apres_suspension is None else apres_suspension and rang > 1
    manquements = _manquements(applicable, nature)
    niveaux = tuple(
        _niveau(ligne, applicable, manquements, plafond)
        for ligne in lignes
        if not blocages and (suspendue or not ligne.apres_suspension)
    )
    local = applicable.bareme_local(faits_le or au)
    return Cadre(
        regime=applicable, foyer=foyer, rang=rang, nature=nature, niveaux=niveaux, blocages=blocages,
        fin_de_droit=_fin_de_droit(applicable, au, plafond, rang, blocages, acheve=total_quatre_mois_acheve),
        bareme_local=None if local is None else NiveauxLocaux(
            bareme=local,
            niveaux=tuple(
                _niveau(ligne, applicable, (), plafond)
                for ligne in local.niveaux_du_rang(rang) if not blocages
            ),
        ),
    )  # fmt: skip


def plafond_du_foyer(foyer: Foyer, *, regime: str, au: date) -> Plafond | None:
    """The ceiling that protects a household in a month: the lowest of the regime's and of the law of that month.

    >>> plafond_du_foyer(Foyer(1, majore=True), regime="NAT-2025", au=date(2026, 1, 1)).part  # pregnant and alone
    Decimal('0.5')
    >>> plafond_du_foyer(Foyer(1), regime="NAT-2025", au=date(2026, 1, 1)) is None
    True
    """
    return _plafond(regime_nomme(regime), foyer, au)


def _plafond(regime: Regime, foyer: Foyer, au: date) -> Plafond | None:
    try:
        du_jour = regime_au(au).plafond(foyer)
    except RegimeInconnu:
        du_jour = None
    trouves = [plafond for plafond in (regime.plafond(foyer), du_jour) if plafond is not None]
    return min(trouves, key=lambda plafond: plafond.part, default=None)


def _manquements(regime: Regime, nature: TypeManquement | None) -> tuple[Manquement, ...]:
    """The breach asked about; without one, those whose scale is known."""
    if nature is None:
        return tuple(m for m in regime.manquements if not m.blocage)
    manquement = regime.manquement(nature)
    return (manquement,) if manquement else ()


def _blocages(regime: Regime, nature: TypeManquement | None) -> tuple[Blocage, ...]:
    if nature is None:
        return ()
    manquement = regime.manquement(nature)
    if manquement is None:
        phrase = (
            f"« {nature.libelle} » n'est pas un manquement sous le régime « {regime.libelle} » : aucune mesure n'est "
            "possible à ce titre. Vérifiez la date des faits et leur qualification."
        )
        return (Blocage(code="manquement_inconnu", phrase=phrase, article=regime.reference),)
    if manquement.blocage:
        return (Blocage(code="bareme_non_verifie", phrase=manquement.blocage, article=manquement.article),)
    return ()


def _niveau(ligne: NiveauBareme, regime: Regime, manquements: Iterable[Manquement], plafond: Plafond | None) -> Niveau:
    # A ceiling below the least share would leave nothing lawful; none is.
    part = plafond.part if plafond else None
    maximum = ligne.quotite_max
    if maximum is not None and part is not None:
        maximum = min(maximum, part)
    articles = [a for m in manquements for a in m.articles] + list(ligne.articles)
    if plafond is not None:
        articles.append(plafond.article)
    return Niveau(
        type=ligne.type, quotite_min=ligne.quotite_min, quotite_max=maximum, duree_min_mois=ligne.duree_min,
        duree_max_mois=ligne.duree_max, plafond_foyer=part, ep_requise=ligne.ep,
        contradictoire_jours=regime.contradictoire.jours, articles=tuple(dict.fromkeys(articles)),
        montant_max=ligne.montant_max,
    )  # fmt: skip


# --------------------------------------------------------------------------- end of right
def _fin_de_droit(
    regime: Regime, au: date, plafond: Plafond | None, rang: int, blocages: tuple[Blocage, ...], *, acheve: bool | None
) -> FinDeDroit:
    """E26: the end of right follows the law of the day it is decided, and that of the facts as well."""
    regle = regime.fin_de_droit
    if blocages:
        return FinDeDroit(possible=False, motif=blocages[0].phrase, article=blocages[0].article)
    if regle.voie is VoieFinDeDroit.FERMEE:
        motif = (
            "Le texte qui règle la fin de droit pendant cette période n'a pas pu être lu : décision bloquée. Saisissez "
            "le service juridique."
        )
        return FinDeDroit(possible=False, motif=motif, article=regle.article)
    du_jour = regime_au(au).fin_de_droit
    if VoieFinDeDroit.SUPPRESSION_TOTALE not in (regle.voie, du_jour.voie):
        return _fin_ancienne(regle.article, rang)
    exigeante = regle if regle.voie is VoieFinDeDroit.SUPPRESSION_TOTALE else du_jour
    if regle is not exigeante:
        motif = (
            "Une mesure de l'ancien régime ne mène plus à la fin de droit : depuis le 1er juin 2025, il faut une "
            "suppression totale de quatre mois menée à son terme, que l'ancien barème ne connaît pas. 50 % puis 50 % "
            "n'y suffisent jamais."
        )
        return FinDeDroit(possible=False, motif=motif, article=exigeante.article)
    return _fin_actuelle(exigeante.article, plafond, rang, acheve=acheve)


def _fin_ancienne(article: str, rang: int) -> FinDeDroit:
    if rang > 1:
        motif = "Faculté ouverte au terme de la suspension de second rang, par une décision distincte et motivée."
        return FinDeDroit(possible=True, motif=motif, article=article)
    motif = "Impossible après une première mesure : seulement au terme d'une suspension de second rang."
    return FinDeDroit(possible=False, motif=motif, article=article)


def _fin_actuelle(article: str, plafond: Plafond | None, rang: int, *, acheve: bool | None) -> FinDeDroit:
    if plafond is not None:
        motif = (
            "Impossible pour ce foyer : la part suspendue ou supprimée y est plafonnée à 50 %, une suppression totale "
            "de quatre mois ne peut donc jamais y être prononcée. 50 % puis 50 % n'y suffisent pas."
        )
        return FinDeDroit(possible=False, motif=motif, article=f"{article} et {plafond.article.removeprefix('CASF ')}")
    if rang == 1:
        motif = (
            "Impossible après un premier manquement : il faut d'abord une suspension, puis une suppression totale de "
            "quatre mois menée à son terme."
        )
        return FinDeDroit(possible=False, motif=motif, article=article)
    if acheve is False:
        motif = "Impossible à ce stade : aucune suppression totale de quatre mois n'a été menée à son terme."
        return FinDeDroit(possible=False, motif=motif, article=article)
    motif = (
        "Faculté ouverte au terme d'une suppression totale de quatre mois, si la personne ne s'est pas mise en "
        "conformité : nouvelle décision, motivée et notifiée ; un membre du foyer qui a signé un contrat peut demander "
        "un report de six mois au plus."
    )
    return FinDeDroit(possible=True, motif=motif, article=article)
