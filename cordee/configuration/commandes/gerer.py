"""``cordee gerer …``: Django's own commands (migrate, makemigrations, shell, check…)."""

from __future__ import annotations

import argparse
import os

AIDE = "Lance une commande de Django (migrate, shell, check…)."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="la commande de Django et ses arguments")


def executer(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.configuration.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["cordee gerer", *options.arguments])
    return 0
