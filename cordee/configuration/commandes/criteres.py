"""``cordee criteres``: check a file of orientation criteria, and try it over past decisions before it goes live."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import date_iso, imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

if TYPE_CHECKING:
    from cordee.metier.orientation.selectors.simulation import Simulation
    from cordee.reglementation.criteres_orientation import Criteres

AIDE = "Contrôle un fichier de critères d'orientation et le simule sur les décisions passées. Rien n'est écrit."
UN_AN = 365


def definir(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        AIDE + " Sans fichier, contrôle les critères installés. JSON : {version, depuis, jusqu_a, comparee_a, du, au, "
        "decisions, sans_reponses, comparees, deplacees, voies[{avant, apres, nombre}], "
        "organismes[{organisme, avant, apres}]} ; un nombre de 1 à 4 est caché (null)."
    )
    parser.add_argument("fichier", nargs="?", type=Path, help="fichier YAML (forme de criteres_orientation.yaml)")
    parser.add_argument("--version", metavar="NOM", default="", help="version du fichier à simuler (la dernière)")
    parser.add_argument("--du", type=date_iso, metavar="DATE", help="décisions prises à partir du (il y a un an)")
    parser.add_argument("--au", type=date_iso, metavar="DATE", help="jusqu'au (aujourd'hui)")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> None:
    preparer_django()
    from cordee.metier.orientation.selectors.criteres import criteres_applicables
    from cordee.metier.orientation.selectors.decisions import Periode
    from cordee.metier.orientation.selectors.simulation import simuler
    from cordee.socle.horloge import aujourdhui

    essayes = _lire(options.fichier, options.version)
    fin: date = options.au or aujourdhui()
    debut: date = options.du or fin - timedelta(days=UN_AN)
    if debut > fin:
        raise ErreurMetier("La période finit avant de commencer : corrigez --du ou --au.")
    actuels = criteres_applicables(aujourdhui())
    simulation = simuler(avant=actuels, apres=essayes, periode=Periode(du=debut, au=fin + timedelta(days=1)))
    resultat = _resultat(essayes, simulation, debut, fin)
    if options.json:
        imprimer_json(resultat)
        return
    print(
        f"{essayes.libelle}, version {essayes.version} : le fichier est valable, à partir du {essayes.depuis:%d/%m/%Y}."
    )
    print(
        f"Du {debut:%d/%m/%Y} au {fin:%d/%m/%Y} : {resultat['comparees']} décisions comparées à la règle actuelle "
        f"({actuels.version}), {_dit(resultat['deplacees'])} auraient eu une autre proposition ; "
        f"{resultat['sans_reponses']} sans réponses gardées."
    )
    for v in resultat["voies"]:
        if v["avant"] != v["apres"]:
            print(f"  {v['avant']} -> {v['apres']} : {_dit(v['nombre'])}")
    print("Personne n'est réorienté : rien n'a été écrit.")


def _lire(fichier: Path | None, nom: str) -> Criteres:
    """The version to try.

    Raises:
        ErreurMetier: no such file, not YAML, rules that break their contract, no such version.
    """
    import yaml

    from cordee.reglementation.chargement import ReglesInvalides
    from cordee.reglementation.criteres_orientation import charger, versions_nationales

    if fichier is None:
        versions = versions_nationales()
    else:
        try:
            contenu = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as erreur:
            raise ErreurMetier(f"« {fichier} » ne se lit pas : indiquez un fichier de critères.") from erreur
        except yaml.YAMLError as erreur:
            raise ErreurMetier(f"« {fichier} » n'est pas écrit en YAML : {str(erreur).splitlines()[0]}.") from erreur
        if not isinstance(contenu, list) or not all(isinstance(fiche, dict) for fiche in contenu):
            raise ErreurMetier(f"« {fichier} » : une liste de fiches est attendue.")
        try:
            versions = charger(contenu)
        except ReglesInvalides as erreur:
            raise ErreurMetier(f"Critères refusés, rien n'a changé. {erreur}") from erreur
    for version in reversed(versions):
        if not nom or version.version == nom:
            return version
    raise ErreurMetier(f"Aucune version ne porte le nom « {nom} ». Connues : {', '.join(v.version for v in versions)}.")


def _resultat(essayes: Criteres, s: Simulation, debut: date, fin: date) -> dict[str, Any]:
    return {
        "version": essayes.version, "depuis": essayes.depuis, "jusqu_a": essayes.jusqu_a, "comparee_a": s.avant,
        "du": debut, "au": fin, "decisions": s.decisions, "sans_reponses": s.sans_reponses,
        "comparees": s.comparees, "deplacees": _montrable(s.deplacees),
        "voies": [{"avant": de, "apres": vers, "nombre": _montrable(n)} for (de, vers), n in sorted(s.voies.items())],
        "organismes": [
            {"organisme": genre, "avant": _montrable(avant), "apres": _montrable(apres)}
            for genre, avant, apres in s.charge()
        ],
    }  # fmt: skip


def _montrable(n: int) -> int | None:
    """``None``: too few people to be told."""
    from cordee.pilotage.secret import SEUIL_INTERNE, petit

    return None if petit(n, SEUIL_INTERNE) else n


def _dit(n: int | None) -> str:
    return "moins de 5" if n is None else str(n)
