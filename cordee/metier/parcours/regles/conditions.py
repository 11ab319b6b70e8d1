"""Which acts are legal from where. Facts of files are never refused; acts of agents are, with the reason."""

from __future__ import annotations

from cordee.metier.parcours.cycle import AUTREFOIS_TRAITEES, ECHEANCES, POINTS, PROLONGEABLES, SITUATIONS_PARTICULIERES
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, SuiteCloture
from cordee.metier.parcours.regles.devoirs import CONDITIONS as DES_DEVOIRS
from cordee.metier.parcours.regles.devoirs import MEME_SORTIE as DES_DEVOIRS_MEME_SORTIE
from cordee.metier.parcours.regles.devoirs import SOUMISE_SEULEMENT as DES_DEVOIRS_SOUMISE
from cordee.metier.parcours.regles.erreurs import TransitionInterdite
from cordee.metier.parcours.regles.fichier import AVANT_ORIENTATION, reprenables
from cordee.metier.parcours.regles.situation import Fait, Situation
from cordee.metier.parcours.regles.suivi import PRISES_DEHORS, suivie_dehors
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

E = GenreEvenement


# Act → chemins from which it is legal (``None`` in the set: no path yet).
DEPUIS: dict[GenreEvenement, frozenset[Etat]] = {
    E.DROIT_CONFIRME: frozenset({Etat.ATTENTE_DROIT}),
    E.RENDEZ_VOUS_ANNULE: frozenset(Etat),
    E.ALLER_VERS: frozenset({Etat.INJOIGNABLE}),
    E.ORIENTATION_OPERATEUR: frozenset({Etat.COMPETENCE_OPERATEUR_EMPLOI}),
    E.ORIENTATION_ACCUSEE: frozenset({Etat.ORIENTATION_A_ACCUSER}),
    E.NOTIFICATION_ENVOYEE: frozenset({Etat.ORIENTEE, Etat.NOTIFIEE}),
    E.DATE_CERTAINE: frozenset(Etat) - AVANT_ORIENTATION - {Etat.COMPETENCE_OPERATEUR_EMPLOI},
    E.DOSSIER_ACCEPTE: frozenset({Etat.ATTENTE_ACCUEIL, Etat.A_REAFFECTER}),
    E.DOSSIER_REFUSE: frozenset({Etat.ATTENTE_ACCUEIL}),
    E.CONTRAT_SIGNE: frozenset(
        {Etat.NOTIFIEE, Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD, Etat.ACCOMPAGNEE, Etat.SUIVIE_PAR_PARTENAIRE}
    ),
    E.CONTRAT_REFUSE: frozenset({Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD}),
    E.CONTRAT_ACTUALISE: frozenset({Etat.ACCOMPAGNEE, Etat.SUIVIE_PAR_PARTENAIRE}),
    E.INFORMATION_PARTENAIRE: frozenset({Etat.SUIVIE_PAR_PARTENAIRE}) | PRISES_DEHORS,
}
_RAISONS: dict[GenreEvenement, str] = {
    E.DROIT_CONFIRME: "Seule une fiche ouverte au guichet, avant tout fichier, peut être confirmée.",
    E.ALLER_VERS: "Aucune absence n'appelle une démarche d'aller-vers pour cette personne.",
    E.ORIENTATION_OPERATEUR: "L'opérateur de l'emploi n'oriente qu'une fois les six semaines passées sans décision.",
    E.ORIENTATION_ACCUSEE: "Aucune orientation de l'opérateur de l'emploi n'attend d'être reçue.",
    E.NOTIFICATION_ENVOYEE: "Aucune décision d'orientation n'attend d'être notifiée.",
    E.DATE_CERTAINE: "Aucune décision d'orientation n'a été prise : il n'y a rien à notifier.",
    E.DOSSIER_ACCEPTE: "Ce dossier n'attend pas l'accord d'une structure.",
    E.DOSSIER_REFUSE: "Ce dossier n'attend pas l'accord d'une structure.",
    E.CONTRAT_SIGNE: "Le contrat se signe une fois la décision notifiée, l'accueil accepté et le référent nommé.",
    E.CONTRAT_REFUSE: "Aucun contrat n'est en cours d'élaboration.",
    E.CONTRAT_ACTUALISE: "Il n'y a pas de contrat en cours à actualiser.",
    E.INFORMATION_PARTENAIRE: "Cette personne n'est pas suivie par un partenaire.",
}
_MEME_SORTIE = DES_DEVOIRS_MEME_SORTIE | frozenset({
    E.ACCOMPAGNEMENT_VOLONTAIRE, E.FIN_ACCOMPAGNEMENT, E.ECHEANCE_TRAITEE, E.ANNULATION, E.RENDEZ_VOUS_ANNULE,
    E.CONTACT, E.DECES, E.SDD_CONSTATE, E.IDENTITE_ARBITREE, E.PRESENCE, E.ABSENCE, E.COURRIER_REVENU,
    E.PERSONNE_CREEE, E.CONVOCATION, E.PROTECTION_SIGNALEE, E.REPRESENTANT_IDENTIFIE, E.CLOTURE_DECIDEE,
    E.DECISION_TRANSMISE, E.SANCTION_RAPPROCHEE, E.MESURE_REPRISE, E.ATTENTE_PROLONGEE, E.PIECE_NOTEE,
    E.RECLAMATION_RECUE, E.RECLAMATION_REPONDUE, E.GLOBAL_CLOS,
})  # fmt: skip
# Acts of the droits et devoirs: they have no object for a person accompanied at her own request.
_SOUMISE_SEULEMENT = DES_DEVOIRS_SOUMISE | frozenset({
    E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR, E.ORIENTATION_ACCUSEE, E.NOTIFICATION_ENVOYEE, E.DATE_CERTAINE,
    E.DOSSIER_ACCEPTE, E.DOSSIER_REFUSE, E.CONTRAT_SIGNE, E.CONTRAT_ACTUALISE, E.CONTRAT_REFUSE,
    E.REORIENTATION_DEMANDEE, E.REORIENTATION_REFUSEE, E.REFUS_NOTIFIE, E.INTERRUPTION, E.SITUATION_PARTICULIERE,
    E.ALLER_VERS, E.INFORMATION_PARTENAIRE, E.POINT_SITUATION, E.REVUE_CONJOINTE,
})  # fmt: skip
ACTES = frozenset({
    *DES_DEVOIRS, *DEPUIS, E.CONVOCATION, E.PRESENCE, E.ABSENCE, E.COURRIER_REVENU, E.DIAGNOSTIC, E.ORIENTATION_DECIDEE,
    E.REFERENT_NOMME, E.COREFERENT_NOMME, E.CONTRAT_SIGNE, E.CONTACT, E.INTERRUPTION, E.SITUATION_PARTICULIERE,
    E.REPRISE, E.REORIENTATION_DEMANDEE, E.REORIENTATION_REFUSEE, E.PROTECTION_SIGNALEE, E.REPRESENTANT_IDENTIFIE,
    E.ACCOMPAGNEMENT_VOLONTAIRE, E.FIN_ACCOMPAGNEMENT, E.ECHEANCE_TRAITEE, E.LOCALISEE, E.SDD_CONSTATE,
    E.DISPARITION_VERIFIEE, E.DOSSIER_TRANSMIS, E.DECES, E.PERSONNE_CREEE, E.CLOTURE_DECIDEE, E.DECISION_TRANSMISE,
    E.SANCTION_RAPPROCHEE, E.MESURE_REPRISE, E.ATTENTE_PROLONGEE, E.REFUS_NOTIFIE, E.RELAIS_PROPOSE, E.RELAIS_RECU,
    E.RELAIS_ACCEPTE, E.RELAIS_REFUSE, E.RELAIS_RETIRE, E.RELAIS_EXPIRE, E.CHANGEMENT_DEMANDE, E.CHANGEMENT_REFUSE,
    E.ACCUEIL_TERMINE, E.POINT_SITUATION, E.REVUE_CONJOINTE, E.PIECE_NOTEE, E.RECLAMATION_RECUE,
    E.RECLAMATION_REPONDUE, E.GLOBAL_OUVERT, E.GLOBAL_CLOS,
})  # fmt: skip


def verifier(s: Situation, fait: Fait) -> None:
    """Refuse an act that does not fit.

    Raises:
        TransitionInterdite: with the reason in plain French.
    """
    if fait.genre not in ACTES:
        return
    if s.statut is Etat.DECEDEE:
        raise TransitionInterdite("Cette personne est décédée : plus aucun acte ne peut être enregistré.")
    if _dement_un_deces(s, fait):
        return
    if s.statut is not None and s.statut is not Etat.VOLONTAIRE and fait.genre not in _MEME_SORTIE:
        raise TransitionInterdite(
            "Cette personne n'est plus soumise aux droits et devoirs. Vous pouvez ouvrir un accompagnement volontaire."
        )
    if s.statut is Etat.VOLONTAIRE and fait.genre in _SOUMISE_SEULEMENT:
        raise TransitionInterdite("Cette personne est accompagnée à sa demande : aucun droit ni devoir ne s'applique.")
    permis = DEPUIS.get(fait.genre)
    if permis is not None and (s.chemin is None or s.chemin not in permis):
        raise TransitionInterdite(_RAISONS.get(fait.genre, "Cet acte ne correspond pas à l'étape en cours."))
    particulier = _PARTICULIERS.get(fait.genre)
    if particulier is not None:
        particulier(s, fait)


def _dement_un_deces(s: Situation, fait: Fait) -> bool:
    """E32: of whoever a death is signalled, on the path or not, one may say that she is alive."""
    signale = GenreEcheance.DECES_A_VERIFIER in s.echeances
    return signale and fait.genre is E.REPRISE and fait.donnees.get("etat") == Etat.DECES_PRESUME


def _orienter(s: Situation, fait: Fait) -> None:
    if s.chemin is None or s.chemin is Etat.ATTENTE_DROIT:
        raise TransitionInterdite("Le droit n'est pas encore connu : confirmez-le avant d'orienter la personne.")
    if Etat.IDENTITE_A_ARBITRER in s.parentheses:
        raise TransitionInterdite("L'identité de cette personne est à arbitrer avant toute décision.")


def _creer(s: Situation, fait: Fait) -> None:
    if s.chemin is not None or s.statut is Etat.VOLONTAIRE:
        raise TransitionInterdite("Cette personne est déjà connue : reprenez sa fiche.")


def _convoquer(s: Situation, fait: Fait) -> None:
    if Etat.IDENTITE_A_ARBITRER in s.parentheses:
        raise TransitionInterdite("Les envois sont bloqués : l'identité de cette personne est à arbitrer.")
    if Etat.INTERROMPUE in s.parentheses:
        raise TransitionInterdite("L'accompagnement est interrompu : aucune convocation avant la date de reprise.")


def _nommer_referent(s: Situation, fait: Fait) -> None:
    if s.orientation is None:
        raise TransitionInterdite("Prenez d'abord la décision d'orientation : elle désigne l'organisme référent.")
    if s.chemin is Etat.A_REAFFECTER:
        raise TransitionInterdite("Cette structure ne peut pas accueillir la personne : décidez d'abord d'une autre.")
    if fait.donnees.get("structure") != s.orientation.structure:
        raise TransitionInterdite("Le référent doit appartenir à l'organisme désigné par la décision d'orientation.")


def _nommer_coreferent(s: Situation, fait: Fait) -> None:
    if s.referent_structure is None:
        raise TransitionInterdite("Nommez d'abord l'organisme référent.")


def _signer(s: Situation, fait: Fait) -> None:
    if s.orientation is None:
        raise TransitionInterdite("Sans décision d'orientation, il n'y a pas encore de contrat à signer.")
    chez_operateur = s.orientation.categorie == GenreOrganismeReferent.OPERATEUR_EMPLOI
    if s.referent_agent is None and not chez_operateur:
        raise TransitionInterdite("Le contrat nomme le référent : nommez-le avant la signature.")
    if GenreEcheance.DECIDER_REORIENTATION in s.echeances:
        raise TransitionInterdite("Une réorientation est demandée : décidez-la avant de signer le contrat.")
    if GenreEcheance.IDENTIFIER_REPRESENTANT in s.echeances:
        raise TransitionInterdite("La personne est protégée : identifiez son représentant avant la signature.")


def _situation_particuliere(s: Situation, fait: Fait) -> None:
    if fait.donnees.get("etat") not in SITUATIONS_PARTICULIERES:
        raise TransitionInterdite("Cette situation ne se constate pas ici.")


def _informer(s: Situation, fait: Fait) -> None:
    """E05: a partner follows her, or says that it now does in its own tool (``suivi.prise_en_charge_dehors``)."""
    if s.chemin is not Etat.SUIVIE_PAR_PARTENAIRE and not suivie_dehors(s, fait):
        raise TransitionInterdite(_RAISONS[E.INFORMATION_PARTENAIRE])


def _reprendre(s: Situation, fait: Fait) -> None:
    vise = fait.donnees.get("etat")
    if not any(not vise or etat == vise for etat in reprenables(s)):
        raise TransitionInterdite("Le parcours de cette personne n'est pas suspendu, ou un autre acte l'y remet.")


def _faire_le_point(s: Situation, fait: Fait) -> None:
    etat = fait.donnees.get("etat")
    if etat not in POINTS or etat not in s.parentheses:
        raise TransitionInterdite("Cette situation n'est pas en cours pour cette personne : constatez-la d'abord.")


def _revoir_ensemble(s: Situation, fait: Fait) -> None:
    if GenreEcheance.DIAGNOSTIC_CONJOINT not in s.echeances:
        raise TransitionInterdite(
            "Le diagnostic conjoint ne concerne que le parcours d'insertion sociale, une fois le contrat signé."
        )


def _repondre_reclamation(s: Situation, fait: Fait) -> None:
    if GenreEcheance.REPONDRE_RECLAMATION not in s.echeances:
        raise TransitionInterdite("Aucune réclamation n'attend de réponse pour cette personne.")


def _reorienter(s: Situation, fait: Fait) -> None:
    if s.orientation is None:
        raise TransitionInterdite("Cette personne n'est pas encore orientée.")
    if GenreEcheance.DECIDER_REORIENTATION in s.echeances:
        raise TransitionInterdite("Une demande de réorientation attend déjà une décision.")


def _refuser_reorientation(s: Situation, fait: Fait) -> None:
    if GenreEcheance.DECIDER_REORIENTATION not in s.echeances:
        raise TransitionInterdite("Aucune demande de réorientation n'est en attente.")


def _notifier_refus(s: Situation, fait: Fait) -> None:
    if GenreEcheance.NOTIFIER_REFUS not in s.echeances:
        raise TransitionInterdite("Aucun refus de réorientation n'attend d'être notifié.")


def _proposer_relais(s: Situation, fait: Fait) -> None:
    if s.orientation is None or (s.referent_structure is None and s.chemin is not Etat.A_REAFFECTER):
        raise TransitionInterdite("Personne n'accompagne encore cette personne : il n'y a pas de relais à passer.")
    if s.relais is not None:
        raise TransitionInterdite("Un relais est déjà proposé pour cette personne : attendez la réponse ou retirez-le.")
    memes = (s.referent_structure, s.referent_agent) == (fait.donnees["structure"], fait.donnees.get("agent"))
    if memes or (s.referent_structure == fait.donnees["structure"] and not fait.donnees.get("agent")):
        raise TransitionInterdite("La personne est déjà accompagnée là : choisissez une autre structure.")


def _repondre_relais(s: Situation, fait: Fait) -> None:
    if s.relais is None or fait.donnees.get("relais") not in (None, s.relais):
        raise TransitionInterdite("Ce relais n'attend plus de réponse.")


def _demander_changement(s: Situation, fait: Fait) -> None:
    if s.referent_agent is None:
        raise TransitionInterdite("Aucun référent n'est nommé : il n'y a pas de référent à changer.")
    if GenreEcheance.REPONDRE_CHANGEMENT in s.echeances:
        raise TransitionInterdite("Une demande de changement de référent attend déjà une réponse.")


def _refuser_changement(s: Situation, fait: Fait) -> None:
    if GenreEcheance.REPONDRE_CHANGEMENT not in s.echeances:
        raise TransitionInterdite("Aucune demande de changement de référent n'attend de réponse.")


def _localiser(s: Situation, fait: Fait) -> None:
    if Etat.A_LOCALISER not in s.parentheses:
        raise TransitionInterdite("Le lieu de vie de cette personne est connu.")


def _constater_sdd(s: Situation, fait: Fait) -> None:
    if Etat.SDD_INCONNU not in s.parentheses:
        raise TransitionInterdite("La soumission aux droits et devoirs de cette personne n'est pas à vérifier.")


def _verifier_disparition(s: Situation, fait: Fait) -> None:
    if Etat.NON_TRANSMISE not in s.parentheses:
        raise TransitionInterdite("Cette personne figure dans le dernier fichier.")


def _transmettre(s: Situation, fait: Fait) -> None:
    if Etat.MUTATION_SORTANTE not in s.parentheses:
        raise TransitionInterdite("Aucun départ vers un autre département n'est en cours.")


def _ouvrir_volontaire(s: Situation, fait: Fait) -> None:
    if s.statut is None:
        raise TransitionInterdite("Cette personne est soumise aux droits et devoirs : son accompagnement est de droit.")


def _traiter_echeance(s: Situation, fait: Fait) -> None:
    vise = next((genre for genre in s.echeances if genre == fait.donnees.get("echeance")), None)
    if vise is None:
        raise TransitionInterdite("Cette échéance n'est plus ouverte.")
    if E.ECHEANCE_TRAITEE not in ECHEANCES[vise].clot_par or vise in AUTREFOIS_TRAITEES:
        raise TransitionInterdite(f"« {vise.libelle} » se ferme par son propre acte, pas d'un simple « fait ».")


def _decider_suite(s: Situation, fait: Fait) -> None:
    if GenreEcheance.CLOTURE_AVEC_CONTRAT not in s.echeances:
        raise TransitionInterdite("Aucune fin de droit n'attend de décision pour cette personne.")
    if fait.donnees.get("suite") == SuiteCloture.SUIVI_EMPLOI and s.referent_structure is None:
        raise TransitionInterdite("Sans référent, personne ne prendrait de nouvelles : choisissez une autre suite.")


def _transmettre_decision(s: Situation, fait: Fait) -> None:
    if GenreEcheance.DECISION_ATTENDUE_CAF not in s.echeances:
        raise TransitionInterdite("La caisse n'attend plus de décision pour cette personne.")


def _rapprocher_sanction(s: Situation, fait: Fait) -> None:
    if GenreEcheance.SANCTION_A_RAPPROCHER not in s.echeances:
        raise TransitionInterdite("Aucune sanction n'est à rapprocher pour cette personne.")


def _prolonger(s: Situation, fait: Fait) -> None:
    vise = next((genre for genre in s.echeances if genre == fait.donnees.get("echeance")), None)
    if vise is None:
        raise TransitionInterdite("Cette échéance n'est plus ouverte.")
    if vise not in PROLONGEABLES:
        raise TransitionInterdite(f"« {vise.libelle} » ne se reporte pas : faites l'acte qui la ferme.")


_PARTICULIERS = {
    **DES_DEVOIRS,
    E.PERSONNE_CREEE: _creer,
    E.CONVOCATION: _convoquer,
    E.ORIENTATION_DECIDEE: _orienter,
    E.REFERENT_NOMME: _nommer_referent,
    E.COREFERENT_NOMME: _nommer_coreferent,
    E.GLOBAL_OUVERT: _nommer_coreferent,
    E.CONTRAT_SIGNE: _signer,
    E.SITUATION_PARTICULIERE: _situation_particuliere,
    E.INFORMATION_PARTENAIRE: _informer,
    E.REPRISE: _reprendre,
    E.POINT_SITUATION: _faire_le_point,
    E.REVUE_CONJOINTE: _revoir_ensemble,
    E.RECLAMATION_REPONDUE: _repondre_reclamation,
    E.REORIENTATION_DEMANDEE: _reorienter,
    E.REORIENTATION_REFUSEE: _refuser_reorientation,
    E.REFUS_NOTIFIE: _notifier_refus,
    E.RELAIS_PROPOSE: _proposer_relais,
    E.RELAIS_RECU: _repondre_relais,
    E.RELAIS_ACCEPTE: _repondre_relais,
    E.RELAIS_REFUSE: _repondre_relais,
    E.RELAIS_RETIRE: _repondre_relais,
    E.RELAIS_EXPIRE: _repondre_relais,
    E.CHANGEMENT_DEMANDE: _demander_changement,
    E.CHANGEMENT_REFUSE: _refuser_changement,
    E.LOCALISEE: _localiser,
    E.SDD_CONSTATE: _constater_sdd,
    E.DISPARITION_VERIFIEE: _verifier_disparition,
    E.DOSSIER_TRANSMIS: _transmettre,
    E.ACCOMPAGNEMENT_VOLONTAIRE: _ouvrir_volontaire,
    E.ECHEANCE_TRAITEE: _traiter_echeance,
    E.CLOTURE_DECIDEE: _decider_suite,
    E.DECISION_TRANSMISE: _transmettre_decision,
    E.SANCTION_RAPPROCHEE: _rapprocher_sanction,
    E.ATTENTE_PROLONGEE: _prolonger,
}
