"""Addresses of the official tables."""

from django.urls import path

from cordee.web.pilotage.officiels import views

urlpatterns = [
    path("", views.tableaux, name="pilotage_officiels"),
    path("export/", views.exporter, name="pilotage_officiels_export"),
]
