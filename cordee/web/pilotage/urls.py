"""Addresses of the figures of the whole."""

from django.urls import path

from cordee.web.pilotage import cibles, donnees, echeance, etudes, listes, methode, views

urlpatterns = [
    path("", views.tableau_de_bord, name="pilotage"),
    path("methode/", methode.methode, name="pilotage_methode"),
    path("actualiser/", views.actualiser, name="pilotage_actualiser"),
    path("cibles/", cibles.liste, name="pilotage_cibles"),
    path("cibles/nouvelle/", cibles.nouvelle, name="pilotage_cible_nouvelle"),
    path("cibles/<int:pk>/retirer/", cibles.retirer, name="pilotage_cible_retirer"),
    path("echeance/", echeance.par_lieu, name="pilotage_echeance"),
    path("etudes/<int:pk>/", etudes.progression, name="pilotage_etude"),
    path("<slug:code>/", views.indicateur, name="pilotage_indicateur"),
    path("<slug:code>/graphique.json", donnees.graphique, name="pilotage_graphique"),
    path("<slug:code>/export/", donnees.exporter, name="pilotage_export"),
    path("<slug:code>/personnes/", listes.personnes, name="pilotage_personnes"),
    path("<slug:code>/personnes/export/", listes.exporter, name="pilotage_personnes_export"),
]
