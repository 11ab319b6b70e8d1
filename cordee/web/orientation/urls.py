"""Addresses of « Orientations »."""

from django.urls import path

from cordee.web.orientation import arretes, bilan, explication

urlpatterns = [
    path("orientations/", bilan.bilan, name="orientations"),
    path("orientations/decisions/", bilan.liste, name="orientations_liste"),
    path("orientations/decisions/export/", bilan.exporter, name="orientations_export"),
    path("orientations/les-miennes/", bilan.miennes, name="orientations_miennes"),
    path("orientations/regle/", arretes.regle, name="orientation_regle"),
    path("orientations/arretes/nouveau/", arretes.nouveau, name="orientation_arrete_nouveau"),
    path("orientations/arretes/<int:pk>/", arretes.arrete, name="orientation_arrete"),
    path("orientations/arretes/<int:pk>/modifier/", arretes.modifier, name="orientation_arrete_modifier"),
    path("orientations/arretes/<int:pk>/simuler/", arretes.simuler, name="orientation_arrete_simuler"),
    path("orientations/arretes/<int:pk>/activer/", arretes.activer, name="orientation_arrete_activer"),
    path("orientations/arretes/<int:pk>/abandonner/", arretes.abandonner, name="orientation_arrete_abandonner"),
    path("orientations/arretes/<int:pk>/abroger/", arretes.abroger, name="orientation_arrete_abroger"),
    path("personnes/<int:pk>/explication/", explication.expliquer, name="orientation_explication"),
]
