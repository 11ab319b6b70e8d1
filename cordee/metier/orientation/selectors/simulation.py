"""A rule tried over past decisions before it goes live: who would be proposed another path, how many, and the load.

The answers kept with each decision are read again under both rules: what is compared is rule against rule, on the same
people. Decisions without answers (default orientations, former tool) are counted apart. Nobody is re-oriented by this.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cordee.metier.orientation.regles import Reponses, destination
from cordee.metier.orientation.selectors.decisions import DIMENSIONS, DecisionConservee, Periode, decisions_conservees
from cordee.reglementation.criteres_orientation import Criteres

Paire = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Simulation:
    """Decisions of ``periode`` under two rules. Pairs are (before, after); ``groupes``: (dimension, group)."""

    periode: Periode
    avant: str
    apres: str
    decisions: int = 0
    sans_reponses: int = 0
    deplacees: int = 0
    voies: Counter[Paire] = field(default_factory=Counter)
    organismes: Counter[Paire] = field(default_factory=Counter)
    groupes: Counter[Paire] = field(default_factory=Counter)
    groupes_deplaces: Counter[Paire] = field(default_factory=Counter)

    @property
    def comparees(self) -> int:
        """Decisions that both rules could be tried on."""
        return self.decisions - self.sans_reponses

    def charge(self) -> list[tuple[str, int, int]]:
        """Proposals per kind of body: (kind, before, after)."""
        avant: Counter[str] = Counter()
        apres: Counter[str] = Counter()
        for (de, vers), n in self.organismes.items():
            avant[de] += n
            apres[vers] += n
        return [(genre, avant[genre], apres[genre]) for genre in sorted({*avant, *apres})]

    def vers_json(self) -> dict[str, Any]:
        """As kept with the arrêté it was made for: numbers, nobody."""
        return {
            "du": self.periode.du.isoformat(), "au": self.periode.au.isoformat(), "avant": self.avant,
            "apres": self.apres, "decisions": self.decisions, "sans_reponses": self.sans_reponses,
            "deplacees": self.deplacees,
            "voies": [[*paire, n] for paire, n in sorted(self.voies.items())],
            "organismes": [[*paire, n] for paire, n in sorted(self.organismes.items())],
            "groupes": [[*g, n, self.groupes_deplaces[g]] for g, n in sorted(self.groupes.items())],
        }  # fmt: skip


def simuler(*, avant: Criteres, apres: Criteres, periode: Periode) -> Simulation:
    """Try two rules over the decisions of a period. One query; a few seconds for a whole year of a département."""
    return comparer(decisions_conservees(periode), avant=avant, apres=apres, periode=periode)


def comparer(lignes: list[DecisionConservee], *, avant: Criteres, apres: Criteres, periode: Periode) -> Simulation:
    """The same, on decisions already read."""
    s = Simulation(periode=periode, avant=avant.version, apres=apres.version)
    for ligne in lignes:
        s.decisions += 1
        reponses = _reponses(ligne)
        if reponses is None:
            s.sans_reponses += 1
            continue
        (voie_avant, genre_avant), (voie_apres, genre_apres) = (destination(reponses, c) for c in (avant, apres))
        s.voies[str(voie_avant), str(voie_apres)] += 1
        s.organismes[str(genre_avant), str(genre_apres)] += 1
        deplacee = (voie_avant, genre_avant) != (voie_apres, genre_apres)
        s.deplacees += deplacee
        for dimension in DIMENSIONS:
            groupe = (dimension, str(getattr(ligne, dimension)))
            s.groupes[groupe] += 1
            s.groupes_deplaces[groupe] += deplacee
    return s


def _reponses(ligne: DecisionConservee) -> Reponses | None:
    """The answers kept; ``None``: none, or no longer readable."""
    if ligne.reponses is None:
        return None
    try:
        return Reponses.depuis_json(ligne.reponses)
    except (KeyError, ValueError):
        return None
