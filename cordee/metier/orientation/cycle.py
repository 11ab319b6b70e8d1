"""The life of a hand-over on one screen: what may be done from each state, and where it leads (REQ-114).

The référent in charge stays until ``accepter``; every other way out gives the person back to her, never to nobody.
"""

from __future__ import annotations

from cordee.metier.orientation.enums import ActeRelais, StatutRelais

A, S = ActeRelais, StatutRelais
RELAIS: dict[StatutRelais, dict[ActeRelais, StatutRelais]] = {
    S.PROPOSE: {A.ACCUSER: S.RECU, A.ACCEPTER: S.ACCEPTE, A.REFUSER: S.REFUSE, A.RETIRER: S.RETIRE,
                A.EXPIRER: S.EXPIRE, A.CLORE: S.SANS_OBJET},
    S.RECU: {A.ACCEPTER: S.ACCEPTE, A.REFUSER: S.REFUSE, A.RETIRER: S.RETIRE, A.EXPIRER: S.EXPIRE,
             A.CLORE: S.SANS_OBJET},
    # the manager decides: she may still have it accepted, refused or withdrawn
    S.EXPIRE: {A.ACCEPTER: S.ACCEPTE, A.REFUSER: S.REFUSE, A.RETIRER: S.RETIRE, A.CLORE: S.SANS_OBJET},
    S.ACCEPTE: {},
    S.REFUSE: {},
    S.RETIRE: {},
    S.SANS_OBJET: {},
}  # fmt: skip
OUVERTS = tuple(statut for statut, suites in RELAIS.items() if suites)


def suite(statut: StatutRelais, acte: ActeRelais) -> StatutRelais | None:
    """Where an act leads from a state; ``None`` when it is not possible.

    >>> suite(StatutRelais.RECU, ActeRelais.ACCEPTER)
    <StatutRelais.ACCEPTE: 'accepte'>
    >>> suite(StatutRelais.REFUSE, ActeRelais.ACCEPTER) is None
    True
    """
    return RELAIS[statut].get(acte)
