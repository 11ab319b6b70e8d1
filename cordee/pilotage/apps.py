from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PilotageConfig(AppConfig):
    name = "cordee.pilotage"
    label = "pilotage"
    verbose_name = "Pilotage"

    def ready(self) -> None:
        """The tables that the lake reads note their changes: put again after each migration, which may add some."""
        from cordee.pilotage.lac.journal import poser_les_declencheurs  # noqa: PLC0415 - models first

        post_migrate.connect(lambda **options: poser_les_declencheurs(options["using"]), sender=self, weak=False,
                             dispatch_uid="pilotage.lac.journal")  # fmt: skip
