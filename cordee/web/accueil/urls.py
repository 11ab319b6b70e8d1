"""Addresses of the home pages."""

from django.urls import path

from cordee.web.accueil import views

urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("verification/", views.verification, name="verification"),
]
