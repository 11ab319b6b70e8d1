"""Addresses of the interview: they stand before those of the acts, whose last one takes any word."""

from django.urls import path

from cordee.web.entretien import pages, sauvegarde, views

urlpatterns = [
    path("<int:pk>/actes/orienter/", views.orienter, name="acte_orienter"),
    path("<int:pk>/actes/diagnostic/", views.diagnostiquer, name="acte_diagnostic"),
    path("<int:pk>/actes/orienter/proposition/", views.proposition, name="proposition"),
    path("<int:pk>/actes/<slug:cle>/brouillon/", sauvegarde.brouillon, name="entretien_brouillon"),
    path("<int:pk>/actes/<slug:cle>/effacer/", sauvegarde.effacer, name="entretien_effacer"),
    path("<int:pk>/actes/<slug:cle>/competences/", sauvegarde.competences_proposees, name="entretien_competences"),
    path("<int:pk>/entretiens/", pages.entretiens, name="entretiens"),
    path("entretiens-en-cours/", pages.en_cours, name="entretiens_en_cours"),
    path("metiers/", sauvegarde.metiers, name="metiers"),
]
