"""Figures put down by hand: pages, targets and e-mails read them as if they had been computed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cordee.pilotage.enums import Niveau, Secret
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac, ecrire_manifeste
from cordee.pilotage.models import Calcul, ValeurCalculee
from tests.fabriques import MAINTENANT

PREMIERE = date(2024, 1, 31)
_etats = itertools.count()
"""What is remembered of a state of the lake must not be taken for that of another test's."""


@dataclass(frozen=True)
class Chiffre:
    """One value. ``publie``: whether it may be published; it is shown inside the house either way."""

    code: str
    valeur: float
    territoire: str = "94"
    niveau: Niveau = Niveau.DEPARTEMENT
    publie: bool = True
    inconnu: int = 0
    sur: float | None = None


def poser(home: Path, chiffres: Iterable[Chiffre], *, au: date | None = None, le: datetime = MAINTENANT) -> None:
    """These figures for a day (today's by default), replacing what was kept of it."""
    jour = au or le.date()
    dossier = dossier_du_lac()
    dossier.mkdir(parents=True, exist_ok=True)
    version = f"pose-{next(_etats)}"
    ecrire_manifeste(dossier, Manifeste(version, "b", "s", le.date(), le, ("1", "1", 1), PREMIERE, jour))
    Calcul.objects.update_or_create(
        au=jour, defaults={"calcule_le": le, "version_lac": version, "methodes": "m", "a_refaire": False}
    )
    ValeurCalculee.objects.filter(au=jour).delete()
    ValeurCalculee.objects.bulk_create(
        ValeurCalculee(
            au=jour, code=c.code, niveau=c.niveau, territoire=c.territoire, valeur=c.valeur, numerateur=c.valeur,
            denominateur=c.sur, inconnu=c.inconnu,
            secret_publication="" if c.publie else Secret.PETIT_NOMBRE,
        )
        for c in chiffres
    )  # fmt: skip
