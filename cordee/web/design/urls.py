"""Addresses of the page of components."""

from django.urls import path

from cordee.web.design import views

urlpatterns = [
    path("", views.design, name="design"),
    path("tiroir/", views.tiroir, name="design_tiroir"),
    path("progression/", views.progression, name="design_progression"),
    path("panneau/", views.panneau, name="design_panneau"),
    path("identite/", views.identite, name="design_identite"),
]
