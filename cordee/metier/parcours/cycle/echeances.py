"""Parallel duties, one line each: who owns it, its rule, who is warned, what closes it. None displaces an étape."""

from __future__ import annotations

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle.definitions import DefinitionEcheance, Escalade
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement

E = GenreEvenement
U = Unite
# How a measure on the allowance ends: lifted, over, or undone.
_FIN_DE_MESURE = frozenset({E.MESURE_LEVEE, E.MESURE_TERMINEE, E.MESURE_ANNULEE})

ECHEANCES: dict[GenreEcheance, DefinitionEcheance] = {
    # A refusal of contract, or any breach reported: examined, then closed or instructed; never closed as « done »
    GenreEcheance.PROCEDURE_REFUS: DefinitionEcheance(
        (U.DEVOIRS,), "instruire_manquement", Escalade(U.ENCADREMENT, 10),
        frozenset({E.CONTRAT_SIGNE, E.MOTIF_EXAMINE, E.PROCEDURE_OUVERTE, E.PROCEDURE_CLOSE, E.MESURE_REPRISE,
                   E.ECHEANCE_TRAITEE}),
    ),
    GenreEcheance.INSTRUIRE_MANQUEMENT: DefinitionEcheance(
        (U.DEVOIRS,), "instruire_manquement", Escalade(U.ENCADREMENT, 10),
        frozenset({E.MOTIF_EXAMINE, E.PROCEDURE_OUVERTE, E.PROCEDURE_CLOSE}),
    ),
    GenreEcheance.CONDUIRE_CONTRADICTOIRE: DefinitionEcheance(
        (U.DEVOIRS,), "conduire_contradictoire", Escalade(U.ENCADREMENT, 10),
        frozenset({E.CONTRADICTOIRE_CLOS, E.MESURE_DECIDEE, E.PROCEDURE_CLOSE}),
    ),
    GenreEcheance.DECIDER_MESURE: DefinitionEcheance(
        (U.DEVOIRS,), "decider_mesure", Escalade(U.ENCADREMENT, 5), frozenset({E.MESURE_DECIDEE, E.PROCEDURE_CLOSE})
    ),
    GenreEcheance.NOTIFIER_MESURE: DefinitionEcheance(
        (U.DEVOIRS,), "notifier_mesure", Escalade(U.ENCADREMENT, 5),
        frozenset({E.MESURE_NOTIFIEE, E.DROIT_FINI, E.MESURE_ANNULEE, E.PROCEDURE_CLOSE}),
    ),
    # E19: « il est mis fin » — whoever owns it, it is done the next working day
    GenreEcheance.LEVER_MESURE: DefinitionEcheance(
        (U.DEVOIRS,), "lever_mesure", Escalade(U.ENCADREMENT, 0), _FIN_DE_MESURE
    ),
    GenreEcheance.SUIVRE_TERME_MESURE: DefinitionEcheance(
        (U.DEVOIRS,), "suivre_terme_mesure", Escalade(U.ENCADREMENT, 5), _FIN_DE_MESURE
    ),
    # a measure that ends before the body was told of it leaves nothing to tell
    GenreEcheance.TRANSMETTRE_MESURE: DefinitionEcheance(
        (U.DEVOIRS,), "transmettre_mesure", Escalade(U.ENCADREMENT, 0), _FIN_DE_MESURE | {E.MESURE_TRANSMISE}
    ),
    GenreEcheance.ACTUALISER_CONTRAT: DefinitionEcheance(
        (U.REFERENT,), "actualiser", Escalade(U.CHEF_STRUCTURE, 15),
        frozenset({E.CONTRAT_ACTUALISE, E.CONTRAT_SIGNE, E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR}),
    ),
    GenreEcheance.DIAGNOSTIC_CONJOINT: DefinitionEcheance(
        (U.REFERENT,), "diagnostic_conjoint", Escalade(U.CHEF_STRUCTURE, 0),
        frozenset({E.REVUE_CONJOINTE, E.CONTRAT_ACTUALISE, E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR}),
    ),
    GenreEcheance.RETABLIR_DROIT: DefinitionEcheance(
        (U.REFERENT, U.PLATEFORME), "retablir_droit", Escalade(U.CHEF_STRUCTURE, 10),
        frozenset({E.DROIT_RETABLI, E.DROIT_CLOS, E.ECHEANCE_TRAITEE}),
    ),
    GenreEcheance.DECIDER_REORIENTATION: DefinitionEcheance(
        (U.ENCADREMENT,), "decider_reorientation", Escalade(U.ENCADREMENT, 0),
        frozenset({E.REORIENTATION_REFUSEE, E.ORIENTATION_DECIDEE}),
    ),
    # E12: the month starts again from the refusal once it is notified, not from the day it is written
    GenreEcheance.NOTIFIER_REFUS: DefinitionEcheance(
        (U.REFERENT, U.PLATEFORME), "notifier_refus_reorientation", Escalade(U.ENCADREMENT, 2),
        frozenset({E.REFUS_NOTIFIE, E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR, E.REORIENTATION_DEMANDEE}),
    ),
    # REQ-114: owned by who receives (``regles.taches.proprietaire_echeance``); without answer, the manager decides
    GenreEcheance.REPONDRE_RELAIS: DefinitionEcheance(
        (U.STRUCTURE_RECEVANTE,), "accuser_relais", Escalade(U.ENCADREMENT, 0),
        frozenset({E.RELAIS_RECU, E.RELAIS_ACCEPTE, E.RELAIS_REFUSE, E.RELAIS_RETIRE, E.RELAIS_EXPIRE,
                   E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR}),
    ),
    GenreEcheance.TRANCHER_RELAIS: DefinitionEcheance(
        (U.ENCADREMENT,), "trancher_relais", Escalade(U.ENCADREMENT, 5),
        frozenset({E.RELAIS_ACCEPTE, E.RELAIS_REFUSE, E.RELAIS_RETIRE, E.ORIENTATION_DECIDEE,
                   E.ORIENTATION_OPERATEUR}),
    ),
    # R83: naming the same référent again answers nothing (``regles.suivi``)
    GenreEcheance.REPONDRE_CHANGEMENT: DefinitionEcheance(
        (U.CHEF_STRUCTURE,), "repondre_changement_referent", Escalade(U.ENCADREMENT, 5),
        frozenset({E.REFERENT_NOMME, E.CHANGEMENT_REFUSE, E.RELAIS_ACCEPTE, E.ORIENTATION_DECIDEE,
                   E.ORIENTATION_OPERATEUR, E.ACCUEIL_TERMINE}),
    ),
    GenreEcheance.ARBITRER_IDENTITE: DefinitionEcheance(
        (U.DONNEES,), "arbitrer_identite", Escalade(U.ENCADREMENT, 2), frozenset({E.IDENTITE_ARBITREE, E.FUSION}),
        bloque=("envois",),
    ),
    GenreEcheance.IDENTIFIER_REPRESENTANT: DefinitionEcheance(
        (U.TRAVAIL_SOCIAL,), "identifier_representant", Escalade(U.CHEF_STRUCTURE, 5),
        frozenset({E.REPRESENTANT_IDENTIFIE}), bloque=("procedures", "contrat"),
    ),
    GenreEcheance.RECUPERER_HISTORIQUE: DefinitionEcheance(
        (U.LIAISON,), "recuperer_historique", Escalade(U.ENCADREMENT, 15), frozenset({E.ECHEANCE_TRAITEE})
    ),
    GenreEcheance.STATUER_RAPO: DefinitionEcheance(
        (U.JURIDIQUE,), "statuer_rapo", Escalade(U.ENCADREMENT, 0), frozenset({E.RECOURS_STATUE, E.ECHEANCE_TRAITEE})
    ),
    GenreEcheance.SUIVI_EMPLOI: DefinitionEcheance(
        (U.REFERENT,), "suivi_emploi_1_mois", Escalade(U.CHEF_STRUCTURE, 30),
        frozenset({E.ECHEANCE_TRAITEE, E.ENTREE_SDD, E.RETOUR_SDD}),
    ),
    GenreEcheance.NON_RECOURS: DefinitionEcheance(
        (U.PLATEFORME,), "non_recours", Escalade(U.ENCADREMENT, 15),
        frozenset({E.ECHEANCE_TRAITEE, E.ENTREE_SDD, E.RETOUR_SDD}),
    ),
    GenreEcheance.REVOIR_APRES_FUSION: DefinitionEcheance(
        (U.DONNEES,), "arbitrer_identite", Escalade(U.ENCADREMENT, 5), frozenset({E.ECHEANCE_TRAITEE})
    ),
    GenreEcheance.CLOTURE_AVEC_CONTRAT: DefinitionEcheance(
        (U.REFERENT, U.PLATEFORME), "cloture_avec_contrat", Escalade(U.CHEF_STRUCTURE, 15),
        frozenset({E.CLOTURE_DECIDEE, E.ACCOMPAGNEMENT_VOLONTAIRE, E.ENTREE_SDD, E.RETOUR_SDD}),
    ),
    GenreEcheance.DECISION_ATTENDUE_CAF: DefinitionEcheance(
        (U.JURIDIQUE,), "decision_attendue_caf", Escalade(U.ENCADREMENT, 15),
        frozenset({E.DECISION_TRANSMISE, E.ECART_LEVE}),
    ),
    GenreEcheance.SANCTION_A_RAPPROCHER: DefinitionEcheance(
        (U.DEVOIRS,), "sanction_a_rapprocher", Escalade(U.ENCADREMENT, 10),
        frozenset({E.SANCTION_RAPPROCHEE, E.MESURE_REPRISE, E.ECART_LEVE}),
    ),
    # R27: the référent is told the same day; reading it is all that is asked of her
    GenreEcheance.LIRE_AVIS_EP: DefinitionEcheance(
        (U.REFERENT, U.PLATEFORME), "lire_avis_ep", Escalade(U.CHEF_STRUCTURE, 10), frozenset({E.ECHEANCE_TRAITEE})
    ),
    GenreEcheance.MAJORATION_A_REVOIR: DefinitionEcheance(
        (U.REFERENT, U.PLATEFORME), "majoration_a_revoir", Escalade(U.CHEF_STRUCTURE, 15),
        frozenset({E.ECHEANCE_TRAITEE, E.ECART_LEVE}),
    ),
    # R77, R73, R43: the date alone is kept; recording the next one (or that none is needed) closes it
    GenreEcheance.RENOUVELER_PIECE: DefinitionEcheance(
        (U.REFERENT, U.PLATEFORME), "renouveler_piece", Escalade(U.CHEF_STRUCTURE, 30), frozenset({E.PIECE_NOTEE})
    ),
    GenreEcheance.REPONDRE_RECLAMATION: DefinitionEcheance(
        (U.CHEF_STRUCTURE, U.ENCADREMENT), "repondre_reclamation", Escalade(U.ENCADREMENT, 0),
        frozenset({E.RECLAMATION_REPONDUE}),
    ),
    # E32: of somebody who is not on the path (accompanied at her own request, out): to her too letters may leave
    GenreEcheance.DECES_A_VERIFIER: DefinitionEcheance(
        (U.DONNEES,), "verifier_deces", Escalade(U.ENCADREMENT, 5), frozenset({E.DECES, E.REPRISE}), bloque=("envois",)
    ),
}  # fmt: skip
# Events that close the one échéance they name (``donnees["echeance"]``), among those their definition allows.
NOMMENT = frozenset({E.ECHEANCE_TRAITEE, E.ECART_LEVE})
# Échéances that the former tool closed as « done »: its history is kept, the act no longer exists.
AUTREFOIS_TRAITEES = frozenset({GenreEcheance.PROCEDURE_REFUS, GenreEcheance.STATUER_RAPO})
# Échéances on which an agent may record that she checked and must still wait: the date moves, the age does not.
PROLONGEABLES = frozenset({GenreEcheance.DECISION_ATTENDUE_CAF, GenreEcheance.SANCTION_A_RAPPROCHER})
