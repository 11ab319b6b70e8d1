from django.apps import AppConfig


class RendezvousConfig(AppConfig):
    name = "cordee.metier.rendezvous"
    label = "rendezvous"
