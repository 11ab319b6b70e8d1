"""Addresses of « Droits et devoirs »."""

from django.urls import path

from cordee.web.devoirs import simulateur

urlpatterns = [
    path("devoirs/simulateur/", simulateur.simulateur, name="devoirs_simulateur"),
]
