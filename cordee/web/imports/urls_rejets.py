"""Addresses of what was set aside."""

from django.urls import path

from cordee.web.imports import rejet, rejets

urlpatterns = [
    path("", rejets.file, name="rejets"),
    path("rejouer/", rejets.rejouer, name="rejets_rejouer"),
    path("fichier/<int:pk>/rejouer/", rejets.rejouer_fichier, name="rejets_rejouer_fichier"),
    path("rejeu/<int:pk>/", rejets.lot, name="rejets_lot"),
    path("rejeu/<int:pk>/progression/", rejets.lot_progression, name="rejets_lot_progression"),
    path("<int:pk>/", rejet.voir, name="rejet"),
    path("<int:pk>/corriger/", rejet.corriger, name="rejet_corriger"),
    path("<int:pk>/rejouer/", rejet.rejouer_tel_quel, name="rejet_rejouer"),
    path("<int:pk>/ecarter/", rejet.mettre_a_l_ecart, name="rejet_ecarter"),
    path("<int:pk>/reprendre/", rejet.revenir, name="rejet_reprendre"),
    path("<int:pk>/origine/", rejet.revenir_a_l_origine, name="rejet_origine"),
]
