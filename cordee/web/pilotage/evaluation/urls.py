"""Addresses of experiments."""

from django.urls import path

from cordee.web.pilotage.evaluation import actes, ordres, piece, sorties, views

urlpatterns = [
    path("", views.liste, name="pilotage_evaluation"),
    path("nouvelle/", actes.nouvelle, name="pilotage_evaluation_nouvelle"),
    path("puissance/", views.puissance, name="pilotage_evaluation_puissance"),
    path("ordres/nouveau/", ordres.annoncer, name="pilotage_ordre_nouveau"),
    path("ordres/<int:pk>/", ordres.ordre, name="pilotage_ordre"),
    path("ordres/<int:pk>/tirer/", ordres.tirer, name="pilotage_ordre_tirer"),
    path("ordres/<int:pk>/experience/", ordres.nourrir, name="pilotage_ordre_experience"),
    path("ordres/<int:pk>/export/", ordres.exporter, name="pilotage_ordre_export"),
    path("<slug:code>/", views.experience, name="pilotage_experience"),
    path("<slug:code>/graphique.json", sorties.graphique, name="pilotage_experience_graphique"),
    path("<slug:code>/export/", sorties.exporter, name="pilotage_experience_export"),
    path("<slug:code>/pdf/", piece.telecharger, name="pilotage_experience_pdf"),
    path("<slug:code>/pdf/etat/", piece.etat, name="pilotage_experience_pdf_etat"),
    path("<slug:code>/pdf/preparer/", piece.preparer, name="pilotage_experience_pdf_preparer"),
    path("<slug:code>/modifier/", actes.modifier, name="pilotage_experience_modifier"),
    path("<slug:code>/amender/", actes.amender, name="pilotage_experience_amender"),
    path("<slug:code>/explorer/", actes.explorer, name="pilotage_experience_explorer"),
    path("<slug:code>/abandonner/", actes.abandonner, name="pilotage_experience_abandonner"),
    path("<slug:code>/resultats/", actes.resultats, name="pilotage_experience_resultats"),
    path("<slug:code>/<slug:acte>/", actes.acte, name="pilotage_experience_acte"),
]
