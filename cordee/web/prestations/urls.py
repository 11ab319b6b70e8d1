"""Addresses of the estimates."""

from django.urls import path

from cordee.web.prestations import bloc, droits, personne, views

urlpatterns = [
    path("estimations/", views.estimer, name="estimations"),
    path("estimations/resultat/", views.resultat, name="estimation_resultat"),
    path("estimations/progression/", views.progression, name="estimation_progression"),
    path("estimations/graphique.json", views.graphique, name="estimation_graphique"),
    path("estimations/export/", views.exporter, name="estimation_export"),
    path("personnes/<int:pk>/estimations/", personne.estimer, name="personne_estimations"),
    path("personnes/<int:pk>/estimations/resultat/", personne.resultat, name="personne_estimation"),
    path("personnes/<int:pk>/estimations/mesure/", bloc.mesure, name="personne_mesure_euros"),
    path("personnes/<int:pk>/autres-droits/", droits.examiner, name="personne_autres_droits"),
]
