"""/pilotage/structures/."""

from django.urls import path

from cordee.web.pilotage.structures import comparaison, dossiers, file, sources, temps

urlpatterns = [
    path("", comparaison.comparaison, name="pilotage_structures"),
    path("graphique.json", comparaison.graphique, name="pilotage_structures_graphique"),
    path("export/", comparaison.exporter, name="pilotage_structures_export"),
    path("de/<str:code>/", comparaison.structure, name="pilotage_structure"),
    path("temps/", temps.temps, name="pilotage_structures_temps"),
    path("temps/graphique.json", temps.graphique, name="pilotage_structures_temps_graphique"),
    path("temps/export/", temps.exporter, name="pilotage_structures_temps_export"),
    path("dossiers/", dossiers.dossiers, name="pilotage_structures_dossiers"),
    path("dossiers/export/", dossiers.exporter, name="pilotage_structures_dossiers_export"),
    path("sources/", sources.sources, name="pilotage_structures_sources"),
    path("file/", file.board, name="pilotage_structures_file"),
    path("file/personnes/", file.personnes, name="pilotage_structures_file_personnes"),
    path("file/personnes/export/", file.exporter, name="pilotage_structures_file_export"),
]
