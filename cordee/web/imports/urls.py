"""Addresses of the files received."""

from django.urls import path

from cordee.web.imports import views

urlpatterns = [
    path("", views.liste, name="imports"),
    path("deposer/", views.deposer, name="import_deposer"),
    path("<int:pk>/", views.fichier, name="import"),
    path("<int:pk>/progression/", views.progression, name="import_progression"),
    path("<int:pk>/charger/", views.charger, name="import_charger"),
    path("<int:pk>/relancer/", views.relancer, name="import_relancer"),
    path("<int:pk>/recu-le/", views.reception, name="import_reception"),
    path("<int:pk>/ecarter/", views.ecarter, name="import_ecarter"),
    path("<int:pk>/reprendre/", views.reprendre, name="import_reprendre"),
    path("<int:pk>/mis-de-cote.csv", views.rejets, name="import_rejets"),
]
