"""Addresses of cohorts."""

from django.urls import path

from cordee.web.pilotage.cohortes import composer, exports, gardees, resultats

urlpatterns = [
    path("", gardees.liste, name="pilotage_cohortes"),
    path("composer/", composer.composer, name="pilotage_cohortes_composer"),
    path("apercu/", composer.apercu, name="pilotage_cohortes_apercu"),
    path("resultats/", resultats.resultats, name="pilotage_cohortes_resultats"),
    path("graphique.json", resultats.graphique, name="pilotage_cohortes_graphique"),
    path("export/", exports.exporter, name="pilotage_cohortes_export"),
    path("fichier/", exports.fichier, name="pilotage_cohortes_fichier"),
    path("garder/", gardees.garder, name="pilotage_cohortes_garder"),
    path("<int:pk>/", gardees.ouvrir, name="pilotage_cohorte"),
    path("<int:pk>/modifier/", gardees.modifier, name="pilotage_cohorte_modifier"),
    path("<int:pk>/dupliquer/", gardees.dupliquer, name="pilotage_cohorte_dupliquer"),
    path("<int:pk>/supprimer/", gardees.supprimer, name="pilotage_cohorte_supprimer"),
]
