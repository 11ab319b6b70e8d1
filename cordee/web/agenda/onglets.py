"""The parts of the agenda."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

_PARTIES = (
    ("semaine", "Semaine", "agenda", "agenda"),
    ("replacer", "À replacer", "agenda_replacer", "relance"),
    ("attente", "Attente", "agenda_attente", "attente"),
    ("interpretes", "Interprètes", "agenda_interpretes", "entretien"),
    ("plages", "Plages", "agenda_plages", "heure"),
    ("lieux", "Lieux", "agenda_lieux", "lieu"),
    ("absences", "Absences", "agenda_absences", "pause"),
    ("remplissage", "Remplissage", "agenda_remplissage", "indicateur"),
)


def cadre(partie: str, **compteurs: int) -> dict[str, Any]:
    """What the frame of these pages needs: the tabs, and which one is open."""
    liste = [
        {"cle": cle, "libelle": nom, "url": reverse(url), "icone": icone, "compteur": compteurs.get(cle)}
        for cle, nom, url, icone in _PARTIES
    ]
    return {"onglets": liste, "partie": partie}


def fil(*suite: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back: « Agenda › … »."""
    return [("Agenda", reverse("agenda")), *suite]
