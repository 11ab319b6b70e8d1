from django.apps import AppConfig


class PrestationsConfig(AppConfig):
    name = "cordee.metier.prestations"
    label = "prestations"
