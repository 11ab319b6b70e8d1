from django.apps import AppConfig


class PartenairesConfig(AppConfig):
    name = "cordee.echanges.partenaires"
    label = "partenaires"
