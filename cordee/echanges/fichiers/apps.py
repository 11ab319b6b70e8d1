from django.apps import AppConfig


class FichiersConfig(AppConfig):
    name = "cordee.echanges.fichiers"
    label = "fichiers"
