"""The list sent to the paying body, and what its next file says of it (law_and_practice E21–E23). Pure.

The Département sends, once a month and per paying body, the people and the part to withhold (convention with the CAF of
28 November 2022). The month of effect is computed from the cut-off day, never typed. The body applies a decision after
its calculation of the right (``ReductionRSA``: an amount, a first month, sometimes a last one); the next files tell
whether it did. Lateness is ours: it never lengthens a measure and never takes back a month already paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, GenreLigne
from cordee.reglementation.calendrier import ajouter_mois, echeance_interne

S = EtatTransmission
ENTIER: Final = 100
CENTIME: Final = Decimal("0.01")
_DITS_PAR_LE_FICHIER: Final = frozenset({S.APPLIQUEE, S.PARTIELLEMENT, S.NON_APPLIQUEE})

SUITES: Final[dict[EtatTransmission, frozenset[EtatTransmission]]] = {
    S.PREPAREE: frozenset({S.ENVOYEE}),
    S.ENVOYEE: frozenset({S.ACCUSEE, S.REJETEE, *_DITS_PAR_LE_FICHIER}),
    S.ACCUSEE: frozenset({S.REJETEE, *_DITS_PAR_LE_FICHIER}),
    S.APPLIQUEE: _DITS_PAR_LE_FICHIER,
    S.PARTIELLEMENT: _DITS_PAR_LE_FICHIER,
    S.NON_APPLIQUEE: _DITS_PAR_LE_FICHIER,
    S.REJETEE: frozenset(),
}
"""What may follow what. A rejected line is final: what it asked goes out again on another list."""
PARTIES: Final = frozenset(S) - {S.PREPAREE}
EN_COURS: Final = frozenset({S.ENVOYEE, S.ACCUSEE, *_DITS_PAR_LE_FICHIER})
"""Sent, and not refused: the body is deemed to know."""


def premier_du_mois(jour: date) -> date:
    """The month of a day.

    >>> premier_du_mois(date(2026, 11, 22))
    datetime.date(2026, 11, 1)
    """
    return jour.replace(day=1)


def arret(mois: date, *, jour: int) -> date:
    """The cut-off of the list of a month: that day, or the working day before it.

    >>> arret(date(2026, 11, 1), jour=20), arret(date(2026, 12, 1), jour=20)  # Friday; Sunday
    (datetime.date(2026, 11, 20), datetime.date(2026, 12, 18))
    """
    return echeance_interne(mois.replace(day=jour))


def mois_de_liste(le: date, *, jour: int) -> date:
    """The month of the list a decision ready on ``le`` goes out with: this month's until the cut-off, then the next.

    >>> mois_de_liste(date(2026, 11, 20), jour=20), mois_de_liste(date(2026, 11, 21), jour=20)
    (datetime.date(2026, 11, 1), datetime.date(2026, 12, 1))
    """
    mois = premier_du_mois(le)
    return mois if le <= arret(mois, jour=jour) else ajouter_mois(mois, 1)


@dataclass(frozen=True, slots=True)
class Effet:
    """Months the body is asked to act on: from ``debut`` to ``fin`` excluded (``None``: until it is lifted)."""

    debut: date
    fin: date | None

    @property
    def mois(self) -> int | None:
        """How many months."""
        return None if self.fin is None else mois_entre(self.debut, self.fin)


def effet(*, debut: date, fin: date | None, liste: date) -> Effet | None:
    """What is left of a measure once the list of a month takes it: ``None`` when nothing is.

    A measure listed late begins late and ends as decided.

    >>> effet(debut=date(2026, 11, 10), fin=date(2027, 1, 10), liste=date(2026, 11, 1)).mois
    2
    >>> effet(debut=date(2026, 11, 1), fin=date(2027, 1, 1), liste=date(2026, 12, 1))
    Effet(debut=datetime.date(2026, 12, 1), fin=datetime.date(2027, 1, 1))
    >>> effet(debut=date(2026, 11, 1), fin=date(2026, 12, 1), liste=date(2026, 12, 1)) is None
    True
    """
    premier = max(premier_du_mois(debut), liste)
    dernier = None if fin is None else premier_du_mois(fin)
    return None if dernier is not None and dernier <= premier else Effet(premier, dernier)


def mois_entre(debut: date, fin: date) -> int:
    """Months from the one of ``debut`` to the one of ``fin``, excluded.

    >>> mois_entre(date(2026, 11, 1), date(2027, 2, 1))
    3
    """
    return (fin.year - debut.year) * 12 + fin.month - debut.month


def rappel_du(*, leve_le: date, effet: date, liste: date, annulation: bool = False) -> date | None:
    """First month to pay back: that of the lifting, or the first one withheld for a decision that is cancelled.

    ``None``: the list arrives before anything was withheld wrongly.

    >>> rappel_du(leve_le=date(2026, 11, 24), effet=date(2026, 10, 1), liste=date(2026, 12, 1))
    datetime.date(2026, 11, 1)
    >>> rappel_du(leve_le=date(2026, 11, 10), effet=date(2026, 10, 1), liste=date(2026, 11, 1)) is None
    True
    >>> rappel_du(leve_le=date(2026, 11, 24), effet=date(2026, 10, 1), liste=date(2026, 12, 1), annulation=True)
    datetime.date(2026, 10, 1)
    """
    premier = effet if annulation else max(premier_du_mois(leve_le), effet)
    return premier if premier < liste else None


def premier_mois_rembourse(leve_le: date, *, mois: int | None) -> date:
    """First of the months paid back at a lifting: the month of the lifting counts when part of it was suspended.

    >>> premier_mois_rembourse(date(2026, 11, 24), mois=2), premier_mois_rembourse(date(2026, 11, 1), mois=2)
    (datetime.date(2026, 10, 1), datetime.date(2026, 9, 1))
    >>> premier_mois_rembourse(date(2026, 11, 24), mois=None)
    datetime.date(2026, 11, 1)
    """
    courant = premier_du_mois(leve_le)
    if not mois:
        return courant
    return ajouter_mois(courant, -mois if leve_le == courant else 1 - mois)


def etat_de_la_liste(lignes: Iterable[EtatTransmission], *, sinon: EtatTransmission) -> EtatTransmission:
    """Where a list stands from its lines, once the files speak; ``sinon`` as long as none does.

    >>> etat_de_la_liste([S.APPLIQUEE, S.APPLIQUEE], sinon=S.ACCUSEE)
    <EtatTransmission.APPLIQUEE: 'appliquee'>
    >>> etat_de_la_liste([S.APPLIQUEE, S.ACCUSEE], sinon=S.ACCUSEE)
    <EtatTransmission.PARTIELLEMENT: 'partiellement'>
    >>> etat_de_la_liste([S.NON_APPLIQUEE, S.REJETEE], sinon=S.ACCUSEE)
    <EtatTransmission.NON_APPLIQUEE: 'non_appliquee'>
    """
    vus = set(lignes)
    if vus == {S.REJETEE}:
        return S.REJETEE
    if not vus & _DITS_PAR_LE_FICHIER:
        return sinon
    if vus == {S.APPLIQUEE}:
        return S.APPLIQUEE
    return S.NON_APPLIQUEE if vus <= {S.NON_APPLIQUEE, S.REJETEE} else S.PARTIELLEMENT


# The next files -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Attendu:
    """What a file should show of one measure: what was asked last, else what was decided.

    ``part``: percent of the allocation; ``montant``: euros a month. ``base_du_mois``: the part bears on the allocation
    of each month (R262-68 since 2025-06-01), so that an amount can be computed from the file (E22: before, it bears on
    the last month of the quarter of reference, which files do not give). ``total``: nothing at all is paid.
    ``premier``: when the measure itself began, where ``debut`` is the month of a change: the body may keep either.
    """

    debut: date
    fin: date | None
    part: int | None = None
    montant: Decimal | None = None
    base_du_mois: bool = True
    total: bool = False
    premier: date | None = None

    def montant_du_mois(self, droit: Decimal | None) -> Decimal | None:
        """Euros to withhold from a right of that amount; ``None`` when it cannot be said.

        >>> Attendu(date(2026, 11, 1), None, part=50).montant_du_mois(Decimal("568.93"))
        Decimal('284.46')
        """
        if self.montant is not None:
            return self.montant if droit is None else min(self.montant, droit)
        if self.part is None or droit is None or not self.base_du_mois:
            return None
        return (droit * self.part / ENTIER).quantize(CENTIME)


@dataclass(frozen=True, slots=True)
class Reduction:
    """One ``ReductionRSA``: euros a month, first day, last day (missing: open)."""

    montant: Decimal
    debut: date
    fin: date | None = None

    def couvre(self, mois: date) -> bool:
        return self.debut < ajouter_mois(mois, 1) and (self.fin is None or self.fin >= mois)


@dataclass(frozen=True, slots=True)
class Vu:
    """What the file says of a household in its last month.

    ``droit``: the allocation before the decision (total of the calculation, with what was withheld added back).
    ``retenu``: amount withheld in the calculation for the Département. ``arret``: payment or right stopped as a
    sanction; ``clos``: right closed by the Département; ``note``: contract written down as not respected, no amount.
    """

    mois: date
    reductions: tuple[Reduction, ...] = ()
    retenu: Decimal | None = None
    droit: Decimal | None = None
    arret: bool = False
    clos: bool = False
    note: bool = False

    @property
    def sanctionne(self) -> bool:
        """Whether something is withheld that month."""
        en_cours = any(r.couvre(self.mois) and r.montant > 0 for r in self.reductions)
        return en_cours or self.arret or self.clos or self.note or bool(self.retenu)


@dataclass(frozen=True, slots=True)
class Ecart:
    """One difference: what, what was asked, what is applied (as they are written)."""

    quoi: str
    attendu: str
    vu: str


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The verdict on one measure in one file; ``None``: this file cannot tell yet."""

    constat: ConstatCaisse | None
    ecarts: tuple[Ecart, ...] = ()


def comparer(attendu: Attendu, vu: Vu, *, tolerance: Decimal, finie: bool = False) -> Comparaison:
    """A measure against the last month of a file.

    Args:
        tolerance: difference of euros that counts for nothing (roundings).
        finie: nothing should be withheld any more (over, lifted, cancelled).

    >>> decide = Attendu(date(2026, 11, 1), date(2027, 1, 1), part=50)
    >>> juste = Reduction(Decimal("284.46"), date(2026, 11, 1), date(2026, 12, 31))
    >>> novembre = Vu(date(2026, 11, 1), (juste,), droit=Decimal("568.93"))
    >>> comparer(decide, novembre, tolerance=Decimal(1)).constat
    <ConstatCaisse.APPLIQUEE: 'appliquee'>
    >>> comparer(decide, Vu(date(2026, 11, 1)), tolerance=Decimal(1)).constat is None  # its month is not over
    True
    >>> comparer(decide, Vu(date(2026, 12, 1)), tolerance=Decimal(1)).constat
    <ConstatCaisse.NON_APPLIQUEE: 'non_appliquee'>
    >>> autre = Vu(date(2026, 11, 1), (Reduction(Decimal(400), date(2026, 11, 1)),), droit=Decimal("568.93"))
    >>> comparer(decide, autre, tolerance=Decimal(1)).ecarts
    (Ecart(quoi='montant', attendu='284.46', vu='400'),)
    """
    if finie:
        return Comparaison(ConstatCaisse.MAINTENUE if vu.sanctionne else ConstatCaisse.APPLIQUEE)
    if vu.mois < premier_du_mois(attendu.debut):
        return Comparaison(None)
    if not vu.sanctionne:
        return Comparaison(ConstatCaisse.NON_APPLIQUEE if vu.mois > premier_du_mois(attendu.debut) else None)
    ecarts = tuple(_ecarts(attendu, vu, tolerance))
    return Comparaison(ConstatCaisse.DIFFERENTE if ecarts else ConstatCaisse.APPLIQUEE, ecarts)


def _ecarts(attendu: Attendu, vu: Vu, tolerance: Decimal) -> Iterable[Ecart]:
    """What is not as asked. A payment stopped whole withholds everything: too much for a part."""
    en_cours = [r for r in vu.reductions if r.couvre(vu.mois)]
    if (vu.arret or vu.clos) and not en_cours:
        if attendu.part is not None and attendu.part < ENTIER and not attendu.total:
            yield Ecart("part", f"{attendu.part} %", "100 %")
        return
    retenu = sum((r.montant for r in en_cours), Decimal(0)) if en_cours else vu.retenu
    prevu = attendu.montant_du_mois(vu.droit)
    if prevu is not None and retenu is not None and abs(prevu - retenu) > tolerance:
        yield Ecart("montant", str(prevu), str(retenu))
    if not en_cours:
        return
    debut = min(premier_du_mois(r.debut) for r in en_cours)
    if debut not in {premier_du_mois(jour) for jour in (attendu.debut, attendu.premier) if jour}:
        yield Ecart("debut", premier_du_mois(attendu.debut).isoformat(), debut.isoformat())
    fins = [r.fin for r in en_cours]
    dites = [premier_du_mois(fin) for fin in fins if fin is not None]
    if attendu.fin is not None and len(dites) == len(fins):
        derniere = ajouter_mois(premier_du_mois(attendu.fin), -1)
        if max(dites) != derniere:
            yield Ecart("fin", derniere.isoformat(), max(dites).isoformat())


# The household ------------------------------------------------------------------------------------------------------
def parts_plafonnees(parts: Sequence[int], *, plafond: int | None) -> tuple[int, ...]:
    """What may be withheld at once from one household, decisions in order: their sum stays under the cap (E21).

    The first keeps its part up to the cap, the next ones what is left: nothing may be left.

    >>> parts_plafonnees([100], plafond=50), parts_plafonnees([30, 30], plafond=50)
    ((50,), (30, 20))
    >>> parts_plafonnees([100], plafond=None)
    (100,)
    """
    if plafond is None:
        return tuple(parts)
    reste, rendues = plafond, []
    for part in parts:
        rendues.append(min(part, reste))
        reste -= rendues[-1]
    return tuple(rendues)


def genre_de_fin(*, annulee: bool) -> GenreLigne:
    """The line that undoes what was asked."""
    return GenreLigne.ANNULER if annulee else GenreLigne.LEVER
