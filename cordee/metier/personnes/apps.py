from django.apps import AppConfig


class PersonnesConfig(AppConfig):
    name = "cordee.metier.personnes"
    label = "personnes"
