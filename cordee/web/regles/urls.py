"""Address of the rules."""

from django.urls import path

from cordee.web.regles import views

urlpatterns = [path("", views.regles, name="regles")]
