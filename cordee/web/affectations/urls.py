"""Addresses of the allocation."""

from django.urls import path

from cordee.web.affectations import actes, lignes, referents, views

urlpatterns = [
    path("", views.accueil, name="affectations"),
    path("preparer/", actes.preparer, name="affectation_preparer"),
    path("bareme/", views.bareme, name="affectation_bareme"),
    path("referents/", referents.liste, name="affectation_referents"),
    path("referents/<int:structure>/<int:agent>/", referents.regler, name="affectation_referent"),
    path("structures/<int:pk>/", referents.regler_equipe, name="affectation_structure"),
    path("<int:pk>/", views.proposition, name="affectation"),
    path("<int:pk>/comparer/", views.comparer, name="affectation_comparer"),
    path("<int:pk>/recalculer/", actes.recalcul, name="affectation_recalculer"),
    path("<int:pk>/verrouiller/", actes.verrous, name="affectation_verrous"),
    path("<int:pk>/valider/", actes.validation, name="affectation_valider"),
    path("<int:pk>/annuler/", actes.annulation, name="affectation_annuler"),
    path("<int:pk>/presenter/", actes.presentation, name="affectation_presenter"),
    path("<int:pk>/abandonner/", actes.abandon, name="affectation_abandonner"),
    path("<int:pk>/lignes/<int:ligne>/", lignes.ligne, name="affectation_ligne"),
    path("<int:pk>/lignes/<int:ligne>/ecarter/", lignes.mise_de_cote, name="affectation_ecarter"),
    path("<int:pk>/lignes/<int:ligne>/besoin/", lignes.besoin, name="affectation_besoin"),
]
