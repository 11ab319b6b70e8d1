"""The four parts of the administration, and what each needs done."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

_PARTIES = (
    ("tableau", "À faire", "administration", "liste"),
    ("structures", "Structures", "admin_structures", "structure"),
    ("secteurs", "Secteurs", "admin_secteurs", "territoire"),
    ("conventions", "Conventions", "admin_conventions", "document"),
    ("agents", "Agents", "admin_agents", "equipe"),
)


def cadre(partie: str) -> dict[str, Any]:
    """What the frame of these pages needs: the tabs, and which one is open."""
    liste = [{"cle": cle, "libelle": nom, "url": reverse(url), "icone": icone} for cle, nom, url, icone in _PARTIES]
    return {"onglets": liste, "partie": partie}


def fil(*suite: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back: « Administration › … »."""
    return [("Administration", reverse("administration")), *suite]
