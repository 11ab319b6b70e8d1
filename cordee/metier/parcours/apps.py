from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "cordee.metier.parcours"
    label = "parcours"
