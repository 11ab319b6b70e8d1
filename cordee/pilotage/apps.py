from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "cordee.pilotage"
    label = "pilotage"
    verbose_name = "Pilotage"
