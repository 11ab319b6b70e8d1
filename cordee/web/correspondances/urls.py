"""Addresses of the mappings, and of what is waited for from partners."""

from django.urls import path

from cordee.web.correspondances import partenaires, saisie, views

urlpatterns = [
    path("correspondances/", views.liste, name="correspondances"),
    path("correspondances/nouvelle/", saisie.nouvelle, name="correspondance_nouvelle"),
    path("correspondances/operateur/", saisie.operateur, name="correspondance_operateur"),
    path("correspondances/fichier/<int:pk>/", views.du_fichier, name="correspondance_du_fichier"),
    path("correspondances/<int:pk>/", views.detail, name="correspondance"),
    path("correspondances/<int:pk>/modifier/", saisie.modifier, name="correspondance_modifier"),
    path("correspondances/<int:pk>/retirer/", views.retirer, name="correspondance_retirer"),
    path("partenaires/", partenaires.attendus, name="partenaires_attendus"),
    path("partenaires/suivies-ailleurs/", partenaires.ailleurs, name="partenaires_ailleurs"),
    path("partenaires/<int:pk>/", partenaires.structure, name="partenaire_attendu"),
]
