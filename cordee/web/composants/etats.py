"""How a state is shown: a word, a tone and an icon (never a colour alone)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Ton(StrEnum):
    """The seven tones of the charter; each is a CSS class ``ton-…``."""

    NEUTRE = "neutre"
    PRIMAIRE = "primaire"
    ACCENT = "accent"
    INFO = "info"
    SUCCES = "succes"
    ATTENTION = "attention"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Aspect:
    """Tone and icon of one state."""

    ton: Ton
    icone: str


NEUTRE = Aspect(Ton.NEUTRE, "cercle")

NATURES: dict[str, tuple[str, Aspect]] = {
    "legale": ("délai légal", Aspect(Ton.PRIMAIRE, "droits")),
    "reglement_local": ("règlement local", Aspect(Ton.INFO, "regle")),
    "objectif": ("objectif", Aspect(Ton.NEUTRE, "objectif")),
    "indicateur": ("indicateur", Aspect(Ton.NEUTRE, "indicateur")),
}
"""Nature of a delay (design.md §1): only the first two bind anybody."""

ASPECTS: dict[str, Aspect] = {}
"""Stored value of a state → its aspect. Page packages add theirs with ``declarer`` when they load."""


def declarer(aspects: dict[str, tuple[str, str]]) -> None:
    """Adds aspects to the common table: ``{"signe": ("succes", "signature"), …}``."""
    for valeur, (ton, icone) in aspects.items():
        ASPECTS[valeur] = Aspect(Ton(ton), icone)


declarer(
    {
        # the path
        "nouvel_entrant": ("info", "nouveau"),
        "a_convoquer": ("attention", "courrier"),
        "convoque": ("info", "courrier"),
        "a_orienter": ("attention", "orientation"),
        "oriente": ("primaire", "orientation"),
        "oriente_a_notifier": ("attention", "courrier"),
        "en_accompagnement": ("primaire", "referent"),
        "sous_contrat": ("succes", "contrat"),
        "hors_sdd": ("neutre", "sortie"),
        "sorti": ("neutre", "sortie"),
        # appointments
        "prevu": ("info", "rendezvous"),
        "honore": ("succes", "succes"),
        "venu": ("succes", "succes"),
        "absent": ("attention", "alerte"),
        "absent_excuse": ("neutre", "info"),
        "annule": ("neutre", "abandon"),
        "reporte": ("info", "relance"),
        # documents, sendings, files
        "brouillon": ("neutre", "modifier"),
        "a_signer": ("attention", "signature"),
        "signe": ("succes", "signature"),
        "envoye": ("info", "envoyer"),
        "recu": ("succes", "succes"),
        "non_distribue": ("danger", "echec"),
        "en_cours": ("info", "attente"),
        "termine": ("succes", "succes"),
        "echec": ("danger", "echec"),
        "en_attente": ("neutre", "attente"),
        "en_pause": ("attention", "pause"),
        "en_retard": ("danger", "retard"),
        "valide": ("succes", "succes"),
        "refuse": ("danger", "refus"),
        "suspendu": ("danger", "pause"),
        "ouvert": ("info", "cercle"),
        "clos": ("neutre", "verrou"),
    }
)


def aspect(valeur: Any) -> Aspect:
    """Tone and icon of a state, neutral when nobody declared it. A member may carry its own ``ton`` and ``icone``."""
    ton, icone = getattr(valeur, "ton", None), getattr(valeur, "icone", None)
    if ton and icone:
        return Aspect(Ton(ton), icone)
    return ASPECTS.get(str(valeur), NEUTRE)


def libelle(valeur: Any) -> str:
    """What people read: the member's ``libelle``, or the value itself."""
    return str(getattr(valeur, "libelle", valeur))
