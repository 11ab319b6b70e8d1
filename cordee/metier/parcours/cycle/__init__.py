"""The life cycle on one screen: every state has its étape principale, every étape its owner, rule and closing acts.

``ETATS`` says which étape a state opens. ``ETAPES`` says who may own it, which deadline of ``reglementation`` sets its
date, who is warned when it is late, which events close it and which étapes may follow. ``ECHEANCES`` does the same for
parallel duties. Pure data: the engine of ``regles`` obeys it, the tests and the page "règles du parcours" read it.
"""

from __future__ import annotations

from collections.abc import Iterable

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle.definitions import DefinitionEcheance, DefinitionEtape, Escalade
from cordee.metier.parcours.cycle.echeances import AUTREFOIS_TRAITEES, ECHEANCES, NOMMENT, PROLONGEABLES
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement

__all__ = [
    "AUTREFOIS_TRAITEES", "A_TOUT_MOMENT", "ECHEANCES", "ETAPES", "ETATS", "NOMMENT", "PARENTHESES", "POINTS",
    "PROLONGEABLES", "QUITTENT", "SITUATIONS_PARTICULIERES", "DefinitionEcheance", "DefinitionEtape", "Escalade",
    "etape_de",
]  # fmt: skip

E = GenreEvenement
G = GenreEtape
U = Unite

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
# What an agent records of a particular situation with its own act (``point_situation``): a contact does not close it.
POINTS = (
    Etat.BILAN_VIEILLESSE,
    Etat.BILAN_HANDICAP,
    Etat.EN_EMPLOI_PARTIEL,
    Etat.INDEPENDANTE,
    Etat.EN_ACTION,
    Etat.MINEURE,
)


def etape_de(etat: Etat) -> GenreEtape | None:
    """The étape principale a state opens.

    >>> etape_de(Etat.ENTRANTE)
    <GenreEtape.CONVOQUER: 'convoquer'>
    """
    return ETATS[etat]
