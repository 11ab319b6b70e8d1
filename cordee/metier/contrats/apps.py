from django.apps import AppConfig


class ContratsConfig(AppConfig):
    name = "cordee.metier.contrats"
    label = "contrats"
