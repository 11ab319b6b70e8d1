"""What is told of a file: one object for the command line, the page and the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self


@dataclass(slots=True, kw_only=True)
class RapportFichier:
    """What every report of a file says first. ``deja_recu``: these bytes had been loaded before, nothing was done."""

    type: str = ""
    reference: str = ""
    recu_le: str = ""
    portee: str = ""
    empreinte: str = ""
    statut: str = ""
    message: str = ""
    deja_recu: bool = False
    avertissements: dict[str, int] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)
    duree_s: float = 0.0

    def vers_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def de_json(cls, d: dict[str, Any]) -> Self:
        """A stored report; keys of an older version are ignored."""
        noms = {champ.name for champ in fields(cls)}
        rapport = cls(**{cle: valeur for cle, valeur in d.items() if cle in noms})
        rapport._relire(d)
        return rapport

    def _relire(self, d: dict[str, Any]) -> None:
        """Give their class back to the parts of a stored report."""


@dataclass(frozen=True, slots=True)
class ElementRapporte:
    """One element set aside. It names nobody (V1)."""

    ligne: int
    repere: str
    motif: str


@dataclass(slots=True, kw_only=True)
class RapportLignes(RapportFichier):
    """Figures of one file of lines: ``lus`` = ``pris`` + ``inchanges`` + ``introuvables`` + set aside.

    ``pris``: lines that changed something. ``introuvables``: lines about nobody known here. ``compteurs``: what the
    kind counts besides (code → number).
    """

    emetteur: str = ""
    annonces: int | None = None
    lus: int = 0
    pris: int = 0
    inchanges: int = 0
    introuvables: int = 0
    rejets: list[ElementRapporte] = field(default_factory=list)
    compteurs: dict[str, int] = field(default_factory=dict)

    def _relire(self, d: dict[str, Any]) -> None:
        self.rejets = [ElementRapporte(**rejet) for rejet in d.get("rejets", ())]


def accorder(nombre: int, singulier: str, pluriel: str) -> str:
    """A count and its noun.

    >>> accorder(1, "foyer", "foyers"), accorder(2, "foyer", "foyers")
    ('1 foyer', '2 foyers')
    """
    return f"{nombre} {singulier if nombre < 2 else pluriel}"
