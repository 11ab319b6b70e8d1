from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "cordee.socle"
    label = "socle"
