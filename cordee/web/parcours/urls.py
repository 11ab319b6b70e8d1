"""Addresses of the acts on a person."""

from django.urls import path

from cordee.web.parcours import contrat, views

urlpatterns = [
    path("<int:pk>/actes/contrat/", contrat.preparer, name="acte_contrat"),
    path("<int:pk>/actes/contrat/document.pdf", contrat.document, name="contrat_pdf"),
    path("<int:pk>/actes/signer/", contrat.signer, name="acte_signer"),
    path("<int:pk>/actes/actualiser/", contrat.actualiser, name="acte_actualiser"),
    path("<int:pk>/actes/<slug:cle>/", views.acte, name="acte"),
]
