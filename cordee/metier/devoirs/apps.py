from django.apps import AppConfig


class DevoirsConfig(AppConfig):
    name = "cordee.metier.devoirs"
    label = "devoirs"
