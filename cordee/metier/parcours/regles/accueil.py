"""From the convocation to the notified orientation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.regles.fichier import AVANT_ORIENTATION, reprendre
from cordee.metier.parcours.regles.situation import Fait, Orientation, Situation
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.reglementation.parametres import entier

E = GenreEvenement


def _avant(s: Situation) -> bool:
    return s.statut is None and s.chemin in AVANT_ORIENTATION


def _convocation(s: Situation, fait: Fait) -> bool:
    if not _avant(s):
        return False
    s.rendez_vous = fait.donnees.get("rendez_vous")
    s.convocations += 1
    if s.chemin is not Etat.ATTENTE_DROIT:
        s.chemin = Etat.CONVOQUEE
    return False


def _rendez_vous_annule(s: Situation, fait: Fait) -> bool:
    if _avant(s) and fait.donnees.get("rendez_vous") == s.rendez_vous:
        s.rendez_vous = None
        if s.chemin is Etat.CONVOQUEE:
            s.chemin = Etat.ENTRANTE
    return False


def _presence(s: Situation, fait: Fait) -> bool:
    if _avant(s):
        s.rencontree_le = fait.jour
        if s.chemin is not Etat.ATTENTE_DROIT:
            s.chemin = Etat.RENCONTREE
    return False


def _absence(s: Situation, fait: Fait) -> bool:
    """E07: an absence calls for outreach, never for a procedure. An excused one is simply convened again.

    An absence to an appointment already replaced by another changes nothing.
    """
    if not _avant(s):
        return False
    if fait.donnees.get("rendez_vous") not in (None, s.rendez_vous):
        return False
    s.rendez_vous = None
    if s.chemin is not Etat.CONVOQUEE:
        return False
    if fait.donnees.get("excusee"):
        s.chemin = Etat.ENTRANTE
    else:
        s.absences += 1
        s.chemin = Etat.INJOIGNABLE
    return False


def _courrier_revenu(s: Situation, fait: Fait) -> bool:
    if _avant(s) and s.chemin in (Etat.ENTRANTE, Etat.CONVOQUEE):
        s.chemin = Etat.INJOIGNABLE
    return False


def _aller_vers(s: Situation, fait: Fait) -> bool:
    if not _avant(s) or s.chemin is not Etat.INJOIGNABLE:
        return False
    if fait.donnees.get("resultat") == "jointe":
        s.chemin = Etat.ENTRANTE
        return False
    s.tentatives += 1
    if s.tentatives >= entier("aller_vers_max", au=fait.jour):
        s.chemin = Etat.A_ORIENTER_PAR_DEFAUT
    return True


def _diagnostic(s: Situation, fait: Fait) -> bool:
    if _avant(s):
        s.rencontree_le = s.rencontree_le or fait.jour
        if s.chemin is not Etat.ATTENTE_DROIT:
            s.chemin = Etat.RENCONTREE
    s.dernier_contact_le = fait.jour
    return False


def _poser_orientation(s: Situation, fait: Fait) -> None:
    d = fait.donnees
    s.orientation = Orientation(
        id=d.get("orientation", 0),
        voie=d["voie"],
        categorie=d["categorie"],
        structure=d["structure"],
        decidee_le=fait.jour,
        acceptation=bool(d.get("acceptation")),
    )
    if s.referent_structure != d["structure"]:
        s.referent_agent = s.coreferent_structure = s.coreferent_agent = None
    s.referent_structure = d["structure"]
    s.contrat = s.contrat_le = s.actualisation_le = s.prochain_contact_le = s.info_partenaire_le = None
    reprendre(s, Etat.RETOUR)


def _orientation_decidee(s: Situation, fait: Fait) -> bool:
    """D5411-8-2: a new decision starts the clocks again."""
    _poser_orientation(s, fait)
    if s.statut is None:
        s.chemin = Etat.ORIENTEE
    return True


def _orientation_operateur(s: Situation, fait: Fait) -> bool:
    """After J+42 the employment operator orients (D262-65-2): towards itself, or towards one of our bodies."""
    _poser_orientation(s, fait)
    if s.statut is None:
        vers_lui = fait.donnees["categorie"] == GenreOrganismeReferent.OPERATEUR_EMPLOI
        s.chemin = Etat.SUIVIE_PAR_PARTENAIRE if vers_lui else Etat.ORIENTATION_A_ACCUSER
    return True


def _orientation_accusee(s: Situation, fait: Fait) -> bool:
    if s.orientation is not None and s.chemin is Etat.ORIENTATION_A_ACCUSER:
        s.orientation = replace(s.orientation, certaine_le=fait.date("notifiee_le") or fait.jour)
        s.chemin = apres_notification(s)
    return False


def _notification_envoyee(s: Situation, fait: Fait) -> bool:
    if s.orientation is not None and s.orientation.certaine_le is None:
        s.orientation = replace(s.orientation, envoyee_le=fait.jour)
        if s.chemin is Etat.ORIENTEE:
            s.chemin = Etat.NOTIFIEE
    return False


def _date_certaine(s: Situation, fait: Fait) -> bool:
    """R5411-8-1: the month of the contract runs from a reception whose date is certain."""
    if s.orientation is None:
        return False
    s.orientation = replace(s.orientation, certaine_le=fait.date("le") or fait.jour)
    if s.chemin in (Etat.ORIENTEE, Etat.NOTIFIEE):
        s.chemin = apres_notification(s)
        return False
    return s.chemin is Etat.CONTRAT_A_ELABORER


def _dossier_accepte(s: Situation, fait: Fait) -> bool:
    if s.orientation is not None:
        s.orientation = replace(s.orientation, acceptee=True)
        if s.chemin in (Etat.ATTENTE_ACCUEIL, Etat.A_REAFFECTER):
            s.chemin = apres_notification(s)
    return False


def _dossier_refuse(s: Situation, fait: Fait) -> bool:
    if s.chemin is Etat.ATTENTE_ACCUEIL:
        s.chemin = Etat.A_REAFFECTER
    return False


def apres_notification(s: Situation) -> Etat:
    """Where a notified person stands, from what is already known of her référent and contract."""
    o = s.orientation
    if o is None:
        return Etat.RENCONTREE
    if o.categorie == GenreOrganismeReferent.OPERATEUR_EMPLOI:
        return Etat.SUIVIE_PAR_PARTENAIRE
    if o.acceptation and not o.acceptee:
        return Etat.ATTENTE_ACCUEIL
    if s.referent_agent is None:
        return Etat.ATTENTE_REFERENT
    return Etat.ACCOMPAGNEE if s.contrat_le else Etat.CONTRAT_A_ELABORER


TRAITEMENTS: dict[GenreEvenement, Callable[[Situation, Fait], bool]] = {
    E.CONVOCATION: _convocation,
    E.RENDEZ_VOUS_ANNULE: _rendez_vous_annule,
    E.PRESENCE: _presence,
    E.ABSENCE: _absence,
    E.COURRIER_REVENU: _courrier_revenu,
    E.ALLER_VERS: _aller_vers,
    E.DIAGNOSTIC: _diagnostic,
    E.ORIENTATION_DECIDEE: _orientation_decidee,
    E.ORIENTATION_OPERATEUR: _orientation_operateur,
    E.ORIENTATION_ACCUSEE: _orientation_accusee,
    E.NOTIFICATION_ENVOYEE: _notification_envoyee,
    E.DATE_CERTAINE: _date_certaine,
    E.DOSSIER_ACCEPTE: _dossier_accepte,
    E.DOSSIER_REFUSE: _dossier_refuse,
}
