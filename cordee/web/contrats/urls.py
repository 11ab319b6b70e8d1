"""The contract of a person, its signature, the list of contracts, preparation in number, circuits."""

from django.urls import path

from cordee.web.contrats import actes, circuits, detail, liste, lots, signature

urlpatterns = [
    path("contrats/", liste.liste, name="contrats"),
    path("contrats/export/", liste.exporter, name="contrats_export"),
    path("contrats/preparer/", lots.preparer, name="contrats_preparer"),
    path("contrats/preparation/<int:pk>/", lots.lot, name="contrats_lot"),
    path("contrats/preparation/<int:pk>/progression/", lots.progression, name="contrats_lot_progression"),
    path("contrats/validation/", circuits.circuits, name="contrats_circuits"),
    path("contrats/validation/<int:pk>/", circuits.circuit, name="contrats_circuit"),
    path("contrats/<int:pk>/", detail.contrat, name="contrat"),
    path("contrats/<int:pk>/document.pdf", detail.document, name="contrat_document"),
    path("contrats/<int:pk>/numerisation/<int:piece_pk>/", detail.piece, name="contrat_piece"),
    path("contrats/<int:pk>/engagement/<int:engagement_pk>/", detail.engagement, name="contrat_engagement"),
    path("personnes/<int:pk>/actes/contrat/", actes.preparer, name="acte_contrat"),
    path("personnes/<int:pk>/actes/contrat/document.pdf", actes.document, name="contrat_pdf"),
    path("personnes/<int:pk>/actes/signer/", actes.signer, name="acte_signer"),
    path("personnes/<int:pk>/actes/actualiser/", actes.actualiser, name="acte_actualiser"),
    path("personnes/<int:pk>/contrat/proposer/", signature.proposer, name="contrat_proposer"),
    path("personnes/<int:pk>/contrat/reprendre/", signature.reprendre, name="contrat_reprendre"),
    path("personnes/<int:pk>/contrat/validation/", signature.validation, name="contrat_validation"),
    path("personnes/<int:pk>/contrat/code/", signature.par_code, name="contrat_code"),
    path("personnes/<int:pk>/contrat/code/envoyer/", signature.envoyer_code, name="contrat_code_envoyer"),
    path("personnes/<int:pk>/contrat/ecran/", signature.a_l_ecran, name="contrat_ecran"),
    path("personnes/<int:pk>/contrat/papier/", signature.sur_papier, name="contrat_papier"),
]
