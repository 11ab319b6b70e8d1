"""Upward reactions, in one explicit table: what upper rooms do when something happens, in the same transaction.

``ATTENDUES`` names them; upper rooms give the functions at start-up (``enregistrer`` in their ``AppConfig.ready``).
A test checks that each name has its function. There is no other way for a lower room to reach an upper one: no signal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cordee.metier.parcours.enums import GenreEvenement

if TYPE_CHECKING:
    from cordee.metier.organismes.models import Agent
    from cordee.metier.parcours.models import Evenement

    Reaction = Callable[[Sequence[Evenement], Agent, datetime], None]

E = GenreEvenement
# What follows the path (decision in force, accesses, contract) is brought back in step by ``accorder`` functions: they
# compare rows with the situation and may be called any number of times. Merges move no row: they are not listed.
_SUIVENT = ("orientation.accorder", "contrats.accorder")
ATTENDUES: dict[GenreEvenement, tuple[str, ...]] = {
    E.DECES: ("rendezvous.annuler_a_venir", "courriers.annuler_en_attente", "devoirs.annuler_au_deces", *_SUIVENT),
    E.DROIT_CLOS: ("rendezvous.annuler_a_venir", "contrats.accorder", "devoirs.clore_hors_champ"),
    E.DOSSIER_TRANSMIS: ("rendezvous.annuler_a_venir", "contrats.accorder", "devoirs.clore_hors_champ"),
    E.DISPARITION_VERIFIEE: ("rendezvous.annuler_a_venir", "contrats.accorder", "devoirs.clore_hors_champ"),
    E.FIN_SDD: ("devoirs.clore_hors_champ",),
    E.CONTRAT_REFUSE: ("devoirs.signaler_refus",),
    E.CONTRAT_SIGNE: ("devoirs.contrat_signe",),
    E.CONTRAT_ACTUALISE: ("devoirs.contrat_signe",),
    E.CLOTURE_DECIDEE: ("rendezvous.annuler_a_venir", "contrats.accorder"),
    E.INTERRUPTION: ("rendezvous.annuler_a_venir",),
    E.IDENTITE_DOUTEUSE: ("courriers.annuler_en_attente",),
    E.ENTREE_SDD: _SUIVENT,
    E.SDD_CONSTATE: (*_SUIVENT, "devoirs.clore_hors_champ"),
    E.DROIT_CONFIRME: _SUIVENT,
    E.ORIENTATION_DECIDEE: ("contrats.accorder",),
    E.ORIENTATION_OPERATEUR: ("contrats.accorder",),
    E.ANNULATION: ("rendezvous.retablir", "suivi.corriger", "devoirs.corriger", *_SUIVENT),
}
_ENREGISTREES: dict[str, Reaction] = {}


def enregistrer(nom: str, fonction: Reaction) -> None:
    """Give the function of a name of ``ATTENDUES``.

    Raises:
        ValueError: the name is in no line of the table.
    """
    if not any(nom in noms for noms in ATTENDUES.values()):
        raise ValueError(f"{nom} is not in the table of reactions")
    _ENREGISTREES[nom] = fonction


def reagir(evenements: Sequence[Evenement], *, par: Agent, le: datetime) -> None:
    """Call, once per function, what the events of one act set off."""
    par_nom: defaultdict[str, list[Evenement]] = defaultdict(list)
    for evenement in evenements:
        for nom in ATTENDUES.get(GenreEvenement(evenement.genre), ()):
            par_nom[nom].append(evenement)
    for nom, concernes in par_nom.items():
        if nom in _ENREGISTREES:
            _ENREGISTREES[nom](concernes, par, le)


def enregistrees() -> frozenset[str]:
    """Names that have their function."""
    return frozenset(_ENREGISTREES)
