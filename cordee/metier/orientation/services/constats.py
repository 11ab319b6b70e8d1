"""Situations and objectives of a person, by code, each with its source and its dates; nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import NatureConstat, SourceConstat
from cordee.metier.orientation.models import Constat, Diagnostic
from cordee.metier.orientation.regles.vocabulaire import vocabulaire
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle import horloge


@dataclass(frozen=True, slots=True)
class Reception:
    """What a partner's message changed. ``inconnus``: its codes that mean nothing here, to be shown."""

    ajoutes: int
    fermes: int
    inconnus: tuple[str, ...]


@transaction.atomic
def tenir_constats(
    *, personne: Personne, diagnostic: Diagnostic, situations: Collection[str], objectifs: Collection[str],
    vus: Collection[str], par: Agent, le: datetime,
) -> None:  # fmt: skip
    """What an interview established stands from that day; what was on the screen and was unticked ends that day.

    What stood and was not on the screen stays: an agent who could not read it cannot end it.
    """
    dits = {(NatureConstat.SITUATION, c) for c in situations} | {(NatureConstat.OBJECTIF, c) for c in objectifs}
    _accorder(personne, SourceConstat.AGENT, dits, terminables=set(vus), diagnostic=diagnostic, par=par, le=le)


@transaction.atomic
def recevoir_constats(
    *, personne: Personne, situations: Iterable[str], objectifs: Iterable[str], par: Agent, le: datetime,
    besoins: Iterable[str] = (), source: SourceConstat = SourceConstat.OPERATEUR_EMPLOI,
) -> Reception:  # fmt: skip
    """What a partner says, in *its* codes: new codes open, those it no longer gives end, of its own rows only.

    What a professional wrote with the person never ends here, whether the partner repeats it or not.

    Raises:
        ValueError: ``source`` is that of the professionals.
    """
    if source is SourceConstat.AGENT:
        raise ValueError("a partner does not speak for the professionals")
    vocab = vocabulaire()
    nos_situations, perdues = vocab.depuis_operateur(NatureConstat.SITUATION, situations)
    nos_objectifs, perdus = vocab.depuis_operateur(NatureConstat.OBJECTIF, objectifs)
    nos_besoins, oublies = vocab.depuis_besoins(besoins)
    dits = {(NatureConstat.SITUATION, c) for c in nos_situations}
    dits |= {(NatureConstat.OBJECTIF, c) for c in (*nos_objectifs, *nos_besoins)}
    ajoutes, fermes = _accorder(verrouiller(personne), source, dits, terminables=None, diagnostic=None, par=par, le=le)
    return Reception(ajoutes, fermes, (*perdues, *perdus, *oublies))


def _accorder(
    personne: Personne, source: SourceConstat, dits: set[tuple[NatureConstat, str]], *,
    terminables: set[str] | None, diagnostic: Diagnostic | None, par: Agent, le: datetime,
) -> tuple[int, int]:  # fmt: skip
    """Open what is new, end what is no longer said. ``terminables``: codes that may end; ``None``: all."""
    jour = horloge.jour(le)
    ouverts = Constat.objects.filter(personne__in=ids_du_groupe(personne), source=source, fin__isnull=True)
    connus = {(NatureConstat(c.nature), c.code): c.pk for c in ouverts}
    finis = [
        pk for (nature, code), pk in connus.items()
        if (nature, code) not in dits and (terminables is None or code in terminables)
    ]  # fmt: skip
    if finis:
        Constat.objects.filter(pk__in=finis).update(fin=jour)
    neufs = [
        Constat(
            personne=personne, nature=nature, code=code, source=source, debut=jour, diagnostic=diagnostic, par=par,
            dit_le=le,
        )
        for nature, code in sorted(dits) if (nature, code) not in connus
    ]  # fmt: skip
    Constat.objects.bulk_create(neufs)
    return len(neufs), len(finis)
