"""Addresses of the desk and of what follows absences."""

from django.urls import path

from cordee.web.arrivees import absences, accueil, demandes, seances, visites

urlpatterns = [
    path("", accueil.arrivees, name="arrivees"),
    path("liste/", accueil.liste, name="arrivees_liste"),
    path("<int:pk>/geste/", accueil.geste, name="arrivee_geste"),
    path("<int:pk>/plus/", accueil.plus, name="arrivee_plus"),
    path("visites/<int:pk>/", visites.visite, name="arrivee_visite"),
    path("visites/<int:pk>/creneau/", visites.creneau, name="arrivee_creneau"),
    path("visites/<int:pk>/feuille-de-route/", visites.feuille_de_route, name="feuille_de_route"),
    path("seances/", seances.liste, name="seances"),
    path("seances/<int:structure>/<slug:quand>/", seances.seance, name="seance"),
    path("seances/<int:structure>/<slug:quand>/feuille.pdf", seances.feuille, name="seance_feuille"),
    path("absences/", absences.rappels, name="absences"),
    path("absences/<int:pk>/appel/", absences.appel, name="absence_appel"),
    path("demandes/", demandes.liste, name="demandes"),
    path("demandes/<int:pk>/traiter/", demandes.traiter, name="demande_traiter"),
    path("absences/defaut/", absences.defaut, name="absences_defaut"),
    path("absences/operateur/", absences.operateur, name="absences_operateur"),
]
