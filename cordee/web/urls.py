"""The addresses people type."""

from django.urls import include, path

urlpatterns = [
    path("", include("cordee.web.accueil.urls")),
    path("personnes/", include("cordee.web.personnes.urls")),
    path("personnes/", include("cordee.web.entretien.urls")),
    path("", include("cordee.web.contrats.urls")),
    path("personnes/", include("cordee.web.parcours.urls")),
    path("campagnes/", include("cordee.web.campagnes.urls")),
    path("", include("cordee.web.orientation.urls")),
    path("recherche/", include("cordee.web.recherche.urls")),
    path("arrivees/", include("cordee.web.arrivees.urls")),
    path("delais/", include("cordee.web.delais_service.urls")),
    path("fichiers/", include("cordee.web.imports.urls")),
    path("caisse/", include("cordee.web.caisse.urls")),
    path("rapprochements/", include("cordee.web.rapprochement.urls")),
    path("", include("cordee.web.equipe.urls")),
    path("", include("cordee.web.heures.urls")),
    path("agenda/", include("cordee.web.agenda.urls")),
    path("pilotage/", include("cordee.web.pilotage.urls")),
    path("", include("cordee.web.courriers.urls")),
    path("", include("cordee.web.correspondances.urls")),
    path("identites/", include("cordee.web.identites.urls")),
    path("administration/", include("cordee.web.administration.urls")),
    path("affectations/", include("cordee.web.affectations.urls")),
    path("regles/", include("cordee.web.regles.urls")),
    path("", include("cordee.web.devoirs.urls")),
    path("", include("cordee.web.prestations.urls")),
    path("", include("cordee.web.espace.urls")),
    path("comptes/", include("allauth.urls")),
    path("design/", include("cordee.web.design.urls")),
]
