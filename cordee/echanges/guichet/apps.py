from django.apps import AppConfig


class GuichetConfig(AppConfig):
    name = "cordee.echanges.guichet"
    label = "guichet"
