from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "cordee.metier.participation"
    label = "participation"
