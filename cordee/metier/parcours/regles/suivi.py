"""From the référent to the contract, and the life of the accompaniment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.regles.accueil import apres_notification
from cordee.metier.parcours.regles.fichier import reprenables, reprendre, suspendre
from cordee.metier.parcours.regles.situation import Fait, Situation
from cordee.metier.parcours.regles.taches import ouvrir_echeance, ouvrir_suites_du_contrat
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as Organisme
from cordee.reglementation.parametres import booleen

E = GenreEvenement
_AVEC_REFERENT = frozenset({Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD, Etat.ACCOMPAGNEE})
SIGNENT_DEHORS: Final = frozenset({Organisme.MISSION_LOCALE, Organisme.PLACEMENT_HANDICAP, Organisme.DELEGATAIRE})
"""Bodies that may work in a tool of their own, and whom their files then tell of."""
_SANS_REFERENT = frozenset({Etat.ATTENTE_ACCUEIL, Etat.ATTENTE_REFERENT})
_SANS_CONTRAT = frozenset({Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD})
PRISES_DEHORS: Final = _SANS_REFERENT | _SANS_CONTRAT
# What follows news of a job, and after how many months from its beginning they were taken.
_NOUVELLES: Final = {
    "suivi_emploi_1_mois": ("suivi_emploi_3_mois", 1),
    "suivi_emploi_3_mois": ("suivi_emploi_6_mois", 3),
}
# Parentheses that a conversation closes, and those whose clock it starts again.
_CLOSES_PAR_CONTACT = frozenset({Etat.RETOUR})
_RYTHME_PAR_CONTACT = frozenset({Etat.REMOBILISATION, Etat.SUPPRIMEE, Etat.INTERROMPUE, Etat.VOLONTAIRE})


def _referent_nomme(s: Situation, fait: Fait) -> bool:
    demande = s.echeances.get(GenreEcheance.REPONDRE_CHANGEMENT)
    if demande is not None and fait.donnees.get("agent") in (None, s.referent_agent):
        # R83: the same référent again answers nothing
        s.echeances[GenreEcheance.REPONDRE_CHANGEMENT] = replace(demande)
    s.referent_structure, s.referent_agent = fait.donnees["structure"], fait.donnees.get("agent")
    if s.orientation is not None:
        s.orientation = replace(s.orientation, acceptee=True)
        if s.chemin in (Etat.ATTENTE_REFERENT, Etat.ATTENTE_ACCUEIL):
            s.chemin = apres_notification(s)
    return False


def _referent_parti(s: Situation, fait: Fait) -> bool:
    s.referent_agent = None
    if s.chemin in _AVEC_REFERENT:
        s.chemin = Etat.ATTENTE_REFERENT
    return False


def _coreferent_nomme(s: Situation, fait: Fait) -> bool:
    s.coreferent_structure, s.coreferent_agent = fait.donnees["structure"], fait.donnees.get("agent")
    return False


def _global_clos(s: Situation, fait: Fait) -> bool:
    """The co-référent was there for the accompagnement global (E09)."""
    s.coreferent_structure = s.coreferent_agent = None
    return False


def _contrat_signe(s: Situation, fait: Fait) -> bool:
    d = fait.donnees
    s.contrat, s.contrat_le = d.get("contrat", 0), fait.jour
    s.actualisation_le = fait.date("actualisation_le")
    s.prochain_contact_le = fait.date("prochain_contact_le")
    s.intensite = d.get("intensite", s.intensite)
    s.dernier_contact_le = fait.jour
    reprendre(s, Etat.RETOUR)
    if s.chemin is Etat.SUIVIE_PAR_PARTENAIRE:
        s.info_partenaire_le = fait.jour
    elif s.statut is None:
        s.chemin = Etat.ACCOMPAGNEE
    ouvrir_suites_du_contrat(s, fait, prolonge=bool(d.get("prolonge")))
    return True


def _contrat_actualise(s: Situation, fait: Fait) -> bool:
    s.contrat = fait.donnees.get("contrat", s.contrat)
    s.actualisation_le = fait.date("actualisation_le")
    s.prochain_contact_le = fait.date("prochain_contact_le")
    s.intensite = fait.donnees.get("intensite", s.intensite)
    s.dernier_contact_le = fait.jour
    ouvrir_suites_du_contrat(s, fait, prolonge=bool(fait.donnees.get("prolonge")))
    return s.chemin is Etat.ACCOMPAGNEE


def _contrat_refuse(s: Situation, fait: Fait) -> bool:
    """The étape stays: the accompaniment goes on while the devoirs unit examines the refusal (E03)."""
    ouvrir_echeance(s, GenreEcheance.PROCEDURE_REFUS, fait)
    return False


def _contact(s: Situation, fait: Fait) -> bool:
    """A conversation counts; a message left is only an attempt (R13)."""
    if fait.donnees.get("resultat") != "jointe":
        return False
    s.dernier_contact_le = fait.jour
    s.prochain_contact_le = fait.date("prochain_contact_le")
    etat = s.etat
    if etat in _CLOSES_PAR_CONTACT:
        return reprendre(s, etat)
    if etat in _RYTHME_PAR_CONTACT:
        s.revue_le = s.prochain_contact_le
        return True
    return etat in (Etat.ACCOMPAGNEE, Etat.CONTRAT_EN_RETARD)


def prise_en_charge_dehors(
    *, chemin: Etat | None, categorie: str, structure: int, decidee_le: date, donnees: Mapping[str, Any]
) -> bool:
    """Whether what a body says of a person shows that it takes her in charge in its own tool (E05).

    The référent body alone, when it is neither the Département nor the employment operator (whose people wait for it
    already): mission locale, Cap emploi, délégataire. A référent named there ends the waiting for one here; a contract
    ends its elaboration too, unless it is older than the decision in force.

    Args:
        donnees: of the event; ``pour`` is the référent body that the partner speaks for.
    """
    if categorie not in SIGNENT_DEHORS or donnees.get("pour") != structure:
        return False
    contrat = str(donnees.get("contrat_le") or donnees.get("contrat_partiel") or "")
    signe = bool(contrat) and contrat >= decidee_le.isoformat()[: len(contrat)]
    if chemin in _SANS_REFERENT:
        return signe or bool(donnees.get("referent_connu"))
    return signe and chemin in _SANS_CONTRAT


def suivie_dehors(s: Situation, fait: Fait) -> bool:
    """:func:`prise_en_charge_dehors` of a situation."""
    o = s.orientation
    return o is not None and prise_en_charge_dehors(
        chemin=s.chemin, categorie=o.categorie, structure=o.structure, decidee_le=o.decidee_le, donnees=fait.donnees
    )


def _information_partenaire(s: Situation, fait: Fait) -> bool:
    if s.statut is None and s.orientation is not None and suivie_dehors(s, fait):
        s.orientation = replace(s.orientation, acceptee=True)
        s.chemin = Etat.SUIVIE_PAR_PARTENAIRE
    s.info_partenaire_le = fait.jour
    s.contrat_le = fait.date("contrat_le") or s.contrat_le
    s.dernier_contact_le = fait.date("dernier_contact_le") or s.dernier_contact_le
    return s.chemin is Etat.SUIVIE_PAR_PARTENAIRE


def _interruption(s: Situation, fait: Fait) -> bool:
    s.revue_le = fait.date("revue_le")
    return suspendre(s, Etat.INTERROMPUE) if s.statut is None else False


def _situation_particuliere(s: Situation, fait: Fait) -> bool:
    if s.statut is not None:
        return False
    s.revue_le = fait.date("revue_le")
    return suspendre(s, Etat(fait.donnees["etat"]))


def _reprise(s: Situation, fait: Fait) -> bool:
    vise = fait.donnees.get("etat")
    vises = [etat for etat in reprenables(s) if not vise or etat == vise][:1]
    if not vises:
        return False
    s.revue_le = None
    return reprendre(s, *vises)


def _point_situation(s: Situation, fait: Fait) -> bool:
    """A particular situation was gone through with her: it goes on to the next point, or it ends."""
    etat = Etat(fait.donnees["etat"])
    s.dernier_contact_le = fait.jour
    if fait.donnees.get("suite") == "fin":
        s.revue_le = None
        return reprendre(s, etat)
    if s.etat is not etat:
        return False
    s.revue_le = fait.date("revue_le")
    return True


def _revue_conjointe(s: Situation, fait: Fait) -> bool:
    """The employment operator and the référent looked at it together (L262-31). The clock starts again whatever was
    decided, so that a refused reorientation or a revision that never comes does not lose it; a revision or a new
    decision moves or closes it.
    """
    s.dernier_contact_le = fait.jour
    regle = "diagnostic_conjoint_prolonge" if fait.donnees.get("prolonge") else "diagnostic_conjoint"
    ouvrir_echeance(s, GenreEcheance.DIAGNOSTIC_CONJOINT, fait, regle=regle)
    if revision := fait.date("revision_le"):
        ouvrir_echeance(s, GenreEcheance.ACTUALISER_CONTRAT, fait, convenue=revision)
    return False


def _piece_notee(s: Situation, fait: Fait) -> bool:
    """``prochaine_le``: the first of her papers that ends (R77); none: there is nothing to renew."""
    s.echeances.pop(GenreEcheance.RENOUVELER_PIECE, None)
    if prochaine := fait.date("prochaine_le"):
        ouvrir_echeance(s, GenreEcheance.RENOUVELER_PIECE, fait, depuis=prochaine, objet=fait.donnees.get("piece"))
    return False


def _reclamation_recue(s: Situation, fait: Fait) -> bool:
    ouvrir_echeance(s, GenreEcheance.REPONDRE_RECLAMATION, fait, objet=fait.donnees.get("reclamation"))
    return False


def _reorientation_demandee(s: Situation, fait: Fait) -> bool:
    ouvrir_echeance(s, GenreEcheance.DECIDER_REORIENTATION, fait)
    return False


def _reorientation_refusee(s: Situation, fait: Fait) -> bool:
    """The texts are silent on the clock after a refusal: by default the month starts again from it (E12).

    ``a_notifier``: the refusal leaves by a means that proves its reception; the month waits for that day.
    """
    s.echeances.pop(GenreEcheance.DECIDER_REORIENTATION, None)
    if fait.donnees.get("a_notifier"):
        ouvrir_echeance(s, GenreEcheance.NOTIFIER_REFUS, fait)
        return False
    return _repartir(s, fait.jour)


def _refus_notifie(s: Situation, fait: Fait) -> bool:
    s.echeances.pop(GenreEcheance.NOTIFIER_REFUS, None)
    return _repartir(s, fait.date("le") or fait.jour)


def _repartir(s: Situation, le: date) -> bool:
    if s.orientation is None or s.chemin is not Etat.CONTRAT_A_ELABORER:
        return False
    if booleen("reorientation_refusee_repart", au=le):
        s.orientation = replace(s.orientation, repart_le=le)
    return True


def _protection_signalee(s: Situation, fait: Fait) -> bool:
    if not fait.donnees.get("representant"):
        ouvrir_echeance(s, GenreEcheance.IDENTIFIER_REPRESENTANT, fait)
    return False


def _representant_identifie(s: Situation, fait: Fait) -> bool:
    return False


def _accompagnement_volontaire(s: Situation, fait: Fait) -> bool:
    if s.statut in (Etat.HORS_SDD, Etat.SORTIE, Etat.VOLONTAIRE):
        s.statut = Etat.VOLONTAIRE
        s.prochain_contact_le = fait.date("prochain_contact_le")
        if structure := fait.donnees.get("referent_structure"):
            s.referent_structure, s.referent_agent = structure, fait.donnees.get("referent_agent")
    return False


def _fin_accompagnement(s: Situation, fait: Fait) -> bool:
    """Back to where she stood before it; what the files leave to check stays to check."""
    if s.statut is Etat.VOLONTAIRE:
        s.statut = Etat.SORTIE if s.motif_sortie else Etat.HORS_SDD
    return False


def _echeance_traitee(s: Situation, fait: Fait) -> bool:
    """News of a job taken up again, after one month, three, six, as long as the person wants them (life cycle)."""
    tache = s.echeances.get(GenreEcheance.SUIVI_EMPLOI)
    vise = fait.donnees.get("echeance") == GenreEcheance.SUIVI_EMPLOI
    if tache is None or not vise or fait.donnees.get("suite") != "continue" or tache.regle not in _NOUVELLES:
        return False
    regle, mois = _NOUVELLES[tache.regle]
    ouvrir_echeance(s, GenreEcheance.SUIVI_EMPLOI, fait, depuis=ajouter_mois(tache.terme, -mois), regle=regle)
    return False


def _sans_effet(s: Situation, fait: Fait) -> bool:
    """It closes an échéance, or is only to be known: where she stands does not change."""
    return False


TRAITEMENTS: dict[GenreEvenement, Callable[[Situation, Fait], bool]] = {
    E.REFERENT_NOMME: _referent_nomme,
    E.REFERENT_PARTI: _referent_parti,
    E.COREFERENT_NOMME: _coreferent_nomme,
    E.CONTRAT_SIGNE: _contrat_signe,
    E.CONTRAT_ACTUALISE: _contrat_actualise,
    E.CONTRAT_REFUSE: _contrat_refuse,
    E.CONTACT: _contact,
    E.INFORMATION_PARTENAIRE: _information_partenaire,
    E.INTERRUPTION: _interruption,
    E.SITUATION_PARTICULIERE: _situation_particuliere,
    E.REPRISE: _reprise,
    E.POINT_SITUATION: _point_situation,
    E.REVUE_CONJOINTE: _revue_conjointe,
    E.PIECE_NOTEE: _piece_notee,
    E.RECLAMATION_RECUE: _reclamation_recue,
    E.RECLAMATION_REPONDUE: _sans_effet,
    E.GLOBAL_OUVERT: _coreferent_nomme,
    E.GLOBAL_CLOS: _global_clos,
    E.REORIENTATION_DEMANDEE: _reorientation_demandee,
    E.REORIENTATION_REFUSEE: _reorientation_refusee,
    E.REFUS_NOTIFIE: _refus_notifie,
    E.PROTECTION_SIGNALEE: _protection_signalee,
    E.REPRESENTANT_IDENTIFIE: _representant_identifie,
    E.ACCOMPAGNEMENT_VOLONTAIRE: _accompagnement_volontaire,
    E.FIN_ACCOMPAGNEMENT: _fin_accompagnement,
    E.ECHEANCE_TRAITEE: _echeance_traitee,
}
