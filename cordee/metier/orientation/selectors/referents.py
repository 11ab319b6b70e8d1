"""Who accompanied a person, from when to when: read from the events, never stored beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import Fait, Situation, appliquer
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe


@dataclass(frozen=True, slots=True)
class Periode:
    """One référent over a period (``au`` excluded, ``None``: still). ``agent`` ``None``: a body, nobody named yet.

    ``motif``: the event that opened it; ``fin``: the one that ended it.
    """

    structure: int
    agent: int | None
    du: date
    motif: GenreEvenement
    au: date | None = None
    fin: GenreEvenement | None = None


@dataclass(frozen=True, slots=True)
class Referent:
    """A period with its names."""

    periode: Periode
    structure: str
    agent: str


def periodes(faits: Iterable[Fait]) -> list[Periode]:
    """The référents of a life, oldest first. What changed and changed back the same day is left out."""
    s, lignes = Situation(), list[Periode]()
    for fait in faits:
        avant = (s.referent_structure, s.referent_agent)
        s = appliquer(s, fait)
        apres = (s.referent_structure, s.referent_agent)
        if apres == avant:
            continue
        if lignes and lignes[-1].au is None:
            if lignes[-1].du == fait.jour:
                lignes.pop()
            else:
                lignes[-1] = replace(lignes[-1], au=fait.jour, fin=fait.genre)
        if apres[0] is not None:
            lignes.append(Periode(apres[0], apres[1], fait.jour, fait.genre))
    return lignes


def faits_de(personne: Personne) -> list[Fait]:
    """What happened to a person, corrections applied, oldest first: two queries at most."""
    evenements = list(Evenement.objects.filter(personne__in=ids_du_groupe(personne)).order_by("pk"))
    annules = {e.donnees.get("evenement") for e in evenements if e.genre == GenreEvenement.ANNULATION}
    return [Fait(e.pk, GenreEvenement(e.genre), e.survenu_le, e.donnees) for e in evenements if e.pk not in annules]


def referents_de(personne: Personne) -> list[Referent]:
    """The dated history of a person's référents, latest first: three queries."""
    lignes = periodes(faits_de(personne))
    structures = dict(Structure.objects.filter(pk__in={p.structure for p in lignes}).values_list("pk", "nom"))
    agents = {a.pk: str(a) for a in Agent.objects.filter(pk__in={p.agent for p in lignes if p.agent})}
    return [Referent(p, structures.get(p.structure, ""), agents.get(p.agent or 0, "")) for p in reversed(lignes)]


def accompagnee_depuis(personne: Personne) -> date | None:
    """The first day of her unbroken accompaniment by named référents (R85); ``None``: nobody is named today."""
    depuis = None
    for referent in referents_de(personne):
        p = referent.periode
        if p.agent is None or (depuis is None and p.au is not None) or (depuis is not None and p.au != depuis):
            break
        depuis = p.du
    return depuis
