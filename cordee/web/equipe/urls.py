"""/equipe/, /ma-file/, /heures/places/, /relais/, /reorientations/."""

from django.urls import path

from cordee.web.equipe import apparences as _apparences  # noqa: F401 - the aspects of hand-overs
from cordee.web.equipe import (
    appel,
    engagements,
    groupes,
    ma_file,
    offre,
    relais,
    remplacements,
    reorientations,
    tableau,
    transferts,
)

urlpatterns = [
    path("equipe/", tableau.equipe, name="equipe"),
    path("equipe/absence/<int:pk>/", remplacements.absence, name="equipe_absence"),
    path("equipe/remplacement/<int:pk>/", remplacements.remplacement, name="equipe_remplacement"),
    path("equipe/remplacement/<int:pk>/fin/", remplacements.fin_remplacement, name="equipe_remplacement_fin"),
    path("equipe/transferer/<int:structure_pk>/", transferts.transferer, name="equipe_transferer"),
    path("equipe/ailleurs/<int:structure_pk>/", transferts.ailleurs, name="equipe_ailleurs"),
    path("equipe/engagements/", engagements.engagements, name="engagements"),
    path("equipe/engagements/<int:pk>/", engagements.regler, name="engagement_regler"),
    path("heures/places/", offre.offre, name="heures_offre"),
    path("ma-file/", ma_file.ma_file, name="ma_file"),
    path("ma-file/appel/<int:pk>/", appel.appel, name="appel"),
    path("ma-file/nouvelles/", groupes.relances, name="relances"),
    path("ma-file/visites/", groupes.tournee, name="tournee"),
    path("relais/", relais.liste, name="relais"),
    path("relais/<int:pk>/", relais.detail, name="relais_detail"),
    path("reorientations/", reorientations.liste, name="reorientations"),
]
