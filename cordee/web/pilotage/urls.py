"""Addresses of the figures of the whole."""

from django.urls import include, path

from cordee.web.pilotage import cibles, courriels, donnees, echeance, etudes, listes, methode, views, vues

urlpatterns = [
    path("", views.tableau_de_bord, name="pilotage"),
    path("methode/", methode.methode, name="pilotage_methode"),
    path("actualiser/", views.actualiser, name="pilotage_actualiser"),
    path("cibles/", cibles.liste, name="pilotage_cibles"),
    path("cibles/nouvelle/", cibles.nouvelle, name="pilotage_cible_nouvelle"),
    path("cibles/<int:pk>/retirer/", cibles.retirer, name="pilotage_cible_retirer"),
    path("echeance/", echeance.par_lieu, name="pilotage_echeance"),
    path("vues/", vues.liste, name="pilotage_vues"),
    path("vues/garder/", vues.garder, name="pilotage_vue_garder"),
    path("vues/<int:pk>/", vues.ouvrir, name="pilotage_vue_ouvrir"),
    path("vues/<int:pk>/modifier/", vues.modifier, name="pilotage_vue_modifier"),
    path("vues/<int:pk>/premiere/", vues.premiere, name="pilotage_vue_premiere"),
    path("vues/<int:pk>/supprimer/", vues.supprimer, name="pilotage_vue_supprimer"),
    path("vues/<int:pk>/courriel/", courriels.envois, name="pilotage_vue_envois"),
    path("vues/envois/<int:pk>/arreter/", courriels.arreter, name="pilotage_vue_arreter"),
    path("vues/arret/<slug:jeton>/", courriels.arret, name="pilotage_vue_arret"),
    path("etudes/<int:pk>/", etudes.progression, name="pilotage_etude"),
    path("instantanes/", include("cordee.web.pilotage.instantanes.urls")),
    path("structures/", include("cordee.web.pilotage.structures.urls")),
    path("evaluations/", include("cordee.web.pilotage.evaluation.urls")),
    path("cohortes/", include("cordee.web.pilotage.cohortes.urls")),
    path("", include("cordee.web.pilotage.rapports.urls")),
    path("tableaux/", include("cordee.web.pilotage.officiels.urls")),
    path("<slug:code>/", views.indicateur, name="pilotage_indicateur"),
    path("<slug:code>/graphique.json", donnees.graphique, name="pilotage_graphique"),
    path("<slug:code>/export/", donnees.exporter, name="pilotage_export"),
    path("<slug:code>/personnes/", listes.personnes, name="pilotage_personnes"),
    path("<slug:code>/personnes/export/", listes.exporter, name="pilotage_personnes_export"),
]
