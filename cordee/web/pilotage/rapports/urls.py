"""Addresses of the reports."""

from django.urls import path

from cordee.web.pilotage.rapports import assemblee, bilans, fichiers, preparation

urlpatterns = [
    path("bilans/assemblee/", assemblee.page, name="pilotage_page_pdf"),
    path("bilans/assemblee/graphique.json", assemblee.graphique, name="pilotage_page_graphique"),
    path("bilans/assemblee/preparer/", assemblee.preparer, name="pilotage_page_preparer"),
    path("bilans/", bilans.liste, name="pilotage_rapports"),
    path("bilans/nouveau/", preparation.ouvrir, name="bilan_nouveau"),
    path("bilans/notes/<int:pk>/retirer/", preparation.retirer_note, name="bilan_note_retirer"),
    path("bilans/<int:pk>/", bilans.lire, name="bilan"),
    path("bilans/<int:pk>/preparer/", preparation.preparer, name="bilan_preparer"),
    path("bilans/<int:pk>/note/", preparation.noter, name="bilan_noter"),
    path("bilans/<int:pk>/jalons/", preparation.jalons, name="bilan_jalons"),
    path("bilans/<int:pk>/chiffres/", preparation.chiffres, name="bilan_chiffres"),
    path("bilans/<int:pk>/accord/", preparation.accorder, name="bilan_accorder"),
    path("bilans/<int:pk>/publier/", preparation.publier, name="bilan_publier"),
    path("bilans/<int:pk>/corriger/", preparation.corriger, name="bilan_corriger"),
    path("bilans/<int:pk>/progression/", preparation.progression, name="bilan_progression"),
    path("bilans/<int:pk>/fichiers/", fichiers.demander_du_bilan, name="bilan_fichiers"),
    path("editions/<int:pk>/", fichiers.telecharger, name="edition_fichier"),
    path("editions/<int:pk>/etat/", fichiers.progression, name="edition_progression"),
]
