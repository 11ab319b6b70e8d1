"""Addresses of the acts on a person."""

from django.urls import path

from cordee.web.parcours import devoirs, views

urlpatterns = [
    path("<int:pk>/actes/dossier_devoirs/", devoirs.ouvrir, name="acte_dossier_devoirs"),
    path("<int:pk>/actes/<slug:cle>/", views.acte, name="acte"),
]
