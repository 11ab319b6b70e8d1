"""Addresses of the service levels."""

from django.urls import path

from cordee.web.delais_service import views

urlpatterns = [
    path("", views.delais, name="delais_service"),
    path("alerte/", views.alerte, name="delais_service_alerte"),
    path("export/", views.exporter, name="delais_service_export"),
    path("<int:pk>/", views.structure, name="delais_service_structure"),
]
