"""The life cycle on one screen: every state has its étape principale, every étape its owner, rule and closing acts.

``ETATS`` says which étape a state opens. ``ETAPES`` says who may own it, which deadline of ``reglementation`` sets its
date, who is warned when it is late, which events close it and which étapes may follow. ``ECHEANCES`` does the same for
parallel duties. Pure data: the engine of ``regles`` obeys it, the tests and the page "règles du parcours" read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement

E = GenreEvenement
G = GenreEtape
U = Unite


@dataclass(frozen=True, slots=True)
class Escalade:
    """Who is warned when an étape is late, and how many days after its date."""

    unite: Unite
    apres_jours: int


@dataclass(frozen=True, slots=True)
class DefinitionEtape:
    """One kind of étape principale.

    ``regle``: name of the deadline. ``regle_affichee``: a legal clock shown beside an internal date (E06, E08).
    ``clot_par``: events that close it; never a bare "fait". ``suites``: legal next kinds (``None``: none needed).
    """

    unites: tuple[Unite, ...]
    regle: str
    escalade: Escalade
    clot_par: frozenset[GenreEvenement]
    suites: frozenset[GenreEtape | None]
    regle_affichee: str = ""
    externe: bool = False


@dataclass(frozen=True, slots=True)
class DefinitionEcheance:
    """One kind of parallel duty."""

    unites: tuple[Unite, ...]
    regle: str
    escalade: Escalade
    clot_par: frozenset[GenreEvenement]
    bloque: tuple[str, ...] = field(default=())


# Facts that may come at any moment, whatever the étape: the file, identity, death, protection.
A_TOUT_MOMENT = frozenset({
    E.FIN_SDD, E.DROIT_CLOS, E.NON_TRANSMISE, E.ADRESSE_CHANGEE, E.MUTATION_SORTANTE, E.DECES_PRESUME, E.DECES,
    E.SDD_INCONNU, E.FUSION, E.FUSION_ANNULEE, E.ANNULATION, E.ENTREE_SDD, E.RETOUR_SDD, E.SITUATION_PARTICULIERE,
    E.INTERRUPTION, E.IDENTITE_DOUTEUSE, E.MESURE_NOTIFIEE,
})  # fmt: skip
# How a measure on the allowance ends: lifted, over, or undone.
_FIN_DE_MESURE = frozenset({E.MESURE_LEVEE, E.MESURE_TERMINEE, E.MESURE_ANNULEE})
# Acts that may end the path: they then close whatever étape is open.
QUITTENT = frozenset({E.SDD_CONSTATE, E.DROIT_CONFIRME, E.DISPARITION_VERIFIEE, E.DOSSIER_TRANSMIS})
# Étapes that such a fact may open.
_PARENTHESES = frozenset({
    G.VERIFIER_SDD, G.LOCALISER, G.VERIFIER_DISPARITION, G.TRANSMETTRE_DOSSIER, G.VERIFIER_DECES, G.REPRENDRE_CONTACT,
    G.BILAN_DROITS_VIEILLESSE, G.BILAN_DROITS_HANDICAP, G.CONSOLIDER_EMPLOI, G.POINT_ACTIVITE, G.POINT_ACTION,
    G.REMOBILISER, G.MAINTENIR_LIEN, G.RELAYER_ASE_ML, G.ACCOMPAGNEMENT_VOLONTAIRE, G.ARBITRER_IDENTITE,
})  # fmt: skip
_CHEMIN = frozenset(G) - _PARENTHESES
# The body changes without a new decision (same legal body), or ends: V14, R51, R59.
_AUTRE_STRUCTURE = frozenset({E.RELAIS_ACCEPTE, E.ACCUEIL_TERMINE})
_ORIENTATION = frozenset({E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR, E.DELAI_ORIENTATION_DEPASSE})


def _etape(
    unites: tuple[Unite, ...],
    regle: str,
    escalade: tuple[Unite, int],
    clot_par: Iterable[GenreEvenement],
    suites: Iterable[GenreEtape],
    *,
    regle_affichee: str = "",
    externe: bool = False,
) -> DefinitionEtape:
    return DefinitionEtape(
        unites,
        regle,
        Escalade(*escalade),
        frozenset(clot_par) | A_TOUT_MOMENT,
        frozenset({None, *suites, *_PARENTHESES}),
        regle_affichee,
        externe,
    )


_VERS_ORIENTATION = {G.CONVOQUER, G.ORIENTER, G.ALLER_VERS, G.ORIENTER_PAR_DEFAUT, G.SUIVRE_ORIENTATION_FT, G.NOTIFIER,
                     G.ACCUSER_ORIENTATION_FT}  # fmt: skip
_APRES_NOTIFICATION = {G.ACCEPTER_DOSSIER, G.NOMMER_REFERENT, G.ELABORER_CONTRAT, G.ATTENDRE_PARTENAIRE,
                       G.ETABLIR_DATE_CERTAINE, G.RELANCER_CONTRAT}  # fmt: skip
_SUIVI = {G.PROCHAIN_CONTACT, G.NOTIFIER, G.NOMMER_REFERENT}

ETAPES: dict[GenreEtape, DefinitionEtape] = {
    G.CONFIRMER_DROIT: _etape(
        (U.DONNEES,), "confirmer_droit", (U.ENCADREMENT, 5), {E.DROIT_CONFIRME}, {G.CONVOQUER, G.ORIENTER}
    ),
    G.VERIFIER_SDD: _etape(
        (U.DONNEES,), "verifier_sdd", (U.ENCADREMENT, 5), {E.SDD_CONSTATE, E.DROIT_CONFIRME}, _CHEMIN
    ),
    G.LOCALISER: _etape(
        (U.DONNEES, U.ENCADREMENT), "localiser", (U.ENCADREMENT, 0), {E.LOCALISEE, E.DROIT_CONFIRME}, _CHEMIN
    ),
    G.ARBITRER_IDENTITE: _etape(
        (U.DONNEES,), "arbitrer_identite", (U.ENCADREMENT, 2), {E.IDENTITE_ARBITREE, E.FUSION}, _CHEMIN
    ),
    G.CONVOQUER: _etape(
        (U.PLATEFORME,), "convoquer", (U.ENCADREMENT, 3),
        {E.CONVOCATION, E.PRESENCE, E.DIAGNOSTIC, E.COURRIER_REVENU, *_ORIENTATION}, _VERS_ORIENTATION,
        regle_affichee="orienter",
    ),
    G.ORIENTER: _etape(
        (U.PLATEFORME,), "orienter", (U.ENCADREMENT, 0),
        {E.ABSENCE, E.RENDEZ_VOUS_ANNULE, E.COURRIER_REVENU, *_ORIENTATION}, _VERS_ORIENTATION,
    ),
    G.ALLER_VERS: _etape(
        (U.REFERENT, U.PLATEFORME), "aller_vers", (U.ENCADREMENT, 5),
        {E.ALLER_VERS, E.CONVOCATION, E.PRESENCE, E.DIAGNOSTIC, *_ORIENTATION}, _VERS_ORIENTATION,
        regle_affichee="orienter",
    ),
    G.ORIENTER_PAR_DEFAUT: _etape(
        (U.ENCADREMENT,), "orienter_par_defaut", (U.ENCADREMENT, 0),
        {E.PRESENCE, E.DIAGNOSTIC, E.CONVOCATION, *_ORIENTATION}, _VERS_ORIENTATION,
    ),
    G.SUIVRE_ORIENTATION_FT: _etape(
        (U.LIAISON,), "suivre_orientation_ft", (U.ENCADREMENT, 5), _ORIENTATION,
        {G.NOTIFIER, G.ACCUSER_ORIENTATION_FT, G.ATTENDRE_PARTENAIRE}, externe=True,
    ),
    G.ACCUSER_ORIENTATION_FT: _etape(
        (U.PLATEFORME,), "accuser_orientation_ft", (U.ENCADREMENT, 2),
        {E.ORIENTATION_ACCUSEE, E.ACCUEIL_TERMINE, *_ORIENTATION}, _APRES_NOTIFICATION | {G.NOTIFIER, G.REAFFECTER},
    ),
    G.NOTIFIER: _etape(
        (U.PLATEFORME, U.REFERENT), "notifier", (U.ENCADREMENT, 2),
        {E.NOTIFICATION_ENVOYEE, E.DATE_CERTAINE, E.ORIENTATION_DECIDEE, E.ACCUEIL_TERMINE},
        _APRES_NOTIFICATION | {G.NOTIFIER, G.REAFFECTER},
    ),
    G.ETABLIR_DATE_CERTAINE: _etape(
        (U.PLATEFORME, U.REFERENT), "etablir_date_certaine", (U.ENCADREMENT, 5),
        {E.DATE_CERTAINE, E.ORIENTATION_DECIDEE, E.CONTRAT_SIGNE, E.ACCUEIL_TERMINE},
        _APRES_NOTIFICATION | {G.NOTIFIER, G.REAFFECTER, *_SUIVI},
    ),
    G.ACCEPTER_DOSSIER: _etape(
        (U.STRUCTURE_RECEVANTE,), "accepter_dossier", (U.ENCADREMENT, 0),
        {E.DOSSIER_ACCEPTE, E.DOSSIER_REFUSE, E.REFERENT_NOMME, E.ORIENTATION_DECIDEE, E.INFORMATION_PARTENAIRE,
         *_AUTRE_STRUCTURE},
        {G.NOMMER_REFERENT, G.ELABORER_CONTRAT, G.REAFFECTER, G.NOTIFIER, G.PROCHAIN_CONTACT, G.ATTENDRE_PARTENAIRE},
    ),
    G.REAFFECTER: _etape(
        (U.ENCADREMENT,), "reaffecter", (U.ENCADREMENT, 0),
        {E.ORIENTATION_DECIDEE, E.DOSSIER_ACCEPTE, E.RELAIS_ACCEPTE},
        {G.NOTIFIER, G.NOMMER_REFERENT, G.ELABORER_CONTRAT, G.PROCHAIN_CONTACT},
    ),
    G.NOMMER_REFERENT: _etape(
        (U.CHEF_STRUCTURE,), "nommer_referent", (U.ENCADREMENT, 0),
        {E.REFERENT_NOMME, E.ORIENTATION_DECIDEE, E.INFORMATION_PARTENAIRE, *_AUTRE_STRUCTURE},
        {G.ELABORER_CONTRAT, G.RELANCER_CONTRAT, G.PROCHAIN_CONTACT, G.NOTIFIER, G.ATTENDRE_PARTENAIRE, G.REAFFECTER},
    ),
    G.ATTENDRE_PARTENAIRE: _etape(
        (U.LIAISON,), "attendre_partenaire", (U.ENCADREMENT, 10),
        {E.INFORMATION_PARTENAIRE, E.CONTRAT_SIGNE, E.ORIENTATION_DECIDEE, E.ACCUEIL_TERMINE},
        {G.ATTENDRE_PARTENAIRE, G.PROCHAIN_CONTACT, G.NOTIFIER, G.REAFFECTER}, externe=True,
    ),
    G.ELABORER_CONTRAT: _etape(
        (U.REFERENT,), "contrat_engagement", (U.CHEF_STRUCTURE, 0),
        {E.CONTRAT_SIGNE, E.DELAI_CONTRAT_DEPASSE, E.ORIENTATION_DECIDEE, E.REFERENT_PARTI, E.DATE_CERTAINE,
         E.REORIENTATION_REFUSEE, E.REFUS_NOTIFIE, E.INFORMATION_PARTENAIRE, *_AUTRE_STRUCTURE},
        {G.PROCHAIN_CONTACT, G.ELABORER_CONTRAT, G.RELANCER_CONTRAT, G.NOTIFIER, G.NOMMER_REFERENT,
         G.ATTENDRE_PARTENAIRE, G.REAFFECTER},
    ),
    G.RELANCER_CONTRAT: _etape(
        (U.REFERENT,), "relancer_contrat", (U.CHEF_STRUCTURE, 5),
        {E.CONTRAT_SIGNE, E.CONTACT, E.ORIENTATION_DECIDEE, E.REFERENT_PARTI, E.INFORMATION_PARTENAIRE,
         *_AUTRE_STRUCTURE},
        {G.PROCHAIN_CONTACT, G.RELANCER_CONTRAT, G.NOTIFIER, G.NOMMER_REFERENT, G.ATTENDRE_PARTENAIRE, G.REAFFECTER},
    ),
    G.PROCHAIN_CONTACT: _etape(
        (U.REFERENT,), "prochain_contact_regulier", (U.CHEF_STRUCTURE, 15),
        {E.CONTACT, E.CONTRAT_ACTUALISE, E.CONTRAT_SIGNE, E.ORIENTATION_DECIDEE, E.REFERENT_PARTI,
         *_AUTRE_STRUCTURE},
        {G.PROCHAIN_CONTACT, G.NOTIFIER, G.NOMMER_REFERENT, G.REAFFECTER},
    ),
    G.REPRENDRE_CONTACT: _etape(
        (U.REFERENT, U.PLATEFORME), "reprendre_contact", (U.CHEF_STRUCTURE, 15),
        {E.REPRISE, E.CONTACT, E.CONTRAT_SIGNE, E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR}, _CHEMIN,
    ),
    G.BILAN_DROITS_VIEILLESSE: _etape(
        (U.TRAVAIL_SOCIAL,), "bilan_droits_vieillesse", (U.CHEF_STRUCTURE, 15), {E.REPRISE, E.POINT_SITUATION},
        _CHEMIN,
    ),
    G.BILAN_DROITS_HANDICAP: _etape(
        (U.TRAVAIL_SOCIAL,), "bilan_droits_handicap", (U.CHEF_STRUCTURE, 15), {E.REPRISE, E.POINT_SITUATION},
        _CHEMIN,
    ),
    G.CONSOLIDER_EMPLOI: _etape(
        (U.REFERENT, U.PLATEFORME), "consolider_emploi", (U.CHEF_STRUCTURE, 15), {E.REPRISE, E.POINT_SITUATION}, _CHEMIN
    ),
    G.POINT_ACTIVITE: _etape(
        (U.REFERENT, U.PLATEFORME), "point_activite", (U.CHEF_STRUCTURE, 15), {E.REPRISE, E.POINT_SITUATION}, _CHEMIN
    ),
    G.POINT_ACTION: _etape(
        (U.REFERENT, U.PLATEFORME), "point_action_fin", (U.CHEF_STRUCTURE, 15), {E.REPRISE, E.POINT_SITUATION}, _CHEMIN
    ),
    # Under a suspension the accompaniment goes on (L262-37): what opens and ends it stands in ``regles.devoirs``.
    G.REMOBILISER: _etape(
        (U.REFERENT, U.PLATEFORME), "remobiliser", (U.CHEF_STRUCTURE, 5),
        {E.REPRISE, E.CONTACT, E.MESURE_NOTIFIEE, *_FIN_DE_MESURE}, _CHEMIN,
    ),
    G.MAINTENIR_LIEN: _etape(
        (U.REFERENT, U.PLATEFORME), "maintenir_lien", (U.CHEF_STRUCTURE, 15),
        {E.REPRISE, E.CONTACT, E.MESURE_NOTIFIEE, *_FIN_DE_MESURE}, _CHEMIN,
    ),
    G.VERIFIER_DISPARITION: _etape(
        (U.DONNEES,), "verifier_disparition", (U.ENCADREMENT, 5),
        {E.DISPARITION_VERIFIEE, E.RETRANSMISE, E.DROIT_CONFIRME}, _CHEMIN,
    ),
    G.TRANSMETTRE_DOSSIER: _etape(
        (U.LIAISON,), "transmettre_dossier", (U.ENCADREMENT, 5), {E.DOSSIER_TRANSMIS}, _CHEMIN
    ),
    G.RELAYER_ASE_ML: _etape(
        (U.TRAVAIL_SOCIAL,), "relayer_ase_ml", (U.ENCADREMENT, 3), {E.REPRISE, E.POINT_SITUATION}, _CHEMIN
    ),
    G.VERIFIER_DECES: _etape((U.DONNEES,), "verifier_deces", (U.ENCADREMENT, 5), {E.DECES, E.REPRISE}, _CHEMIN),
    G.ACCOMPAGNEMENT_VOLONTAIRE: _etape(
        (U.REFERENT, U.PLATEFORME), "prochain_contact_regulier", (U.CHEF_STRUCTURE, 15),
        {E.CONTACT, E.FIN_ACCOMPAGNEMENT, E.DROIT_CONFIRME}, _CHEMIN,
    ),
}  # fmt: skip

# The étape each state opens; ``None`` only where the person is not soumise aux droits et devoirs.
ETATS: dict[Etat, GenreEtape | None] = {
    Etat.ATTENTE_DROIT: G.CONFIRMER_DROIT,
    Etat.SDD_INCONNU: G.VERIFIER_SDD,
    Etat.A_LOCALISER: G.LOCALISER,
    Etat.IDENTITE_A_ARBITRER: G.ARBITRER_IDENTITE,
    Etat.ENTRANTE: G.CONVOQUER,
    Etat.CONVOQUEE: G.ORIENTER,
    Etat.RENCONTREE: G.ORIENTER,
    Etat.INJOIGNABLE: G.ALLER_VERS,
    Etat.A_ORIENTER_PAR_DEFAUT: G.ORIENTER_PAR_DEFAUT,
    Etat.COMPETENCE_OPERATEUR_EMPLOI: G.SUIVRE_ORIENTATION_FT,
    Etat.ORIENTATION_A_ACCUSER: G.ACCUSER_ORIENTATION_FT,
    Etat.ORIENTEE: G.NOTIFIER,
    Etat.NOTIFIEE: G.ETABLIR_DATE_CERTAINE,
    Etat.ATTENTE_ACCUEIL: G.ACCEPTER_DOSSIER,
    Etat.A_REAFFECTER: G.REAFFECTER,
    Etat.ATTENTE_REFERENT: G.NOMMER_REFERENT,
    Etat.SUIVIE_PAR_PARTENAIRE: G.ATTENDRE_PARTENAIRE,
    Etat.CONTRAT_A_ELABORER: G.ELABORER_CONTRAT,
    Etat.CONTRAT_EN_RETARD: G.RELANCER_CONTRAT,
    Etat.ACCOMPAGNEE: G.PROCHAIN_CONTACT,
    Etat.RETOUR: G.REPRENDRE_CONTACT,
    Etat.INTERROMPUE: G.REPRENDRE_CONTACT,
    Etat.BILAN_VIEILLESSE: G.BILAN_DROITS_VIEILLESSE,
    Etat.BILAN_HANDICAP: G.BILAN_DROITS_HANDICAP,
    Etat.EN_EMPLOI_PARTIEL: G.CONSOLIDER_EMPLOI,
    Etat.INDEPENDANTE: G.POINT_ACTIVITE,
    Etat.EN_ACTION: G.POINT_ACTION,
    Etat.REMOBILISATION: G.REMOBILISER,
    Etat.SUPPRIMEE: G.MAINTENIR_LIEN,
    Etat.NON_TRANSMISE: G.VERIFIER_DISPARITION,
    Etat.MUTATION_SORTANTE: G.TRANSMETTRE_DOSSIER,
    Etat.MINEURE: G.RELAYER_ASE_ML,
    Etat.DECES_PRESUME: G.VERIFIER_DECES,
    Etat.VOLONTAIRE: G.ACCOMPAGNEMENT_VOLONTAIRE,
    Etat.HORS_SDD: None,
    Etat.SORTIE: None,
    Etat.DECEDEE: None,
}

# States that suspend the path without losing it: the path resumes where it was when they end.
PARENTHESES = frozenset({
    Etat.SDD_INCONNU, Etat.A_LOCALISER, Etat.IDENTITE_A_ARBITRER, Etat.INTERROMPUE, Etat.BILAN_VIEILLESSE,
    Etat.BILAN_HANDICAP, Etat.EN_EMPLOI_PARTIEL, Etat.INDEPENDANTE, Etat.EN_ACTION, Etat.REMOBILISATION,
    Etat.SUPPRIMEE, Etat.NON_TRANSMISE, Etat.MUTATION_SORTANTE, Etat.MINEURE, Etat.DECES_PRESUME, Etat.RETOUR,
})  # fmt: skip
# What an agent may record as a particular situation (``situation_particuliere``).
SITUATIONS_PARTICULIERES = (
    Etat.BILAN_VIEILLESSE, Etat.BILAN_HANDICAP, Etat.EN_EMPLOI_PARTIEL, Etat.INDEPENDANTE, Etat.EN_ACTION,
    Etat.REMOBILISATION, Etat.SUPPRIMEE, Etat.MINEURE, Etat.DECES_PRESUME,
)  # fmt: skip

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
# What an agent records of a particular situation with its own act (``point_situation``): a contact does not close it.
POINTS = (
    Etat.BILAN_VIEILLESSE,
    Etat.BILAN_HANDICAP,
    Etat.EN_EMPLOI_PARTIEL,
    Etat.INDEPENDANTE,
    Etat.EN_ACTION,
    Etat.MINEURE,
)
# Events that close the one échéance they name (``donnees["echeance"]``), among those their definition allows.
NOMMENT = frozenset({E.ECHEANCE_TRAITEE, E.ECART_LEVE})
# Échéances that the former tool closed as « done »: its history is kept, the act no longer exists.
AUTREFOIS_TRAITEES = frozenset({GenreEcheance.PROCEDURE_REFUS, GenreEcheance.STATUER_RAPO})
# Échéances on which an agent may record that she checked and must still wait: the date moves, the age does not.
PROLONGEABLES = frozenset({GenreEcheance.DECISION_ATTENDUE_CAF, GenreEcheance.SANCTION_A_RAPPROCHER})


def etape_de(etat: Etat) -> GenreEtape | None:
    """The étape principale a state opens.

    >>> etape_de(Etat.ENTRANTE)
    <GenreEtape.CONVOQUER: 'convoquer'>
    """
    return ETATS[etat]
