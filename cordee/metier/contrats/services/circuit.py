"""The validation circuit of a structure: set it, ask for it, give a step, send back. None by default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cordee.metier.contrats.enums import DecisionCircuit
from cordee.metier.contrats.models import Contrat, EtapeCircuit, PassageCircuit
from cordee.metier.contrats.regles.circuit import Etape
from cordee.metier.contrats.selectors import manques_du_contrat
from cordee.metier.contrats.selectors.circuit import etat_du_circuit
from cordee.metier.contrats.services.redaction import ContratIncomplet, ContratRefuse, brouillon_verrouille
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.parcours.services.appui import verrouiller
from cordee.socle.horloge import jour

ETAPES_AU_PLUS = 4


@transaction.atomic
def regler_circuit(
    *, structure: Structure, etapes: Sequence[tuple[str, RoleAgent]], par: Agent, le: datetime
) -> list[EtapeCircuit]:
    """Set the steps of a structure, in order; an empty list removes the circuit. Contracts signed are not touched.

    Raises:
        ContratRefuse: more than four steps, or a step without a name: a circuit must not eat the month of the law.
    """
    if len(etapes) > ETAPES_AU_PLUS:
        raise ContratRefuse(f"{ETAPES_AU_PLUS} étapes au plus : le contrat se signe dans le mois.")
    if any(not libelle.strip() for libelle, _ in etapes):
        raise ContratRefuse("Nommez chaque étape.")
    EtapeCircuit.objects.select_for_update().filter(structure=structure).delete()
    return EtapeCircuit.objects.bulk_create(
        EtapeCircuit(structure=structure, rang=rang, libelle=libelle.strip()[:80], role=RoleAgent(role))
        for rang, (libelle, role) in enumerate(etapes, 1)
    )


@transaction.atomic
def demander_validation(*, contrat: Contrat, version: int, par: Agent, le: datetime) -> PassageCircuit:
    """Send the draft to the first step of the circuit.

    Raises:
        ContratIncomplet: something is missing: nobody validates an unfinished contract.
        ContratRefuse: no circuit, or asked already.
    """
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, version)
    etat = etat_du_circuit(frais)
    if etat.attend is None:
        raise ContratRefuse("Rien n'est à valider : ce contrat peut être proposé à la personne.")
    if etat.demande:
        raise ContratRefuse(f"La validation est déjà demandée : {etat.attend.libelle}.")
    if manques := [m for m in manques_du_contrat(frais, au=jour(le)) if m.champ != "assistant"]:
        raise ContratIncomplet(manques)
    return _passer(frais, etat.attend, DecisionCircuit.DEMANDE, "", par=par, le=le)


@transaction.atomic
def valider(*, contrat: Contrat, version: int, par: Agent, le: datetime) -> PassageCircuit:
    """Give the step that is waited for.

    Raises:
        ContratRefuse: nothing is asked for, or this agent does not hold the role of the step in the structure.
    """
    frais, etape = _attendue(contrat, version, par=par, le=le)
    return _passer(frais, etape, DecisionCircuit.VALIDE, "", par=par, le=le)


@transaction.atomic
def renvoyer(*, contrat: Contrat, version: int, motif: str, par: Agent, le: datetime) -> PassageCircuit:
    """Send the draft back to whoever prepares it, saying what to correct.

    Raises:
        ContratRefuse: as for ``valider``; no reason.
    """
    if not motif.strip():
        raise ContratRefuse("Dites ce qui est à corriger.")
    frais, etape = _attendue(contrat, version, par=par, le=le)
    return _passer(frais, etape, DecisionCircuit.RENVOYE, motif.strip()[:300], par=par, le=le)


def tient_le_role(agent: Agent, *, structure_id: int, role: str, le: datetime) -> bool:
    """Whether an agent may give this step: the role, in that structure, that day."""
    return Affectation.objects.filter(
        en_cours(jour(le)), agent=agent, structure_id=structure_id, role=role
    ).exists()  # fmt: skip


def _attendue(contrat: Contrat, version: int, *, par: Agent, le: datetime) -> tuple[Contrat, Etape]:
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, version)
    etat = etat_du_circuit(frais)
    if etat.attend is None or not etat.demande:
        raise ContratRefuse("Aucune validation n'est demandée pour cette version du contrat.")
    if not tient_le_role(par, structure_id=frais.structure_id, role=etat.attend.role, le=le):
        raise ContratRefuse(f"Cette étape revient à : {RoleAgent(etat.attend.role).libelle.lower()}.")
    return frais, etat.attend


def _passer(
    contrat: Contrat, etape: Etape, decision: DecisionCircuit, motif: str, *, par: Agent, le: datetime
) -> PassageCircuit:
    return PassageCircuit.objects.create(
        contrat=contrat, version=contrat.version, rang=etape.rang, libelle=etape.libelle, decision=decision,
        motif=motif, le=le, par=par,
    )  # fmt: skip
