"""``cordee demo``: a synthetic département, built by the product, then served."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import Any

from cordee.configuration.console import imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

AIDE = "Construit un département de démonstration (personnes fictives) puis sert le site."
PERSONNES = 47_265  # everybody subject at 2021-12-31 (published)
EFFET = 3.0
PETITE = 10_000
MOIS_AVANT_D_OUVRIR = 12  # of a large one: the worker computes the older months once the site is served


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--personnes", type=int, default=PERSONNES, metavar="N",
        help="personnes soumises au 31/12/2021 (47265 : tout le département ; 2000 : petit et rapide)",
    )  # fmt: skip
    parser.add_argument("--graine", type=int, default=94, metavar="N", help="graine du tirage (94)")
    parser.add_argument(
        "--effet", type=float, default=EFFET, metavar="POINTS",
        help="effet vrai de l'expérimentation sur l'activité à six mois, en points (3) ; 0 : aucun effet",
    )  # fmt: skip
    parser.add_argument("--sans-serveur", action="store_true", help="construit sans servir")
    parser.add_argument("--port", type=int, default=8000, help="port d'écoute (8000)")
    parser.add_argument("--json", action="store_true", help="résultat en JSON (avec --sans-serveur)")


def executer(options: argparse.Namespace) -> int:
    if os.environ.get("CORDEE_ENV") == "production":
        raise ErreurMetier("La démonstration ne se construit pas en production : elle invente des personnes.")
    if options.personnes < 1:
        raise ErreurMetier("Indiquez au moins une personne.")
    if not 0 <= options.effet <= 20:
        raise ErreurMetier("L'effet se donne en points, entre 0 et 20.")
    preparer_django()
    from django.conf import settings

    from cordee.configuration.commandes.installer import installer
    from cordee.demo import construction
    from cordee.socle.horloge import maintenant

    journal = Journal()
    le = maintenant()
    journal("L'installation")
    installer(departement="94", le=le)
    settings.MARQUE_DEMO.touch()
    settings.MODE_DEMO = True
    resultat: dict[str, Any] = {"deja_construit": True}
    if construction.existe_deja():
        print("Le département de démonstration est déjà là (« make reset » pour repartir de zéro).", file=sys.stderr)
    else:
        resultat = _construire(options, journal)
    if options.json:
        imprimer_json(resultat)
    if options.sans_serveur:
        return 0
    from cordee.configuration.commandes.serveur import servir

    print(f"\nLe site s'ouvre sur http://127.0.0.1:{options.port} : les comptes sont sur la page de connexion.",
          file=sys.stderr)  # fmt: skip
    return servir(port=options.port)


def _construire(options: argparse.Namespace, journal: Journal) -> dict[str, Any]:
    """Build, count, and say what was built. Returns the same as an object."""
    from cordee.demo import construction
    from cordee.demo.constat import constater, phrases
    from cordee.demo.matinee_pilotage_bilan import preparer_un_bilan
    from cordee.demo.matinee_pilotage_experiences import publier_les_experiences
    from cordee.demo.matinee_pilotage_instantanes import publier_des_instantanes
    from cordee.metier.organismes.selectors import agent_systeme
    from cordee.pilotage.services import rafraichir
    from cordee.socle.horloge import maintenant

    bilan = construction.construire(
        personnes=options.personnes, graine=options.graine, le=maintenant(), dire=journal, effet=options.effet / 100
    )
    journal("Les chiffres")
    tout = options.personnes <= PETITE
    rafraichir(le=maintenant(), mois_passes=None if tout else MOIS_AVANT_D_OUVRIR)
    publier_des_instantanes(par=agent_systeme(), le=maintenant())
    publier_les_experiences(par=agent_systeme(), le=maintenant())
    preparer_un_bilan(le=maintenant())
    constats = constater(options.personnes)
    duree = journal.finir()
    _dire("")
    for phrase in phrases(constats, reduit=options.personnes != PERSONNES):
        _dire(phrase)
    _dire("")
    _dire(
        f"{bilan.personnes} personnes fictives, {bilan.fichiers} fichiers reçus, {bilan.actes} actes dans la matinée."
    )
    _dire(f"Graine {options.graine}. Effet vrai de l'expérimentation : {options.effet:g} points (hypothèse).")
    _dire("Durées : " + ", ".join(f"{phase.lower()} {secondes:.0f} s" for phase, secondes in journal.longues()))
    _dire(f"En tout : {duree:.0f} s.")
    if not tout:
        _dire("Les chiffres des mois plus anciens se calculent pendant que le site est servi.")
    return {"bilan": bilan, "chiffres": constats, "secondes": journal.phases}


class Journal:
    """Says each phase as it begins, and how long each took. Phases of the same name add up."""

    def __init__(self) -> None:
        self.phases: dict[str, float] = {}
        self._debut = self._depuis = time.perf_counter()
        self._en_cours = ""

    def __call__(self, phrase: str) -> None:
        self._clore()
        self._en_cours = "Les fichiers" if phrase.startswith("Le fichier ") else phrase.partition(" : ")[0]
        _dire(f"  {phrase}…")

    def finir(self) -> float:
        """Close the last phase. Returns the seconds since the beginning."""
        self._clore()
        return time.perf_counter() - self._debut

    def longues(self) -> list[tuple[str, float]]:
        """Phases of a second or more, in order."""
        return [(phase, secondes) for phase, secondes in self.phases.items() if secondes >= 1]

    def _clore(self) -> None:
        maintenant = time.perf_counter()
        if self._en_cours:
            self.phases[self._en_cours] = self.phases.get(self._en_cours, 0.0) + maintenant - self._depuis
        self._depuis, self._en_cours = maintenant, ""


def _dire(phrase: str) -> None:
    print(phrase, file=sys.stderr, flush=True)
