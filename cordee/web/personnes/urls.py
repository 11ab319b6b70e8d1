"""Addresses of people: the list, one person, her panels, her identity."""

from django.urls import path

from cordee.web.personnes import guichet, views

urlpatterns = [
    path("", views.liste, name="personnes"),
    path("export/", views.exporter, name="personnes_export"),
    path("nouvelle/", guichet.nouvelle, name="personne_nouvelle"),
    path("<int:pk>/", views.personne, name="personne"),
    path("<int:pk>/identite/", views.identite, name="personne_identite"),
    path("<int:pk>/courriers/<int:courrier_pk>.pdf", views.courrier, name="courrier_pdf"),
]
