"""The table of addresses: one line per page, the answer to each role (``acces_codes``). ``test_acces`` walks it."""

from __future__ import annotations

from cordee.socle import horloge
from tests.web.acces_codes import (
    ACCUEIL,
    ACTES,
    ANALYSER,
    ARRETES,
    BILAN,
    CALENDRIER,
    CHIFFRES,
    CONTRATS,
    CONVOQUER,
    COURBE,
    CREER,
    DEFAUT,
    DERRIERE,
    DEVOIRS,
    DIRIGER,
    ENCADRER,
    ENTRETIENS,
    EP,
    EQUIPES,
    ESTIMER,
    EUROS,
    EXPORT,
    FEUILLE,
    FICHE,
    IMPORTER,
    INSTRUIRE,
    LETTRE,
    NEUTRALITE,
    PARTENAIRES,
    PILOTER,
    PREFERENCES,
    RAPPROCHER,
    REDIGER,
    REORIENTER,
    SEMAINES,
    SIENNES,
    SUIVRE,
    TENIR,
    TOUS,
    VISITE,
    VOIR,
    Page,
)
from tests.web.acces_pilotage import PAGES_DU_PILOTAGE

P_ = ("personne",)
PAGES: dict[str, Page] = {
    "accueil": Page(ACCUEIL),
    "verification": Page(CHIFFRES),
    **PAGES_DU_PILOTAGE,
    "bilan_nouveau": Page(ANALYSER),
    **{
        nom: Page(NEUTRALITE.replace("200", "404"), (0,))
        for nom in ("bilan", "bilan_preparer", "bilan_progression", "edition_fichier", "edition_progression")
    },
    **{
        nom: Page(NEUTRALITE.replace("200", "404"), (0,), methode="post")
        for nom in ("bilan_accorder", "bilan_fichiers")
    },
    **{nom: Page(ANALYSER.replace("200", "404"), (0,)) for nom in ("bilan_noter", "bilan_jalons", "bilan_corriger")},
    **{
        nom: Page(ANALYSER.replace("200", "404"), (0,), methode="post")
        for nom in ("bilan_chiffres", "bilan_publier", "bilan_note_retirer")
    },
    "equipe": Page(ENCADRER),
    **{
        nom: Page(DIRIGER, (0,))
        for nom in ("equipe_absence", "equipe_remplacement", "equipe_transferer", "equipe_ailleurs")
    },
    "equipe_remplacement_fin": Page(DIRIGER, (0,), methode="post"),
    "ma_file": Page(SUIVRE),
    "engagements": Page(SUIVRE),
    "engagement_regler": Page("403 404 404 404 403 403 403 404 404 403 403 403 403", (0,), methode="post"),
    **{nom: Page(SUIVRE.replace("200", "302"), methode="post") for nom in ("relances", "tournee")},
    "appel": Page(ACTES["P.SUIVRE"], P_),
    "heures": Page("403 200 200 200 403 403 403 404 404 403 403 403 403", P_),
    "heures_grille": Page(ACTES["P.CONTRACTUALISER"].replace("404", "200")),
    "heures_offre": Page(EQUIPES),
    "relais": Page(SUIVRE),
    "relais_detail": Page(SUIVRE.replace("200", "404"), (0,)),
    "reorientations": Page(REORIENTER),
    **{
        nom: Page(EP)
        for nom in (
            "ep",
            "ep_export",
            "ep_planifier",
            "ep_reglement",
            "ep_reglement_preparer",
            "ep_membres",
            "ep_membre_nommer",
        )
    },
    **{
        nom: Page(EP.replace("200", "404"), (0,))
        for nom in (
            "ep_reglement_adopter",
            "ep_membre_fin",
            "ep_seance",
            "ep_annuler",
            "ep_inscrire",
            "ep_direct",
            "ep_pv",
            "ep_pv_pdf",
            "ep_avis_export",
            "ep_dossier",
            "ep_retirer",
            "ep_lecture",
        )
    },
    **{nom: Page(EP.replace("200", "404"), (0,), methode="post") for nom in ("ep_acte", "ep_repondre")},
    "ep_se_retirer": Page(EP.replace("200", "403"), (0,), methode="post"),  # members alone: tests/web/equipe_pluri
    "regles": Page(TOUS),
    "devoirs_simulateur": Page(TOUS),
    "devoirs": Page(DEVOIRS),
    "devoirs_export": Page(DEVOIRS),
    **{nom: Page(DEVOIRS.replace("200", "404"), (0,)) for nom in ("manquement", "procedure", "devoirs_lettre")},
    **{
        f"{objet}_acte": Page(DEVOIRS.replace("200", "404"), (0, cle))
        for objet, cle in (("manquement", "motif"), ("procedure", "griefs"), ("mesure", "notifier"))
    },
    "recours_acte": Page(DEVOIRS.replace("200", "403"), (0, "statuer")),
    "acte_dossier_devoirs": Page(DEVOIRS.replace("200", "302"), P_),
    **{
        nom: Page(INSTRUIRE)
        for nom in ("caisse", "caisse_suivi", "caisse_suivi_export", "controles", "controles_annoncer")
    },
    **{nom: Page(INSTRUIRE.replace("200", "404"), (0,)) for nom in ("controles_tirage", "controles_conclure")},
    **{nom: Page(NEUTRALITE) for nom in ("neutralite", "neutralite_export")},
    "controles_tirer": Page(INSTRUIRE.replace("200", "404"), (0,), methode="post"),
    **{
        nom: Page(INSTRUIRE.replace("200", "404"), (0,))
        for nom in (
            "caisse_liste",
            "caisse_export",
            "caisse_accuse",
            "caisse_rejet",
            "caisse_urgente",
            "caisse_convention",
        )
    },
    **{
        nom: Page(INSTRUIRE.replace("200", "404"), (0,), methode="post")
        for nom in ("caisse_preparer", "caisse_envoyer")
    },
    "estimations": Page(ESTIMER),
    **{
        nom: Page(ESTIMER.replace("200", "404"))
        for nom in ("estimation_resultat", "estimation_progression", "estimation_graphique", "estimation_export")
    },
    **{nom: Page(EUROS, P_) for nom in ("personne_estimations", "personne_mesure_euros")},
    "personne_estimation": Page(EUROS.replace("200", "404"), P_),
    "personne_autres_droits": Page(ACTES["SUIVRE ou DROITS"], P_),
    "orientations": Page(PILOTER),
    **{nom: Page(DERRIERE.replace("409", "200")) for nom in ("orientations_liste", "orientations_export")},
    "orientations_miennes": Page(SIENNES),
    "orientation_regle": Page(TOUS),
    "orientation_arrete_nouveau": Page(ARRETES),
    **{
        nom: Page(ARRETES.replace("200", "404"), (0,))
        for nom in ("orientation_arrete", "orientation_arrete_modifier", "orientation_arrete_abroger")
    },
    **{
        nom: Page(ARRETES.replace("200", "404"), (0,), methode="post")
        for nom in ("orientation_arrete_simuler", "orientation_arrete_activer", "orientation_arrete_abandonner")
    },
    "orientation_explication": Page(ACTES["P.SUIVRE"], P_),
    "recherche": Page(VOIR, suite="?q=dupont"),
    **{nom: Page(CONVOQUER) for nom in ("arrivees", "seances")},
    "arrivees_liste": Page(CONVOQUER.replace("200", "302"), methode="post"),
    "arrivee_geste": Page(CONVOQUER.replace("200", "404"), (0,), methode="post"),
    "arrivee_plus": Page(CONVOQUER.replace("200", "404"), (0,)),
    **{nom: Page(CONVOQUER.replace("200", "404"), (0, "2026-02-17-0900")) for nom in ("seance", "seance_feuille")},
    "arrivee_visite": Page(VISITE, P_, methode="post"),
    "arrivee_creneau": Page(VISITE.replace("302", "200"), P_),
    "feuille_de_route": Page(FEUILLE, P_, methode="post"),
    "absences": Page(PARTENAIRES),
    "absence_appel": Page(PARTENAIRES.replace("200", "404"), (0,), methode="post"),
    "absences_defaut": Page(DEFAUT),
    **{nom: Page(EQUIPES) for nom in ("delais_service", "delais_service_alerte", "delais_service_export")},
    "delais_service_structure": Page(EQUIPES.replace("200", "404"), (0,)),
    "absences_operateur": Page(SEMAINES),
    **{nom: Page(CONVOQUER) for nom in ("campagnes", "campagne_nouvelle", "campagnes_stock")},
    "campagnes_stock_courbe": Page(COURBE),
    **{
        nom: Page(CONVOQUER.replace("200", "404"), (0,))
        for nom in (
            "campagne",
            "campagne_progression",
            "campagne_quand",
            "campagne_comment",
            "campagne_apercu",
            "campagne_verifier",
            "campagne_personnes",
        )
    },
    "campagne_personnes_export": Page(EXPORT.replace("200", "404"), (0,)),
    **{
        nom: Page(CONVOQUER.replace("200", "404"), (0,), methode="post") for nom in ("campagne_ouvrir", "campagne_acte")
    },
    **{
        nom: Page(CONVOQUER)
        for nom in (
            "agenda",
            "agenda_replacer",
            "agenda_attente",
            "agenda_interpretes",
            "agenda_plages",
            "agenda_absences",
            "agenda_remplissage",
            "agenda_calendrier",
            "agenda_lieux",
            "agenda_plage_nouvelle",
            "agenda_absence_nouvelle",
        )
    },
    # Places and closings: whoever keeps the agenda of a whole structure.
    **{nom: Page(TENIR) for nom in ("agenda_lieu_nouveau", "agenda_fermeture_nouvelle")},
    **{
        nom: Page(CONVOQUER.replace("200", "404"), (0,))
        for nom in ("agenda_creneau", "agenda_plage_fermer", "agenda_lieu", "agenda_absence_fin", "agenda_interprete")
    },
    **{
        nom: Page(CONVOQUER.replace("200", "404"), (0,), methode="post")
        for nom in ("agenda_fermeture_annuler", "agenda_attente_servir", "agenda_attente_retirer")
    },
    "agenda_plafond": Page(ENCADRER.replace("200", "404"), (0, "orientation")),
    **{nom: Page(ENCADRER) for nom in ("affectations", "affectation_bareme", "affectation_referents")},
    "affectation_preparer": Page(ENCADRER.replace("200", "302"), methode="post"),
    **{
        nom: Page(ENCADRER.replace("200", "404"), (0,))
        for nom in ("affectation", "affectation_comparer", "affectation_structure")
    },
    **{
        nom: Page(ENCADRER.replace("200", "404"), (0,), methode="post")
        for nom in (
            "affectation_recalculer",
            "affectation_verrous",
            "affectation_valider",
            "affectation_annuler",
            "affectation_abandonner",
            "affectation_presenter",
        )
    },
    **{nom: Page(ENCADRER.replace("200", "404"), (0, 0)) for nom in ("affectation_ligne", "affectation_referent")},
    **{
        nom: Page(ENCADRER.replace("200", "404"), (0, 0), methode="post")
        for nom in ("affectation_ecarter", "affectation_besoin")
    },
    "personnes": Page(VOIR),
    "personnes_export": Page(EXPORT),
    "courriers": Page(CONVOQUER),
    "modeles": Page(REDIGER),
    **{nom: Page(REDIGER, ("rappel", "sms", "fr")) for nom in ("modele", "modele_en_vigueur_pdf")},
    "modele_pdf": Page(REDIGER.replace("200", "404"), (0,)),
    **{nom: Page(REDIGER.replace("200", "404"), (0,), methode="post") for nom in ("modele_activer", "modele_retirer")},
    "lettre_excuses": Page(CONVOQUER.replace("200", "404"), (0,)),
    "lettre_reglee": Page(CONVOQUER.replace("200", "404"), (0,), methode="post"),
    "preferences_de_contact": Page(PREFERENCES, P_),
    "courriers_retours": Page(CONVOQUER),
    "courriers_export": Page(CONVOQUER),
    "courriers_de_la_personne": Page(FICHE, P_),
    "lot_preparer": Page(CONVOQUER.replace("200", "404"), methode="post"),
    **{
        nom: Page(CONVOQUER.replace("200", "404"), (0,))
        for nom in ("lot", "lot_progression", "lot_pdf", "lot_pages", "lettre", "lettre_pdf")
    },
    "lot_partie": Page(CONVOQUER.replace("200", "404"), (0, 1)),
    **{
        nom: Page(CONVOQUER.replace("200", "404"), (0,), methode="post")
        for nom in ("lot_composer", "lot_poster", "lot_annuler", "lettre_envoyee", "lettre_etat", "lettre_annuler")
    },
    "personne_nouvelle": Page(CREER),
    "personne": Page(FICHE, P_),
    "imports": Page(IMPORTER),
    "import_bilan": Page(BILAN, (0,)),
    "import_deposer": Page(IMPORTER),
    "import_lot": Page(IMPORTER),
    "import_lot_charger": Page(IMPORTER.replace("200", "302"), methode="post"),
    "import_calendrier": Page(CALENDRIER),
    "import_attendu_nouveau": Page(CALENDRIER),
    "import_attendu": Page(CALENDRIER.replace("200", "404"), ("contacts", 0, 0)),
    "import_relance": Page(CALENDRIER.replace("200", "409"), ("contacts", 0, 0), methode="post"),
    "import_personnes": Page(IMPORTER.replace("200", "404"), (0, "entree", "retour")),
    "import_personnes_export": Page(IMPORTER.replace("200", "404"), (0, "entree", "retour")),
    "arbitrages": Page(IMPORTER),
    "reunions": Page(IMPORTER),
    "arbitrage": Page(IMPORTER.replace("200", "404"), (0,)),
    "arbitrage_trancher": Page(IMPORTER.replace("200", "404"), (0,), methode="post"),
    "reunion_annuler": Page(IMPORTER.replace("200", "404"), (0,), methode="post"),
    **{nom: Page(IMPORTER.replace("200", "404"), (0,)) for nom in ("import", "import_progression", "import_rejets")},
    **{
        nom: Page(IMPORTER.replace("200", "404"), (0,), methode="post")
        for nom in ("import_charger", "import_reception", "import_ecarter", "import_reprendre", "import_relancer")
    },
    "correspondances": Page(IMPORTER),
    "correspondance_nouvelle": Page(IMPORTER.replace("200", "302")),
    "correspondance_operateur": Page(IMPORTER),
    **{
        nom: Page(IMPORTER.replace("200", "404"), (0,))
        for nom in ("correspondance", "correspondance_modifier", "correspondance_du_fichier")
    },
    "correspondance_retirer": Page(IMPORTER.replace("200", "404"), (0,), methode="post"),
    "partenaires_attendus": Page(PARTENAIRES),
    "partenaires_ailleurs": Page(PARTENAIRES),
    "partenaire_attendu": Page(PARTENAIRES.replace("200", "404"), (0,)),
    "rejets": Page(IMPORTER),
    "rejets_rejouer": Page(IMPORTER.replace("200", "409"), methode="post"),
    **{nom: Page(IMPORTER.replace("200", "404"), (0,)) for nom in ("rejet", "rejets_lot", "rejets_lot_progression")},
    **{
        nom: Page(IMPORTER.replace("200", "404"), (0,), methode="post")
        for nom in (
            "rejet_corriger",
            "rejet_rejouer",
            "rejet_ecarter",
            "rejet_reprendre",
            "rejet_origine",
            "rejets_rejouer_fichier",
        )
    },
    "rapprochements": Page(RAPPROCHER),
    "rapprochements_export": Page(EXPORT),
    "rapprochements_ensemble": Page("403 403 403 403 403 409 409 403 403 403 403 403 403", methode="post"),
    "rapprochement_contact": Page("404 404 404 404 404 404 403 404 404 403 403 403 403", (0,)),
    "personne_identite": Page(FICHE, P_, methode="post"),
    "courrier_pdf": Page(LETTRE, ("personne", 0)),
    "proposition": Page("    405 405 405 405 405 403 403 405 405 403 403 403 403", P_),
    "contrat_pdf": Page("    403 403 409 409 403 403 403 404 404 403 403 403 403", P_),
    "acte_orienter": Page(ACTES["P.ORIENTER"], P_),
    "acte_diagnostic": Page(ACTES["P.DIAGNOSTIQUER"], P_),
    **{
        nom: Page(ACTES["P.DIAGNOSTIQUER"], (*P_, "diagnostic"), methode="post")
        for nom in ("entretien_brouillon", "entretien_competences")
    },
    "entretien_effacer": Page(ACTES["P.DIAGNOSTIQUER"].replace("200", "302"), (*P_, "diagnostic"), methode="post"),
    "entretiens": Page(ENTRETIENS, P_),
    "entretiens_en_cours": Page(ENTRETIENS.replace("404", "200")),
    "metiers": Page(ENTRETIENS.replace("404", "200").replace("200", "400"), methode="post"),
    "acte_contrat": Page(ACTES["P.CONTRACTUALISER"], P_),
    "acces_espace": Page(ACTES["P.SUIVRE"], P_),
    "contrats": Page(CONTRATS),
    "contrats_export": Page(CONTRATS),
    "contrats_preparer": Page("403 403 302 302 403 403 403 302 302 403 403 403 403", methode="post"),
    **{
        nom: Page("          403 403 404 404 403 403 403 404 404 403 403 403 403", (0,))
        for nom in ("contrats_lot", "contrats_lot_progression")
    },
    "contrats_circuits": Page(ENCADRER),
    "contrats_circuit": Page(DIRIGER, (0,)),
    **{
        nom: Page("          404 404 404 404 404 404 404 404 404 403 403 403 403", args)
        for nom, args in (("contrat", (0,)), ("contrat_document", (0,)), ("contrat_piece", (0, 0)))
    },
    "contrat_engagement": Page(
        "                    404 404 404 404 404 404 403 404 404 403 403 403 403", (0, 0), methode="post"
    ),
    **{
        nom: Page(ACTES["P.SUIVRE"], P_)
        for nom in ("entretien_suivi", "note_nouvelle", "document_deposer", "consultations", "ecrits", "visite")
    },
    **{nom: Page(ACTES["P.SUIVRE"].replace("200", "404"), (*P_, 0)) for nom in ("note_corriger", "document")},
    **{
        nom: Page(ACTES["P.SUIVRE"].replace("200", "404"), (*P_, 0), methode="post")
        for nom in ("document_effacer", "document_analyser")
    },
    "entretien_suivi_brouillon": Page(ACTES["P.SUIVRE"], P_, methode="post"),
    "entretien_suivi_effacer": Page(ACTES["P.SUIVRE"].replace("200", "302"), P_, methode="post"),
    "decision_entretien": Page(ACTES["P.SUIVRE"].replace("200", "302"), (*P_, 0), methode="post"),
    "sensible": Page(ACTES["P.ENCADRER"], P_),
    "sensibles": Page(DEFAUT),
    "global_objectif": Page(DEFAUT, (horloge.aujourdhui().year,)),
    "globaux_export": Page(EXPORT),
    **{nom: Page(SUIVRE) for nom in ("globaux", "pieces", "reclamations", "promesses", "note_lexique")},
    "note_lexique_suggerer": Page(SUIVRE, methode="post"),
    **{
        nom: Page("          403 403 409 409 403 403 403 404 404 403 403 403 403", P_, methode=methode)
        for nom, methode in (
            ("contrat_proposer", "post"),
            ("contrat_reprendre", "post"),
            ("contrat_validation", "post"),
            ("contrat_code_envoyer", "post"),
            ("contrat_code", "get"),
            ("contrat_ecran", "get"),
            ("contrat_papier", "get"),
        )
    },
    "acte_signer": Page(ACTES["P.CONTRACTUALISER"], P_),
    "demandes": Page(CONVOQUER),
    "demande_traiter": Page(CONVOQUER.replace("200", "404"), (0,), methode="post"),
    "acte_actualiser": Page(ACTES["P.CONTRACTUALISER"].replace("200", "302"), P_),
}
# The person's own page asks for no account (tests/web/test_espace). The administrator's pages have their own tests,
# role by role (test_administration); here only their door is checked.
PREFIXES_TESTES_AILLEURS = (
    "espace", "agenda_flux", "pilotage_vue_arret", "admin_", "design", "account_", "mfa_", "socialaccount_",
    "usersessions_",
)  # fmt: skip
