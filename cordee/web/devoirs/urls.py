"""Addresses of « Droits et devoirs »."""

from django.urls import path

from cordee.web.devoirs import actes, dossier, lettres, liste, simulateur

urlpatterns = [
    path("devoirs/", liste.liste, name="devoirs"),
    path("devoirs/export/", liste.exporter, name="devoirs_export"),
    path("devoirs/simulateur/", simulateur.simulateur, name="devoirs_simulateur"),
    path("devoirs/lettres/<int:pk>.pdf", lettres.lettre, name="devoirs_lettre"),
    path("devoirs/manquements/<int:pk>/", dossier.manquement, name="manquement"),
    path("devoirs/manquements/<int:pk>/<slug:cle>/", actes.acte, {"objet": "manquement"}, name="manquement_acte"),
    path("devoirs/procedures/<int:pk>/", dossier.procedure, name="procedure"),
    path("devoirs/procedures/<int:pk>/<slug:cle>/", actes.acte, {"objet": "procedure"}, name="procedure_acte"),
    path("devoirs/mesures/<int:pk>/<slug:cle>/", actes.acte, {"objet": "mesure"}, name="mesure_acte"),
    path("devoirs/recours/<int:pk>/<slug:cle>/", actes.acte, {"objet": "recours"}, name="recours_acte"),
]
