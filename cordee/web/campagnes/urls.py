"""Addresses of the campaigns."""

from django.urls import path

from cordee.web.campagnes import actes, personnes, preparation, qui, stock, suivi

urlpatterns = [
    path("", qui.liste, name="campagnes"),
    path("nouvelle/", qui.nouvelle, name="campagne_nouvelle"),
    path("stock/", stock.stock, name="campagnes_stock"),
    path("stock/courbe.json", stock.courbe, name="campagnes_stock_courbe"),
    path("<int:pk>/", suivi.envoi, name="campagne"),
    path("<int:pk>/progression/", suivi.progression, name="campagne_progression"),
    path("<int:pk>/quand/", preparation.quand, name="campagne_quand"),
    path("<int:pk>/ouvrir/", preparation.ouvrir, name="campagne_ouvrir"),
    path("<int:pk>/comment/", preparation.comment, name="campagne_comment"),
    path("<int:pk>/apercu.pdf", preparation.apercu, name="campagne_apercu"),
    path("<int:pk>/verifier/", preparation.verifier, name="campagne_verifier"),
    path("<int:pk>/personnes/", personnes.personnes, name="campagne_personnes"),
    path("<int:pk>/personnes/export/", personnes.exporter, name="campagne_personnes_export"),
    path("<int:pk>/acte/", actes.acte, name="campagne_acte"),
]
