"""Who gets which free slot: people in their order of right, each to the slot that disturbs her least."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest

from cordee.socle.horloge import jour

Cout = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Attendu:
    """Somebody to be given a slot.

    ``debut``: the hour she had (``None``: she had none). ``minutes``: the time she needs when the slot is not in her
    ``langue`` (0: any slot is long enough). ``occupee``: hours at which she is expected elsewhere.
    """

    cle: int
    structure: int
    genre: str
    modalites: frozenset[str]
    debut: datetime | None = None
    langue: str = ""
    minutes: int = 0
    occupee: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Libre:
    """A free slot and its places left. ``suite``: the one that begins when it ends, with the same agent."""

    cle: int
    structure: int
    genre: str
    modalite: str
    debut: datetime
    fin: datetime
    places: int = 1
    langue: str = ""
    suite: int | None = None


def au_plus_pres(attendu: Attendu, libre: Libre) -> Cout:
    """Same day first, then the nearest day; then the nearest hour of the day, the same hour above all.

    >>> from datetime import datetime
    >>> elle = Attendu(1, 7, "orientation", frozenset({"physique"}), debut=datetime(2026, 3, 3, 10))
    >>> def a(jour, heure):
    ...     debut = datetime(2026, 3, jour, heure)
    ...     return Libre(1, 7, "orientation", "physique", debut, debut)
    >>> rangs = sorted([a(4, 10), a(3, 16), a(3, 9)], key=lambda libre: au_plus_pres(elle, libre))
    >>> [(l.debut.day, l.debut.hour) for l in rangs]
    [(3, 9), (3, 16), (4, 10)]
    """
    if attendu.debut is None:
        return (libre.debut.timestamp(),)
    jours = abs((jour(libre.debut) - jour(attendu.debut)).days)
    ecart = abs((libre.debut - attendu.debut) - timedelta(days=(jour(libre.debut) - jour(attendu.debut)).days))
    return (jours, ecart.total_seconds(), libre.debut.timestamp())


def repartir(
    attendus: Iterable[Attendu], libres: Sequence[Libre], *, cout: Callable[[Attendu, Libre], Cout] = au_plus_pres
) -> dict[int, Libre | None]:
    """Give each person, in the order given, the cheapest slot that suits her; no slot gets more than its places.

    ``None``: no slot suits her any more. Deterministic: equal costs are settled by the slot's key.
    """
    reste = {libre.cle: libre.places for libre in libres}
    par_sorte: dict[tuple[int, str], list[Libre]] = {}
    for libre in libres:
        par_sorte.setdefault((libre.structure, libre.genre), []).append(libre)
    donnes: dict[int, Libre | None] = {}
    for attendu in attendus:
        possibles = [
            libre
            for libre in par_sorte.get((attendu.structure, attendu.genre), ())
            if reste[libre.cle] > 0 and convient(attendu, libre, reste)
        ]
        choisi = min(possibles, key=lambda libre: (*cout(attendu, libre), libre.cle), default=None)
        donnes[attendu.cle] = choisi
        if choisi is not None:
            reste[choisi.cle] -= 1
            if choisi.suite is not None and prolonge(attendu, choisi):
                reste[choisi.suite] -= 1
    return donnes


def meilleurs(
    attendu: Attendu, libres: Sequence[Libre], *, nombre: int, cout: Callable[[Attendu, Libre], Cout] = au_plus_pres
) -> list[Libre]:
    """The best slots that suit her, whoever else they could suit: what she may be offered instead."""
    reste = {libre.cle: libre.places for libre in libres}
    possibles = (
        libre
        for libre in libres
        if (libre.structure, libre.genre) == (attendu.structure, attendu.genre) and convient(attendu, libre, reste)
    )
    return nsmallest(nombre, possibles, key=lambda libre: (*cout(attendu, libre), libre.cle))


def prolonge(attendu: Attendu, libre: Libre) -> bool:
    """Whether she needs the next slot as well."""
    if libre.langue and libre.langue == attendu.langue:
        return False
    return libre.fin - libre.debut < timedelta(minutes=attendu.minutes)


def convient(attendu: Attendu, libre: Libre, reste: Mapping[int, int]) -> bool:
    """Way, language, time for an interpreter, and no other appointment of hers at that hour."""
    if libre.modalite not in attendu.modalites or (libre.langue and libre.langue != attendu.langue):
        return False
    fin = libre.fin
    if prolonge(attendu, libre):
        if libre.suite is None or reste.get(libre.suite, 0) <= 0:
            return False
        fin += libre.fin - libre.debut
    return not any(debut < fin and libre.debut < autre_fin for debut, autre_fin in attendu.occupee)


def suites(creneaux: Iterable[tuple[int, int | None, int | None, datetime, datetime, str]]) -> dict[int, int]:
    """For each slot, the one that begins when it ends with the same agent (or the same opening, at desks).

    Rows: ``(id, agent, opening, beginning, end, kind)``.
    """
    lignes = list(creneaux)
    debuts = {_place(agent, plage, genre, debut): pk for pk, agent, plage, debut, _, genre in lignes}
    trouves = (
        (pk, debuts.get(_place(agent, plage, genre, fin))) for pk, agent, plage, _, fin, genre in lignes
    )  # fmt: skip
    return {pk: suite for pk, suite in trouves if suite is not None and suite != pk}


def _place(agent: int | None, plage: int | None, genre: str, quand: datetime) -> tuple[object, ...]:
    return ("agent", agent, genre, quand) if agent is not None else ("plage", plage, genre, quand)
