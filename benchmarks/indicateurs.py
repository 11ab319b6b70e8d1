"""All the figures, all the territories: made again from nothing, then brought up to date after one act (design §8)."""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable
from typing import Any

from benchmarks.mesure import Mesure
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.services import noter_contact
from cordee.pilotage.lac.manifeste import dossier_du_lac
from cordee.pilotage.models import ValeurCalculee
from cordee.pilotage.services import Bilan, rafraichir
from cordee.socle.horloge import maintenant

SUR_LE_DEPARTEMENT = ECRIT = True
BUDGET_COMPLET, BUDGET_SUITE = 60, 5


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    try:
        complet, bilan = _chronometrer(lambda: rafraichir(le=maintenant(), complet=True))
        _un_acte()
        suite, apres = _chronometrer(lambda: rafraichir(le=maintenant()))
    finally:
        shutil.rmtree(dossier_du_lac(), ignore_errors=True)
    valeurs = ValeurCalculee.objects.count()
    detail = f"{bilan.lac.lignes} lignes lues, {len(bilan.jours)} dates, {valeurs} valeurs"
    return [
        Mesure("tous les indicateurs, de rien", complet, BUDGET_COMPLET, "s", detail),
        Mesure("les mêmes après un nouvel acte", suite, BUDGET_SUITE, "s",
               f"{apres.lac.lignes} lignes lues, {len(apres.jours)} dates calculées, {apres.restants} à refaire"),
    ]  # fmt: skip


def _un_acte() -> None:
    """A référent notes a contact with one of her people."""
    situation = Situation.objects.filter(soumis=True, referent_agent__isnull=False).order_by("pk")[0]
    personne = Personne.objects.get(pk=situation.personne_id)
    assert situation.referent_agent is not None
    noter_contact(
        personne=personne, genre=GenreContactSuivi.APPEL, resultat=ResultatContact.JOINTE, prochain_le=None, note="",
        par=situation.referent_agent, le=maintenant(),
    )  # fmt: skip


def _chronometrer(faire: Callable[[], Bilan]) -> tuple[float, Any]:
    debut = time.perf_counter()
    rendu = faire()
    return time.perf_counter() - debut, rendu
