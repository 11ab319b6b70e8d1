"""A procedure on one screen: its states, the acts that move it, and where each act leads.

Only acts move it: no clock does. The ten days that run, the date of the hearing, the opinion to come are conditions of
the next act (``regles.manques``), not states. Pure data, obeyed by the services and read by the tests and the pages.
"""

from __future__ import annotations

from enum import StrEnum

from cordee.metier.devoirs.enums import EtatProcedure
from cordee.socle.erreurs import ErreurMetier

E = EtatProcedure


class Acte(StrEnum):
    """What moves a procedure, or happens inside one of its states."""

    NOTIFIER_GRIEFS = "notifier_griefs"
    CONSTATER_RECEPTION = "constater_reception"
    RECEVOIR_OBSERVATION = "recevoir_observation"
    COMMUNIQUER = "communiquer"
    CONVIER = "convier"
    ENTENDRE = "entendre"
    EXAMINER = "examiner"
    PREPARER = "preparer"
    DECIDER = "decider"
    NOTIFIER_DECISION = "notifier_decision"
    CLORE = "clore"
    ANNULER = "annuler"


OUVERTES = frozenset({E.OUVERTE, E.GRIEFS_ENVOYES, E.CONTRADICTOIRE, E.DECIDEE})
"""An instruction in one of these is open: one at most per person."""

# State → act → state. An act that is not in the line of a state is refused there.
TRANSITIONS: dict[EtatProcedure, dict[Acte, EtatProcedure]] = {
    E.OUVERTE: {
        Acte.EXAMINER: E.OUVERTE,
        Acte.NOTIFIER_GRIEFS: E.GRIEFS_ENVOYES,
        Acte.CLORE: E.CLOSE,
    },
    E.GRIEFS_ENVOYES: {
        Acte.NOTIFIER_GRIEFS: E.GRIEFS_ENVOYES,  # again, when the first came back
        Acte.CONSTATER_RECEPTION: E.CONTRADICTOIRE,
        Acte.RECEVOIR_OBSERVATION: E.GRIEFS_ENVOYES,
        Acte.COMMUNIQUER: E.GRIEFS_ENVOYES,
        Acte.CONVIER: E.GRIEFS_ENVOYES,
        Acte.ENTENDRE: E.GRIEFS_ENVOYES,
        Acte.EXAMINER: E.GRIEFS_ENVOYES,
        Acte.CLORE: E.CLOSE,
    },
    E.CONTRADICTOIRE: {
        Acte.RECEVOIR_OBSERVATION: E.CONTRADICTOIRE,
        Acte.COMMUNIQUER: E.CONTRADICTOIRE,
        Acte.CONVIER: E.CONTRADICTOIRE,
        Acte.ENTENDRE: E.CONTRADICTOIRE,
        Acte.EXAMINER: E.CONTRADICTOIRE,
        Acte.PREPARER: E.CONTRADICTOIRE,
        Acte.DECIDER: E.DECIDEE,
        Acte.CLORE: E.CLOSE,
    },
    E.DECIDEE: {
        Acte.NOTIFIER_DECISION: E.NOTIFIEE,
        Acte.ANNULER: E.ANNULEE,
        Acte.CLORE: E.CLOSE,
    },
    E.NOTIFIEE: {Acte.ANNULER: E.ANNULEE},
    E.CLOSE: {},
    E.ANNULEE: {},
}


class ActeImpossible(ErreurMetier):
    """The act does not fit where the procedure stands."""


def suivant(etat: EtatProcedure, acte: Acte) -> EtatProcedure:
    """Where an act leads.

    >>> suivant(EtatProcedure.CONTRADICTOIRE, Acte.DECIDER)
    <EtatProcedure.DECIDEE: 'decidee'>

    Raises:
        ActeImpossible: nobody can do that there.
    """
    vers = TRANSITIONS[etat].get(acte)
    if vers is None:
        raise ActeImpossible(f"La procédure est « {etat.libelle.lower()} » : cet acte n'y a pas sa place.")
    return vers
