from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "cordee.echanges.contacts"
    label = "contacts"
