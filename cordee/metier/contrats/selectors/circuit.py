"""Where a draft stands in the circuit of its structure."""

from __future__ import annotations

from cordee.metier.contrats.enums import DecisionCircuit
from cordee.metier.contrats.models import Contrat, EtapeCircuit, PassageCircuit
from cordee.metier.contrats.regles.circuit import Etape, EtatCircuit, Passage, etat_circuit


def circuit_de(structure_id: int) -> list[Etape]:
    """The steps a structure asks for; none by default."""
    lignes = EtapeCircuit.objects.filter(structure_id=structure_id).order_by("rang")
    return [Etape(e.rang, e.libelle, e.role) for e in lignes]


def etat_du_circuit(contrat: Contrat) -> EtatCircuit:
    """The step this version waits for."""
    etapes = circuit_de(contrat.structure_id)
    if not etapes:
        return EtatCircuit(None, demande=False)
    passages = [
        Passage(p.version, p.rang, DecisionCircuit(p.decision), p.le, p.motif) for p in passages_de(contrat)
    ]  # fmt: skip
    return etat_circuit(etapes, passages, version=contrat.version)


def passages_de(contrat: Contrat) -> list[PassageCircuit]:
    """Every step taken, the oldest first, former versions included."""
    return list(contrat.passages.select_related("par").order_by("le", "pk"))
