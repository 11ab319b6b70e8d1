"""The only file that moves ``Creneau.prises``: the database decides, whoever asks at the same instant.

Taking one place is one conditional ``UPDATE``; several slots are locked in the order of their ids, so that two acts
never wait for each other (ADR 0014).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import F

from cordee.metier.rendezvous.enums import StatutCreneau, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous

# An appointment in one of these states holds its place.
TIENNENT = frozenset({StatutRendezVous.PREVU, StatutRendezVous.HONORE, StatutRendezVous.ABSENT})


def prendre(creneau_id: int) -> bool:
    """Take one place of an open slot. ``False``: none is left, or the slot is closed."""
    libres = Creneau.objects.filter(pk=creneau_id, statut=StatutCreneau.OUVERT, prises__lt=F("places") + F("surplus"))
    return libres.update(prises=F("prises") + 1) == 1


def rendre(*creneaux: int | None) -> None:
    """Give one place of each slot back (absent ones are skipped)."""
    rendre_lot(Counter(pk for pk in creneaux if pk is not None))


def verrouiller_creneaux(ids: Iterable[int]) -> dict[int, Creneau]:
    """The slots, locked in the order of their ids until the end of the transaction."""
    return {c.pk: c for c in Creneau.objects.select_for_update(of=("self",)).filter(pk__in=set(ids)).order_by("pk")}


def prendre_lot(demandes: Mapping[int, int]) -> dict[int, int]:
    """Take several places of several slots: slot → places granted (fewer than asked when fewer are left, even 0).

    Two queries whatever the number of slots; call inside a transaction.
    """
    accordees = {
        pk: max(0, min(demandes[pk], c.places + c.surplus - c.prises)) if c.statut == StatutCreneau.OUVERT else 0
        for pk, c in verrouiller_creneaux(demandes).items()
    }
    _ajouter(accordees, signe=1)
    return accordees


def rendre_lot(nombres: Mapping[int, int]) -> None:
    """Give several places of several slots back; call inside a transaction."""
    if nombres:
        verrouiller_creneaux(nombres)
        _ajouter(nombres, signe=-1)


def reprendre(rdv: RendezVous) -> bool:
    """Take again the places an appointment had given back. ``False``: somebody else has them now, none is taken."""
    voulues = Counter(pk for pk in (rdv.creneau_id, rdv.suite_id) if pk is not None)
    creneaux = verrouiller_creneaux(voulues)
    if any(c.prises + voulues[pk] > c.places + c.surplus for pk, c in creneaux.items()):
        return False
    _ajouter(voulues, signe=1)
    return True


def _ajouter(nombres: Mapping[int, int], *, signe: int) -> None:
    """One query per number of places, not per slot."""
    par_nombre: dict[int, list[int]] = {}
    for pk, n in nombres.items():
        if n:
            par_nombre.setdefault(n, []).append(pk)
    for n, ids in par_nombre.items():
        Creneau.objects.filter(pk__in=ids).update(prises=F("prises") + signe * n)
