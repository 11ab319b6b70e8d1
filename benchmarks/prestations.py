"""A thousand households estimated in one batch, over six months, resources and jobs varied (issue 6, point 6).

Beside it in the same process: the same households one by one, the bare model asked for one month of the same
households, and the exact formula of the RSA alone. The model is loaded and warm: loading it is measured apart.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.mesure import Mesure
from cordee.metier.prestations.enums import Logement, NatureRevenu
from cordee.metier.prestations.moteur import charger, echauffer, estimer
from cordee.metier.prestations.moteur.assemblage import Assemblage
from cordee.metier.prestations.regles import Adulte, Emploi, Hypotheses, Revenu, rsa_exact

FOYERS, UN_PAR_UN = 1_000, 20
BUDGET_MS, BUDGET_RAPPORT, BUDGET_NU, BUDGET_CHARGER, BUDGET_MEMOIRE = 10, 0.1, 8, 20, 400
PREMIER = date(2026, 11, 1)


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    avant = _memoire()
    chargement, _systeme = _chronometrer(charger)
    froid, _rien = _chronometrer(lambda: echauffer(PREMIER))
    foyers = menages(FOYERS)
    estimer(foyers[:3])
    lot, resultats = _chronometrer(lambda: estimer(foyers))
    seuls, _uns = _chronometrer(lambda: [estimer([h]) for h in foyers[:UN_PAR_UN]])
    nu, _rsa = _chronometrer(lambda: modele_nu(foyers))
    exact, montants = _chronometrer(lambda: [rsa_exact(h, m) for h in foyers for m in h.mois_montres])
    memes = sum(
        x == m.rsa for x, m in zip(montants, (m for r in resultats for m in r.mois), strict=True) if x is not None
    )
    assert memes == sum(x is not None for x in montants)
    chaque, un = lot / FOYERS * 1000, seuls / UN_PAR_UN * 1000
    return [
        Mesure("estimer un foyer sur six mois, dans un lot de mille", chaque, BUDGET_MS, "ms",
               f"{lot:.1f} s le lot, emplois compris"),
        Mesure("le même contre un par un", chaque / un, BUDGET_RAPPORT, "×", f"{un:.0f} ms un par un"),
        Mesure("le lot contre le modèle seul, un mois des mêmes foyers", lot / nu, BUDGET_NU, "×",
               f"modèle {nu:.2f} s"),
        Mesure("charger le modèle et la loi de ces mois", chargement + froid, BUDGET_CHARGER, "s",
               f"{chargement:.1f} s puis {froid:.1f} s"),
        Mesure("mémoire de plus", _memoire() - avant, BUDGET_MEMOIRE, "Mo"),
        Mesure("la formule exacte du RSA, un foyer sur six mois", exact / FOYERS * 1000, 2, "ms",
               f"{memes} mois égaux au centime"),
    ]  # fmt: skip


def menages(combien: int, *, graine: int = 94) -> list[Hypotheses]:
    """Households as the files have them: mostly alone, four in ten with children; one in four takes a job."""
    tirage = Random(graine)  # noqa: S311 - invented households
    return [_menage(tirage) for _ in range(combien)]


def _menage(tirage: Random) -> Hypotheses:
    adultes = 2 if tirage.random() < 0.15 else 1
    enfants = tirage.choices((0, 1, 2, 3, 4), (60, 17, 13, 7, 3))[0]
    travail = None
    if tirage.random() < 0.25:
        brut = Decimal("12.31") + Decimal(tirage.randrange(300)) / 100
        debut = date(2026, 12, tirage.randint(1, 28))
        travail = Emploi(
            debut=debut, heures_hebdo=Decimal(tirage.choice((10, 15, 20, 28, 35))), salaire_horaire_brut=brut
        )
    return Hypotheses(
        premier_mois=PREMIER,
        adultes=tuple(_adulte(tirage) for _ in range(adultes)),
        enfants=tuple(date(tirage.randint(2008, 2025), tirage.randint(1, 12), 1) for _ in range(enfants)),
        logement=tirage.choice(list(Logement)),
        prestations_familiales=Decimal(0) if tirage.random() < 0.5 else None,
        cycle=date(2026, tirage.choice((9, 10, 11)), 1),
        emploi=travail,
    )


def _adulte(tirage: Random) -> Adulte:
    revenus = ()
    if tirage.random() < 0.2:
        nature = tirage.choice((NatureRevenu.SALAIRE, NatureRevenu.NON_SALARIE, NatureRevenu.CHOMAGE))
        revenus = (Revenu(nature=nature, montant=Decimal(tirage.randrange(5, 700))),)
    return Adulte(naissance=date(tirage.randint(1962, 2000), tirage.randint(1, 12), 1), revenus=revenus)


def modele_nu(foyers: list[Hypotheses]) -> Any:
    """The model alone, without our reading of the quarter: the RSA and the prime of one month."""
    lot = Assemblage(foyers, [None] * len(foyers))
    return lot.lire("rsa", PREMIER), lot.lire("ppa", PREMIER)


def _chronometrer(quoi: Callable[[], Any]) -> tuple[float, Any]:
    debut = time.perf_counter()
    resultat = quoi()
    return time.perf_counter() - debut, resultat


def _memoire() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
