"""Addresses of the interview: they stand before those of the acts, whose last one takes any word."""

from django.urls import path

from cordee.web.entretien import views

urlpatterns = [
    path("<int:pk>/actes/orienter/", views.orienter, name="acte_orienter"),
    path("<int:pk>/actes/diagnostic/", views.diagnostiquer, name="acte_diagnostic"),
    path("<int:pk>/actes/orienter/proposition/", views.proposition, name="proposition"),
]
