"""Who reaches the file, and until when: what the services of accesses leave behind them (V7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from cordee.demo.histoire.vies.temps import UN_JOUR
from cordee.demo.histoire.vies.vie import RATTACHEMENT, Vie
from cordee.metier.parcours.enums import Etat
from cordee.metier.personnes.enums import FinaliteRattachement as F


def ouvrir(vie: Vie, finalite: F, structure: int, agent: int | None, depuis: date) -> None:
    """Référent, co-référent and sector: one row at a time, the former one ends that day."""
    cle = str(finalite)
    ligne = vie.acces.get(cle)
    if ligne is not None:
        if (ligne["structure_id"], ligne["agent_id"]) == (structure, agent):
            return
        fermer(vie, finalite, depuis)
    vie.acces[cle] = vie.ligne(
        RATTACHEMENT, structure_id=structure, agent_id=agent, finalite=cle, debut=depuis, fin=None
    )


def fermer(vie: Vie, finalite: F, fin: date) -> None:
    """End an access; one that had not begun by then is withdrawn."""
    ligne = vie.acces.pop(str(finalite), None)
    if ligne is None:
        return
    if ligne["debut"] >= fin:
        retirer(vie, ligne)
    else:
        ligne["fin"] = fin


def retirer(vie: Vie, ligne: dict[str, Any]) -> None:
    lignes = vie.objets[RATTACHEMENT]
    del lignes[next(rang for rang, autre in enumerate(lignes) if autre is ligne)]


def accorder(vie: Vie, au: date) -> None:
    """The access of the référent is the one the path says (``orientation.services.acces.accorder_acces``)."""
    s = vie.situation
    if s.referent_structure is None or s.etat is Etat.DECEDEE:
        fermer(vie, F.REFERENT, au)
    else:
        ouvrir(vie, F.REFERENT, s.referent_structure, s.referent_agent, au)


def convoquer(vie: Vie, structure: int, agent: int | None, depuis: date, *, finalite: F = F.ORIENTATION) -> None:
    """A structure that convenes or receives reads the file."""
    for ligne in vie.convocations:
        if (ligne["structure_id"], ligne["agent_id"], ligne["finalite"]) == (structure, agent, str(finalite)):
            return
    vie.convocations.append(
        vie.ligne(RATTACHEMENT, structure_id=structure, agent_id=agent, finalite=str(finalite), debut=depuis, fin=None)
    )


def terminer_orientation(vie: Vie, *, sauf: int, au: date) -> None:
    """Once the decision is taken, who only convened or received stops reading the next day."""
    demain = au + UN_JOUR
    gardees = []
    for ligne in vie.convocations:
        if ligne["structure_id"] == sauf or ligne["debut"] >= demain:
            gardees.append(ligne)
        else:
            ligne["fin"] = demain
    vie.convocations = gardees


def rendre_a_la_structure(vie: Vie, agent: int, au: date) -> None:
    """She left: her accesses become her structure's."""
    for ligne in [*vie.acces.values(), *vie.convocations]:
        if ligne["agent_id"] != agent:
            continue
        if ligne["debut"] >= au:
            ligne["agent_id"] = None
            continue
        ligne["fin"] = au
        suite = vie.ligne(
            RATTACHEMENT, structure_id=ligne["structure_id"], agent_id=None, finalite=ligne["finalite"], debut=au,
            fin=None,
        )  # fmt: skip
        if vie.acces.get(ligne["finalite"]) is ligne:
            vie.acces[ligne["finalite"]] = suite
        else:
            vie.convocations = [suite if autre is ligne else autre for autre in vie.convocations]
