"""/equipe-pluridisciplinaire/."""

from django.urls import path

from cordee.web.equipe_pluri import apparences as _apparences  # noqa: F401 - the aspects of sessions and files
from cordee.web.equipe_pluri import calendrier, direct, dossiers, proces_verbal, reglement, seance

urlpatterns = [
    path("", calendrier.liste, name="ep"),
    path("export/", calendrier.export, name="ep_export"),
    path("planifier/", calendrier.planifier, name="ep_planifier"),
    path("reglement/", reglement.reglement, name="ep_reglement"),
    path("reglement/preparer/", reglement.preparer, name="ep_reglement_preparer"),
    path("reglement/<int:pk>/adopter/", reglement.adopter, name="ep_reglement_adopter"),
    path("membres/", reglement.membres, name="ep_membres"),
    path("membres/nommer/", reglement.nommer, name="ep_membre_nommer"),
    path("membres/<int:pk>/fin/", reglement.finir, name="ep_membre_fin"),
    path("seances/<int:pk>/", seance.seance, name="ep_seance"),
    path("seances/<int:pk>/acte/", seance.acte, name="ep_acte"),
    path("seances/<int:pk>/reponse/", seance.repondre, name="ep_repondre"),
    path("seances/<int:pk>/avis.csv", seance.avis_export, name="ep_avis_export"),
    path("seances/<int:pk>/annuler/", seance.annuler, name="ep_annuler"),
    path("seances/<int:pk>/inscrire/", seance.inscrire, name="ep_inscrire"),
    path("seances/<int:pk>/en-seance/", direct.direct, name="ep_direct"),
    path("seances/<int:pk>/proces-verbal/", proces_verbal.proces_verbal, name="ep_pv"),
    path("seances/<int:pk>/proces-verbal.pdf", proces_verbal.pdf, name="ep_pv_pdf"),
    path("dossiers/<int:pk>/", dossiers.dossier, name="ep_dossier"),
    path("dossiers/<int:pk>/retirer/", dossiers.retirer, name="ep_retirer"),
    path("dossiers/<int:pk>/lecture/", dossiers.lecture, name="ep_lecture"),
    path("dossiers/<int:pk>/se-retirer/", dossiers.se_retirer, name="ep_se_retirer"),
]
