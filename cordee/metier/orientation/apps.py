from django.apps import AppConfig


class OrientationConfig(AppConfig):
    name = "cordee.metier.orientation"
    label = "orientation"
