"""Hours really done: weeks, which source counts and why, questions worth asking. Pure.

Nothing here sanctions, scores or compares people: a question is put to whoever enters the hours or reads them, in words
that accuse nobody (issue 6, point 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from cordee.metier.contrats.enums import FamilleActivite, SourceHeures
from cordee.reglementation.contrat_engagement import MotifDispense, anniversaire_limite
from cordee.reglementation.parametres import entier

UNE_SEMAINE: Final = timedelta(days=7)
DEPUIS: Final = date(2025, 1, 1)
"""Weekly hours of a plan exist since then (L5411-6 II)."""
PAR_SEMAINE_ET_FAMILLE: Final = Decimal(70)
"""More than this in a family is a typing mistake: refused."""
ECART_NOTABLE: Final = Decimal(4)
"""Hours between two sources from which the difference is worth a question."""
FORCE: Final = (SourceHeures.VERIFIEE, SourceHeures.PRESENTE, SourceHeures.DECLAREE)
"""The strongest source first: a document seen, then what was seen, then what was said."""


def lundi(jour: date) -> date:
    """The Monday of a day's week: what names the week.

    >>> lundi(date(2026, 11, 22)), lundi(date(2026, 11, 16))
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 16))
    """
    return jour - timedelta(days=jour.weekday())


def semaines(du: date, au: date) -> list[date]:
    """The Mondays of the weeks from one day to another, both weeks included, the last one first.

    >>> semaines(date(2026, 11, 4), date(2026, 11, 16))
    [datetime.date(2026, 11, 16), datetime.date(2026, 11, 9), datetime.date(2026, 11, 2)]
    """
    debut, fin = lundi(du), lundi(au)
    return [fin - n * UNE_SEMAINE for n in range((fin - debut).days // 7 + 1)]


def premiere_semaine_due(debut: date) -> date:
    """The first whole week of a contract: what is done before it is welcome, never awaited.

    >>> premiere_semaine_due(date(2026, 11, 18)), premiere_semaine_due(date(2026, 11, 16))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 16))
    """
    return debut if debut.weekday() == 0 else lundi(debut) + UNE_SEMAINE


def heures_en_mots(heures: Decimal) -> str:
    """
    >>> heures_en_mots(Decimal("7.5")), heures_en_mots(Decimal("10.0"))
    ('7 h 30', '10 h')
    """
    entieres, reste = divmod(heures, 1)
    minutes = int((reste * 60).to_integral_value())
    return f"{int(entieres)} h {minutes:02d}" if minutes else f"{int(entieres)} h"


@dataclass(frozen=True, slots=True)
class Dite:
    """What one source says of one family in one week. ``par``: the body, or the words for the person."""

    source: SourceHeures
    heures: Decimal
    par: str


@dataclass(frozen=True, slots=True)
class Retenue:
    """The hours that count for a family in a week, and the sentence that says why."""

    heures: Decimal
    source: SourceHeures
    pourquoi: str


def retenir(dites: Iterable[Dite]) -> Retenue | None:
    """The strongest source counts; bodies of that source add up, since a person is in one place at a time.

    >>> d = [Dite(SourceHeures.DECLAREE, Decimal(10), "la personne"), Dite(SourceHeures.PRESENTE, Decimal(6), "l'EDS")]
    >>> retenir(d).heures, retenir(d).pourquoi
    (Decimal('6'), "Constatées (l'EDS) : prises avant ce que dit la personne, 10 h, qui reste noté.")
    >>> retenir([]) is None
    True
    """
    par_source: dict[SourceHeures, list[Dite]] = {}
    for dite in dites:
        par_source.setdefault(dite.source, []).append(dite)
    for source in FORCE:
        if source in par_source:
            siennes = par_source.pop(source)
            heures = sum((d.heures for d in siennes), Decimal(0))
            return Retenue(heures, source, _pourquoi(source, siennes, par_source))
    return None


def _pourquoi(source: SourceHeures, siennes: list[Dite], autres: Mapping[SourceHeures, list[Dite]]) -> str:
    if source is SourceHeures.DECLAREE:
        return "Ce que dit la personne : aucune autre source."
    qui = " et ".join(dict.fromkeys(d.par for d in siennes))
    tete = f"{source.libelle} ({qui})"
    dit = sum((d.heures for d in autres.get(SourceHeures.DECLAREE, ())), Decimal(0))
    vu = sum((d.heures for d in autres.get(SourceHeures.PRESENTE, ())), Decimal(0))
    restes = []
    if SourceHeures.DECLAREE in autres:
        restes.append(f"ce que dit la personne, {heures_en_mots(dit)}")
    if SourceHeures.PRESENTE in autres:
        restes.append(f"ce qui a été constaté, {heures_en_mots(vu)}")
    if not restes:
        return f"{tete} : seule source."
    return f"{tete} : prises avant {' et '.join(restes)}, qui {'reste noté' if len(restes) == 1 else 'restent notés'}."


@dataclass(frozen=True, slots=True)
class Semaine:
    """One week of one person: what the plan foresees, what counts, by family."""

    lundi: date
    prevues: Decimal | None
    plan: Mapping[FamilleActivite, Decimal] = field(default_factory=dict)
    dites: Mapping[FamilleActivite, tuple[Dite, ...]] = field(default_factory=dict)
    empechement: str = ""

    @property
    def retenues(self) -> dict[FamilleActivite, Retenue]:
        """By family, in the order of the law (R5411-15)."""
        trouvees = {f: retenir(self.dites[f]) for f in FamilleActivite if f in self.dites}
        return {f: r for f, r in trouvees.items() if r is not None}

    @property
    def renseignee(self) -> bool:
        """Whether anybody said anything of this week, even that nothing could be done."""
        return bool(self.dites)

    @property
    def total(self) -> Decimal | None:
        """All that counts, paid work included (R5411-15 6°); ``None``: nobody has said anything."""
        return sum((r.heures for r in self.retenues.values()), Decimal(0)) if self.dites else None


def questions(semaine: Semaine, *, interrompue: bool = False) -> list[str]:
    """What is worth asking about a week: a mistake of typing, two sources apart. No answer is presumed.

    >>> s = Semaine(date(2026, 11, 16), Decimal(15), dites={
    ...     FamilleActivite.ACTIVITE: (Dite(SourceHeures.DECLAREE, Decimal(41), "la personne"),)})
    >>> questions(s)
    ["41 h en tout, au-delà de 35 h : le nombre est-il juste ? S'il l'est, tant mieux, il reste tel quel."]
    """
    posees = []
    maximum = entier("heures_hebdo_max", au=max(semaine.lundi, DEPUIS))
    total = semaine.total
    if total is not None and total > maximum:
        posees.append(
            f"{heures_en_mots(total)} en tout, au-delà de {maximum} h : le nombre est-il juste ? S'il l'est, tant "
            "mieux, il reste tel quel."
        )
    for famille, dites in semaine.dites.items():
        dit = sum((d.heures for d in dites if d.source is SourceHeures.DECLAREE), Decimal(0))
        autres = [d for d in dites if d.source is not SourceHeures.DECLAREE]
        retenue = retenir(autres)
        if retenue and any(d.source is SourceHeures.DECLAREE for d in dites):
            ecart = abs(dit - retenue.heures)
            if ecart >= ECART_NOTABLE:
                posees.append(
                    f"{famille.libelle} : la personne dit {heures_en_mots(dit)}, {autres[0].par} note "
                    f"{heures_en_mots(retenue.heures)}. Manque-t-il une activité, ou un jour ? À voir ensemble."
                )
    if interrompue and total:
        posees.append(
            "L'accompagnement était interrompu cette semaine-là : la reprise a-t-elle eu lieu plus tôt que prévu ?"
        )
    return posees


# The hours of the contract ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AlerteHeures:
    """A day from which the agreed hours must be looked at again with the person (E36)."""

    le: date
    phrase: str
    reference: str
    atteinte: bool


def alertes(
    *, heures: Decimal | None, motif: str, revue_le: date | None, enfant_ne_le: date | None, au: date
) -> list[AlerteHeures]:
    """The days to come: the agreed review, and the twelfth birthday of the child whose care was the ground.

    >>> [a.phrase for a in alertes(heures=Decimal(0), motif="parent_isole_sans_garde", revue_le=date(2026, 12, 1),
    ...     enfant_ne_le=date(2014, 12, 10), au=date(2026, 11, 22))]
    ['Durée à revoir avec la personne, date convenue.', "Les douze ans de l'enfant : ce motif ne vaut plus ensuite."]
    """
    trouvees = []
    if revue_le is not None:
        trouvees.append((revue_le, "Durée à revoir avec la personne, date convenue."))
    if heures == 0 and motif == MotifDispense.PARENT_ISOLE_SANS_GARDE and enfant_ne_le is not None:
        limite = anniversaire_limite(enfant_ne_le, au=au)
        trouvees.append((limite, "Les douze ans de l'enfant : ce motif ne vaut plus ensuite."))
    return [AlerteHeures(le, phrase, "C. trav. L5411-6 II", le <= au) for le, phrase in sorted(trouvees)]


def reste_a_repartir(heures: Decimal | None, plan: Mapping[FamilleActivite, Decimal]) -> Decimal | None:
    """Hours of the contract that no line of the plan bears yet; negative when the lines exceed it.

    >>> reste_a_repartir(Decimal(15), {FamilleActivite.FORMATION: Decimal(12)})
    Decimal('3')
    """
    return None if heures is None or not plan else heures - sum(plan.values(), Decimal(0))
