from django.apps import AppConfig


class OrganismesConfig(AppConfig):
    name = "cordee.metier.organismes"
    label = "organismes"
