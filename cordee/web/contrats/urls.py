"""The contract of a person, its signature, the list of contracts, preparation in number, circuits."""

from django.urls import path

from cordee.web.contrats import actes, signature

urlpatterns = [
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
