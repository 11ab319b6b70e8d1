"""Addresses of the random controls."""

from django.urls import path

from cordee.web.controles import views

urlpatterns = [
    path("", views.accueil, name="controles"),
    path("annoncer/", views.annoncer, name="controles_annoncer"),
    path("<int:pk>/", views.tirage, name="controles_tirage"),
    path("<int:pk>/tirer/", views.tirer, name="controles_tirer"),
    path("personne/<int:pk>/", views.conclure, name="controles_conclure"),
]
