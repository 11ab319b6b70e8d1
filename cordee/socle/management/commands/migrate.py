"""``migrate``, which makes an empty database in one go (``cordee.socle.structure``), then does what Django does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from cordee.socle.structure import charger

_AUTREMENT = (
    "app_label",
    "migration_name",
    "fake",
    "fake_initial",
    "plan",
    "check_unapplied",
    "prune",
    "sans_structure",
)


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--sans-structure", action="store_true", help="Run every migration, even on an empty base.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not any(options.get(option) for option in _AUTREMENT):
            charger(connections[options["database"]])
        super().handle(*args, **options)
