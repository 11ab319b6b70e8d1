"""What a person opens from her letter or message: no account, a code and a second fact."""

from django.urls import path

from cordee.web.espace import agents, heures, personnel, porte, views

urlpatterns = [
    path("rdv/", views.saisir_code, name="espace_code"),
    path("rdv/<str:code>/", views.entrer, name="espace_entrer"),
    path("rdv/<str:code>/prochaine-etape/", views.prochaine_etape, name="espace"),
    path("rdv/<str:code>/calendrier.ics", views.calendrier, name="espace_calendrier"),
    path("rdv/<str:code>/confirmer/", views.confirmer, name="espace_confirmer"),
    path("rdv/<str:code>/dates/", views.choisir_date, name="espace_dates"),
    path("rdv/<str:code>/empechement/", views.dire_empechement, name="espace_empechement"),
    path("rdv/<str:code>/quitter/", views.quitter, name="espace_quitter"),
    path("espace/", porte.porte, name="espace_porte"),
    path("espace/code/", porte.saisir, name="espace_code_unique"),
    path("espace/sortir/", porte.sortir, name="espace_sortir"),
    path("espace/accueil/", personnel.accueil, name="espace_accueil"),
    path("espace/contrat/", personnel.contrat, name="espace_contrat"),
    path("espace/contrat/document.pdf", personnel.document, name="espace_contrat_pdf"),
    path("espace/contrat/signer/", personnel.signer, name="espace_contrat_signer"),
    path("espace/contrat/code/", personnel.demander_code, name="espace_contrat_code"),
    path("espace/heures/", heures.mes_heures, name="espace_heures"),
    path("espace/droits/", personnel.droits, name="espace_droits"),
    path("espace/lectures/", personnel.lectures, name="espace_lectures"),
    path("personnes/<int:pk>/espace/", agents.acces_espace, name="acces_espace"),
]
