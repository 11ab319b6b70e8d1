"""The validation circuit of a structure: ordered steps, for one version of a contract. Pure.

None by default: the law asks for two signatures and nothing more (C. trav. L5411-6 I). A circuit never delays the
clock of the contract month: a step that waits is shown with its age.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cordee.metier.contrats.enums import DecisionCircuit


@dataclass(frozen=True, slots=True)
class Etape:
    rang: int
    libelle: str
    role: str


@dataclass(frozen=True, slots=True)
class Passage:
    version: int
    rang: int
    decision: DecisionCircuit
    le: datetime
    motif: str = ""


@dataclass(frozen=True, slots=True)
class EtatCircuit:
    """``attend``: the step to come, none when every one is passed or there is no circuit. ``depuis``: asked for on."""

    attend: Etape | None
    demande: bool
    renvoye: str = ""
    depuis: datetime | None = None

    @property
    def valide(self) -> bool:
        """The contract may be proposed to the person."""
        return self.attend is None


def etat_circuit(etapes: Sequence[Etape], passages: Iterable[Passage], *, version: int) -> EtatCircuit:
    """Where this version of the contract stands. A change of the draft begins the circuit again.

    >>> chef = Etape(1, "Responsable", "chef_structure")
    >>> etat_circuit([], [], version=1).valide, etat_circuit([chef], [], version=1).valide
    (True, False)
    """
    fait: set[int] = set()
    demande, renvoye, depuis = False, "", None
    for passage in sorted((p for p in passages if p.version == version), key=lambda p: p.le):
        if passage.decision is DecisionCircuit.RENVOYE:
            fait, demande, renvoye, depuis = set(), False, passage.motif, None
        elif passage.decision is DecisionCircuit.DEMANDE:
            demande, renvoye, depuis = True, "", passage.le
        else:
            fait.add(passage.rang)
            depuis = passage.le
    restantes = [e for e in sorted(etapes, key=lambda e: e.rang) if e.rang not in fait]
    return EtatCircuit(restantes[0] if restantes else None, demande, renvoye, depuis)
