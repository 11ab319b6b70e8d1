"""Today's figures, kept at hand: after a change, only the indicators that it reaches are worked out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from cordee.pilotage.calcul import Cellule, Temoin, cacher, cellules_de, contexte
from cordee.pilotage.carte import Carte
from cordee.pilotage.entetes import definitions
from cordee.pilotage.lac.atelier import SessionTenue
from cordee.pilotage.lac.manifeste import Manifeste

_Ligne = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Resultat:
    """What an update gives. ``refaits``: the indicators worked out again; ``changes``: those whose values differ."""

    cellules: Sequence[Cellule]
    refaits: frozenset[str]
    changes: frozenset[str]


@dataclass(slots=True)
class Atelier:
    """A session of the lake for one day, and the last figures it gave. ``with Atelier() as atelier:`` closes it.

    It belongs to one thread. ``version`` and ``versions``: the state of the lake of its figures, and, for each
    indicator, the one in which it was worked out.
    """

    session: SessionTenue | None = None
    jour: tuple[date, date | None, Carte] | None = None
    version: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    _empreintes: dict[str, str] = field(default_factory=dict)
    _brutes: dict[str, list[Cellule]] = field(default_factory=dict)
    _donnees: dict[str, list[_Ligne]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.fermer()

    def fermer(self) -> None:
        """Forget everything: the next update begins from nothing."""
        if self.session is not None:
            self.session.fermer()
        self.session, self.jour, self.version = None, None, ""
        for garde in (self.versions, self._empreintes, self._brutes, self._donnees):
            garde.clear()

    def mettre_a_jour(self, manifeste: Manifeste, *, carte: Carte, temoin: Temoin | None = None) -> Resultat:
        """Today's figures in that state of the lake. ``temoin`` sees the lines of the indicators worked out again."""
        try:
            return self._mettre_a_jour(manifeste, carte, temoin)
        except BaseException:
            self.fermer()
            raise

    def _mettre_a_jour(self, manifeste: Manifeste, carte: Carte, temoin: Temoin | None) -> Resultat:
        session = self._ouvrir(manifeste, carte)
        refaits = set()
        places = session.empreinte("SELECT 1 FROM lieux")
        for definition in definitions().values():
            empreinte = session.empreinte(definition.sql) + places
            if self._empreintes.get(definition.code) != empreinte:
                self._brutes[definition.code] = cellules_de(session, definition, carte)
                if temoin is not None:
                    temoin.noter(session, definition)
                self._empreintes[definition.code] = empreinte
                refaits.add(definition.code)
        if temoin is not None and refaits:
            temoin.clore(session)
        session.alleger()
        self.version = manifeste.version
        self.versions.update(dict.fromkeys(refaits, manifeste.version))
        cellules = cacher([c for brutes in self._brutes.values() for c in brutes], carte)
        return Resultat(cellules, frozenset(refaits), self._differences(cellules))

    def _ouvrir(self, manifeste: Manifeste, carte: Carte) -> SessionTenue:
        """Another day, or another map, begins from nothing."""
        jour = (manifeste.au, manifeste.derniere_photo, carte)
        if self.session is None or self.jour != jour:
            self.fermer()
            self.session = SessionTenue(manifeste, contexte([manifeste.au], manifeste.derniere_photo))
            self.jour = jour
        else:
            self.session.avancer(manifeste)
        return self.session

    def _differences(self, cellules: Sequence[Cellule]) -> frozenset[str]:
        """The indicators whose values, or what is hidden of them, are not those given before."""
        donnees: dict[str, list[_Ligne]] = {code: [] for code in self._brutes}
        for c in cellules:
            donnees[c.code].append((c.niveau, c.territoire, c.valeur, c.numerateur, c.denominateur, c.inconnu,
                                    c.secret_interne, c.secret_publication))  # fmt: skip
        for lignes in donnees.values():
            lignes.sort(key=lambda ligne: ligne[:2])
        changes = frozenset(code for code, lignes in donnees.items() if self._donnees.get(code) != lignes)
        self._donnees = donnees
        return changes
