"""Address of the search."""

from django.urls import path

from cordee.web.recherche import views

urlpatterns = [path("", views.recherche, name="recherche")]
