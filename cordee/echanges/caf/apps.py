from django.apps import AppConfig


class CafConfig(AppConfig):
    name = "cordee.echanges.caf"
    label = "caf"
