"""Addresses of the letters."""

from django.urls import path

from cordee.web.courriers import apparences, dossier, file, gestes, lettre, lots, modeles, retours

__all__ = ["apparences", "urlpatterns"]

urlpatterns = [
    path("courriers/", file.file, name="courriers"),
    path("courriers/export/", file.exporter, name="courriers_export"),
    path("courriers/lots/preparer/", lots.preparer, name="lot_preparer"),
    path("courriers/lots/<int:pk>/", lots.lot, name="lot"),
    path("courriers/lots/<int:pk>/progression/", lots.progression, name="lot_progression"),
    path("courriers/lots/<int:pk>/lot.pdf", lots.fichier, name="lot_pdf"),
    path("courriers/lots/<int:pk>/partie-<int:numero>.pdf", lots.fichier, name="lot_partie"),
    path("courriers/lots/<int:pk>/pages.pdf", lots.pages, name="lot_pages"),
    path("courriers/lots/<int:pk>/composer/", lots.composer, name="lot_composer"),
    path("courriers/lots/<int:pk>/poster/", lots.poster, name="lot_poster"),
    path("courriers/lots/<int:pk>/annuler/", lots.annuler, name="lot_annuler"),
    path("courriers/retours/", retours.retours, name="courriers_retours"),
    path("courriers/modeles/", modeles.liste, name="modeles"),
    path("courriers/modeles/version/<int:pk>.pdf", modeles.document, name="modele_pdf"),
    path("courriers/modeles/version/<int:pk>/activer/", modeles.activer, name="modele_activer"),
    path("courriers/modeles/version/<int:pk>/retirer/", modeles.retirer, name="modele_retirer"),
    path("courriers/modeles/<slug:genre>/<slug:canal>/<slug:langue>/", modeles.modele, name="modele"),
    path(
        "courriers/modeles/<slug:genre>/<slug:canal>/<slug:langue>/apercu.pdf",
        modeles.document_en_vigueur,
        name="modele_en_vigueur_pdf",
    ),
    path("courriers/<int:pk>/excuses/", gestes.excuses, name="lettre_excuses"),
    path("courriers/<int:pk>/regle/", gestes.regler, name="lettre_reglee"),
    path("personnes/<int:pk>/courriers/preferences/", gestes.preferences, name="preferences_de_contact"),
    path("courriers/<int:pk>/", lettre.lettre, name="lettre"),
    path("courriers/<int:pk>/document.pdf", lettre.document, name="lettre_pdf"),
    path("courriers/<int:pk>/envoye/", lettre.envoye, name="lettre_envoyee"),
    path("courriers/<int:pk>/etat/", lettre.etat, name="lettre_etat"),
    path("courriers/<int:pk>/annuler/", lettre.annuler, name="lettre_annuler"),
    path("personnes/<int:pk>/courriers/", dossier.de_la_personne, name="courriers_de_la_personne"),
]
