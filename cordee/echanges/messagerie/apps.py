from django.apps import AppConfig


class MessagerieConfig(AppConfig):
    name = "cordee.echanges.messagerie"
    label = "messagerie"
