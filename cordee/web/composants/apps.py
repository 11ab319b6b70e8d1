from django.apps import AppConfig


class ComposantsConfig(AppConfig):
    name = "cordee.web.composants"
    label = "composants"
