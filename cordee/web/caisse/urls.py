"""Addresses of the exchange of decisions with the paying bodies."""

from django.urls import path

from cordee.web.caisse import gestes, suivi, views

urlpatterns = [
    path("", views.accueil, name="caisse"),
    path("preparer/<int:organisme>/", gestes.preparer, name="caisse_preparer"),
    path("urgente/<int:organisme>/", gestes.urgente, name="caisse_urgente"),
    path("convention/<int:organisme>/", gestes.convention, name="caisse_convention"),
    path("suivi/", suivi.suivi, name="caisse_suivi"),
    path("suivi/export/", suivi.exporter, name="caisse_suivi_export"),
    path("<int:pk>/", views.liste, name="caisse_liste"),
    path("<int:pk>/export/", views.exporter, name="caisse_export"),
    path("<int:pk>/envoyer/", gestes.envoyer, name="caisse_envoyer"),
    path("<int:pk>/accuse/", gestes.accuse, name="caisse_accuse"),
    path("<int:pk>/rejet/", gestes.rejet, name="caisse_rejet"),
]
