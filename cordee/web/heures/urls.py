"""/personnes/<pk>/heures/ and /heures/."""

from django.urls import path

from cordee.web.heures import fiche, grille

urlpatterns = [
    path("personnes/<int:pk>/heures/", fiche.fiche, name="heures"),
    path("heures/", grille.saisie, name="heures_grille"),
]
