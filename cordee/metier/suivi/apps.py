from django.apps import AppConfig


class SuiviConfig(AppConfig):
    name = "cordee.metier.suivi"
    label = "suivi"
