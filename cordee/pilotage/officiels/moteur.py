"""The study « official tables » (``etudes``): one family, one year, possibly as known on a published day."""

from __future__ import annotations

from typing import Any

from cordee.pilotage.instantanes.selectors import instantanes, manifeste_de
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.officiels.calcul import calculer
from cordee.socle.erreurs import ErreurMetier


class InstantaneInconnu(ErreurMetier):
    """No published state bears this number."""


def moteur(manifeste: Manifeste, parametres: dict[str, Any]) -> dict[str, Any]:
    """``famille``, ``annee``, ``instantane`` (number of a published state, or nothing: what is known today)."""
    etat = dict(parametres)
    lu, dit = etat_lu(manifeste, str(etat.get("instantane") or ""))
    return {**calculer(lu, str(etat["famille"]), int(etat["annee"])), "etat": dit}


def etat_lu(manifeste: Manifeste, instantane: str) -> tuple[Manifeste, str]:
    """The state of the lake that is read, and its name (nothing: today's).

    Raises:
        InstantaneInconnu: no such published state.
    """
    if not instantane:
        return manifeste, ""
    trouve = instantanes().filter(pk=int(instantane)).first() if instantane.isdigit() else None
    if trouve is None:
        connus = ", ".join(f"{i.pk} ({i.libelle})" for i in instantanes()[:10]) or "aucun"
        raise InstantaneInconnu(f"Aucun état publié ne porte le numéro « {instantane} ». États publiés : {connus}.")
    return manifeste_de(trouve), f"{trouve.libelle} (connu le {trouve.connu_le:%d/%m/%Y})"
