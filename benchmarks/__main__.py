"""Run the measures: ``python -m benchmarks [NAME…] [--foyers N] [--json]``. Exit code 1 when a budget is not held."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
from dataclasses import asdict

import django

import benchmarks
from benchmarks.mesure import Mesure, base_neuve

OUTILS = {"__main__", "agent", "departement", "mesure", "serveur"}


def main() -> int:
    noms = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name not in OUTILS)
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("noms", nargs="*", metavar="NAME", help=f"measures to run, among {', '.join(noms)}")
    parser.add_argument("--foyers", type=int, default=45_000, help="households of the monthly file (45000)")
    parser.add_argument("--personnes", type=int, default=47_265, help="people subject at the first photo (47265)")
    parser.add_argument("--json", action="store_true", help="one JSON list on stdout")
    options = parser.parse_args()
    if inconnus := set(options.noms) - set(noms):
        parser.error(f"unknown: {', '.join(sorted(inconnus))}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.configuration.settings")
    django.setup()
    choisis = {nom: importlib.import_module(f"benchmarks.{nom}") for nom in options.noms or noms}
    ensemble = [module for module in choisis.values() if getattr(module, "SUR_LE_DEPARTEMENT", False)]
    mesures: list[Mesure] = []
    for module in choisis.values():
        if module not in ensemble:
            with base_neuve():
                mesures += module.mesurer(options)
    if ensemble:  # one département for all those that read it, those that write in it last
        with base_neuve():
            importlib.import_module("benchmarks.departement").construire(options.personnes)
            for module in sorted(ensemble, key=lambda m: getattr(m, "ECRIT", False)):
                mesures += module.mesurer(options)
    if options.json:
        print(json.dumps([asdict(mesure) | {"tenu": mesure.tenu} for mesure in mesures], ensure_ascii=False, indent=2))
    else:
        for mesure in mesures:
            print(mesure)
    return 0 if all(mesure.tenu for mesure in mesures) else 1


if __name__ == "__main__":
    sys.exit(main())
