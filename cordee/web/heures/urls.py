"""/personnes/<pk>/heures/, /heures/, /heures/places/, and the person's own /espace/heures/."""

from django.urls import path

from cordee.web.espace import heures as espace
from cordee.web.heures import fiche, grille, offre

urlpatterns = [
    path("personnes/<int:pk>/heures/", fiche.fiche, name="heures"),
    path("espace/heures/", espace.mes_heures, name="espace_heures"),
    path("heures/", grille.saisie, name="heures_grille"),
    path("heures/places/", offre.offre, name="heures_offre"),
]
