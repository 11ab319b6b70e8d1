"""Addresses of the reconciliation queue."""

from django.urls import path

from cordee.web.rapprochement import gestes, views

urlpatterns = [
    path("", views.file, name="rapprochements"),
    path("export/", views.exporter, name="rapprochements_export"),
    path("ensemble/", gestes.ensemble, name="rapprochements_ensemble"),
    path("contacts/<int:pk>/", gestes.contact, name="rapprochement_contact"),
]
