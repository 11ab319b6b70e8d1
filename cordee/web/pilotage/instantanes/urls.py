"""Addresses of published states."""

from django.urls import path

from cordee.web.pilotage.instantanes import views

urlpatterns = [
    path("", views.liste, name="pilotage_instantanes"),
    path("prendre/", views.prendre, name="pilotage_instantane_prendre"),
    path("comparer/", views.comparer, name="pilotage_instantanes_comparer"),
    path("<int:pk>/", views.ouvrir, name="pilotage_instantane"),
]
