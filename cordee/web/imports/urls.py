"""Addresses of the files received."""

from django.urls import include, path

from cordee.web.imports import attendus, bilans, depots, mouvements, views

_CLE = "<slug:type>/<int:organisme>/<int:emetteur>"

urlpatterns = [
    path("", views.liste, name="imports"),
    path("deposer/", depots.deposer, name="import_deposer"),
    path("depot/", depots.lot, name="import_lot"),
    path("depot/charger/", depots.charger_lot, name="import_lot_charger"),
    path("calendrier/", attendus.calendrier, name="import_calendrier"),
    path("calendrier/declarer/", attendus.declarer, name="import_attendu_nouveau"),
    path(f"calendrier/{_CLE}/", attendus.modifier, name="import_attendu"),
    path(f"calendrier/{_CLE}/relance/", attendus.relance, name="import_relance"),
    path("mis-de-cote/", include("cordee.web.imports.urls_rejets")),
    path("bilan/<int:organisme>/", bilans.bilan, name="import_bilan"),
    path("<int:pk>/", views.fichier, name="import"),
    path("<int:pk>/progression/", views.progression, name="import_progression"),
    path("<int:pk>/charger/", views.charger, name="import_charger"),
    path("<int:pk>/relancer/", views.relancer, name="import_relancer"),
    path("<int:pk>/recu-le/", views.reception, name="import_reception"),
    path("<int:pk>/ecarter/", views.ecarter, name="import_ecarter"),
    path("<int:pk>/reprendre/", views.reprendre, name="import_reprendre"),
    path("<int:pk>/personnes/<slug:sens>/<slug:motif>/", mouvements.personnes, name="import_personnes"),
    path("<int:pk>/personnes/<slug:sens>/<slug:motif>/export/", mouvements.exporter, name="import_personnes_export"),
    path("<int:pk>/mis-de-cote.csv", views.rejets, name="import_rejets"),
]
