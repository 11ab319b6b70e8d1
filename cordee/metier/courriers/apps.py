from django.apps import AppConfig


class CourriersConfig(AppConfig):
    name = "cordee.metier.courriers"
    label = "courriers"
