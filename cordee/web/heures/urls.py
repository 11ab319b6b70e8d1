"""/personnes/<pk>/heures/, /heures/, /heures/places/."""

from django.urls import path

from cordee.web.heures import fiche, grille, offre

urlpatterns = [
    path("personnes/<int:pk>/heures/", fiche.fiche, name="heures"),
    path("heures/", grille.saisie, name="heures_grille"),
    path("heures/places/", offre.offre, name="heures_offre"),
]
