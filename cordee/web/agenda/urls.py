"""Addresses of the agenda."""

from django.urls import path

from cordee.web.agenda import absences, listes, plages, replacer, views

urlpatterns = [
    path("", views.vue_semaine, name="agenda"),
    path("creneau/<int:pk>/", views.creneau, name="agenda_creneau"),
    path("calendrier/", views.calendrier, name="agenda_calendrier"),
    path("flux/<str:jeton>.ics", views.flux, name="agenda_flux"),
    path("replacer/", replacer.replacer, name="agenda_replacer"),
    path("attente/", listes.attente, name="agenda_attente"),
    path("attente/<int:pk>/servir/", listes.attente_servir, name="agenda_attente_servir"),
    path("attente/<int:pk>/retirer/", listes.attente_retirer, name="agenda_attente_retirer"),
    path("interpretes/", listes.interpretes, name="agenda_interpretes"),
    path("interpretes/<int:pk>/", listes.interprete, name="agenda_interprete"),
    path("remplissage/", listes.vue_remplissage, name="agenda_remplissage"),
    path("surreservation/<int:structure>/<str:genre>/", listes.plafond, name="agenda_plafond"),
    path("plages/", plages.liste, name="agenda_plages"),
    path("plages/nouvelle/", plages.nouvelle, name="agenda_plage_nouvelle"),
    path("plages/<int:pk>/fermer/", plages.fermer, name="agenda_plage_fermer"),
    path("lieux/", plages.lieux, name="agenda_lieux"),
    path("lieux/nouveau/", plages.lieu_nouveau, name="agenda_lieu_nouveau"),
    path("lieux/<int:pk>/", plages.lieu, name="agenda_lieu"),
    path("fermetures/nouvelle/", plages.fermeture_nouvelle, name="agenda_fermeture_nouvelle"),
    path("fermetures/<int:pk>/annuler/", plages.fermeture_annuler, name="agenda_fermeture_annuler"),
    path("absences/", absences.liste, name="agenda_absences"),
    path("absences/nouvelle/", absences.nouvelle, name="agenda_absence_nouvelle"),
    path("absences/<int:pk>/fin/", absences.fin, name="agenda_absence_fin"),
]
