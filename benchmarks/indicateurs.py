"""All the figures, all the territories: made again from nothing, then brought up to date after one act (design §8)."""

from __future__ import annotations

import argparse
import shutil
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.mesure import Mesure
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.services import noter_contact
from cordee.pilotage.calcul import cellules_de, contexte
from cordee.pilotage.carte import carte
from cordee.pilotage.entetes import FAMILLES, definitions
from cordee.pilotage.lac.lecture import ouvrir
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.pilotage.models import ValeurCalculee
from cordee.pilotage.services import Bilan, rafraichir
from cordee.socle.horloge import maintenant

SUR_LE_DEPARTEMENT = ECRIT = True
BUDGET_COMPLET, BUDGET_SUITE, BUDGET_FAMILLE = 60, 5, 2
"""Of a family: seconds of processor for one day, its views included when it is the first to name them."""


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    try:
        complet, bilan = _chronometrer(lambda: rafraichir(le=maintenant(), complet=True))
        familles = _par_famille(bilan.lac.manifeste)
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
        *familles,
    ]  # fmt: skip


def _par_famille(manifeste: Manifeste) -> list[Mesure]:
    """What each family costs on one day, in the order in which they are computed."""
    cout: dict[str, float] = dict.fromkeys(FAMILLES, 0.0)
    combien = Counter(d.famille for d in definitions().values())
    ici = carte()
    with ouvrir(manifeste, contexte([manifeste.au], manifeste.derniere_photo)) as session:
        for definition in definitions().values():
            debut = time.process_time()
            cellules_de(session, definition, ici)
            cout[definition.famille] += time.process_time() - debut
    return [
        Mesure(f"  {FAMILLES[famille].lower()}, un jour", secondes, BUDGET_FAMILLE, "s de processeur",
               f"{combien[famille]} indicateurs")
        for famille, secondes in cout.items()
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
