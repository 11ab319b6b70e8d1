"""The addresses people type."""

from django.urls import include, path

urlpatterns = [
    path("comptes/", include("allauth.urls")),
    path("design/", include("cordee.web.design.urls")),
    path("regles/", include("cordee.web.regles.urls")),
]
