"""Addresses of the follow-up: they stand before those of the acts, whose last one takes any word."""

from django.urls import path

from cordee.web.suivi import documents, droits, entretiens, listes, notes, sensible

urlpatterns = [
    path("personnes/<int:pk>/entretien/", entretiens.entretien, name="entretien_suivi"),
    path("personnes/<int:pk>/entretien/brouillon/", entretiens.brouillon, name="entretien_suivi_brouillon"),
    path("personnes/<int:pk>/entretien/effacer/", entretiens.effacer, name="entretien_suivi_effacer"),
    path("personnes/<int:pk>/decisions/<int:decision_pk>/", entretiens.decision, name="decision_entretien"),
    path("personnes/<int:pk>/notes/nouvelle/", notes.nouvelle, name="note_nouvelle"),
    path("personnes/<int:pk>/notes/<int:note_pk>/", notes.corriger, name="note_corriger"),
    path("notes/lexique/", notes.lexique, name="note_lexique"),
    path("notes/lexique/suggerer/", notes.suggerer, name="note_lexique_suggerer"),
    path("personnes/<int:pk>/documents/deposer/", documents.deposer, name="document_deposer"),
    path("personnes/<int:pk>/documents/<int:document_pk>/", documents.document, name="document"),
    path("personnes/<int:pk>/documents/<int:document_pk>/effacer/", documents.effacer, name="document_effacer"),
    path("personnes/<int:pk>/documents/<int:document_pk>/analyser/", documents.analyser, name="document_analyser"),
    path("personnes/<int:pk>/consultations/", droits.consultations, name="consultations"),
    path("personnes/<int:pk>/ecrits/", droits.ecrits, name="ecrits"),
    path("personnes/<int:pk>/visite/", droits.visite, name="visite"),
    path("personnes/<int:pk>/sensible/", sensible.sensible, name="sensible"),
    path("suivi/global/", listes.liste_globale, name="globaux"),
    path("suivi/global/export/", listes.export_global, name="globaux_export"),
    path("suivi/global/objectif/<int:annee>/", listes.objectif_global, name="global_objectif"),
    path("suivi/pieces/", listes.pieces, name="pieces"),
    path("suivi/reclamations/", listes.liste_reclamations, name="reclamations"),
    path("suivi/promesses/", listes.mes_promesses, name="promesses"),
    path("suivi/sensibles/", sensible.sensibles, name="sensibles"),
]
