"""Addresses of the neutrality page."""

from django.urls import path

from cordee.web.neutralite import views

urlpatterns = [
    path("", views.page, name="neutralite"),
    path("export/", views.exporter, name="neutralite_export"),
]
