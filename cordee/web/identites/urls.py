"""Addresses of identities."""

from django.urls import path

from cordee.web.identites import views

urlpatterns = [
    path("", views.file, name="arbitrages"),
    path("<int:pk>/", views.arbitrage, name="arbitrage"),
    path("<int:pk>/trancher/", views.trancher, name="arbitrage_trancher"),
    path("reunions/", views.reunions, name="reunions"),
    path("reunions/<int:pk>/annuler/", views.annuler, name="reunion_annuler"),
]
