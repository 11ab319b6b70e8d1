"""Handing over: the body that accompanies changes without losing anybody on the way (REQ-114, R51, R59, R83, V14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.regles.accueil import apres_notification
from cordee.metier.parcours.regles.situation import Fait, Situation
from cordee.metier.parcours.regles.taches import ouvrir_echeance

E = GenreEvenement
H = GenreEcheance
# A hand-over lives as long as one of these duties: whoever leaves the path leaves it too.
DU_RELAIS = (H.REPONDRE_RELAIS, H.TRANCHER_RELAIS)
_AVEC_REFERENT = frozenset({Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD, Etat.ACCOMPAGNEE})
_SANS_REFERENT = frozenset({Etat.ATTENTE_REFERENT, Etat.ATTENTE_ACCUEIL, Etat.A_REAFFECTER})
_ORIENTEES = _AVEC_REFERENT | _SANS_REFERENT | {
    Etat.ORIENTEE, Etat.NOTIFIEE, Etat.ORIENTATION_A_ACCUSER, Etat.SUIVIE_PAR_PARTENAIRE,
}  # fmt: skip


def _relais_propose(s: Situation, fait: Fait) -> bool:
    """Nothing moves: the référent stays in charge until the hand-over is accepted (R51)."""
    d = fait.donnees
    s.relais, s.relais_structure, s.relais_agent = d.get("relais", 0), d["structure"], d.get("agent")
    ouvrir_echeance(s, H.REPONDRE_RELAIS, fait, objet=s.relais)
    return False


def _relais_recu(s: Situation, fait: Fait) -> bool:
    """Acknowledged: the answer itself has its own date."""
    if s.relais is not None:
        s.relais_agent = fait.donnees.get("agent", s.relais_agent)
        ouvrir_echeance(s, H.REPONDRE_RELAIS, fait, regle="repondre_relais", objet=s.relais)
    return False


def _relais_accepte(s: Situation, fait: Fait) -> bool:
    """The new body of the same legal organism takes over: no new decision, the contract and its clocks go on."""
    d = fait.donnees
    s.referent_structure, s.referent_agent = d["structure"], d.get("agent")
    if s.coreferent_structure == s.referent_structure:
        s.coreferent_structure = s.coreferent_agent = None
    if s.orientation is not None:
        s.orientation = replace(s.orientation, structure=d["structure"], acceptee=True)
        if s.chemin in _SANS_REFERENT:
            s.chemin = apres_notification(s) if s.orientation.certaine_le else s.chemin
        elif s.chemin in _AVEC_REFERENT and s.referent_agent is None:
            s.chemin = Etat.ATTENTE_REFERENT
    return False


def _relais_expire(s: Situation, fait: Fait) -> bool:
    if s.relais is not None:
        ouvrir_echeance(s, H.TRANCHER_RELAIS, fait, objet=s.relais)
    return False


def _rien(s: Situation, fait: Fait) -> bool:
    return False


def _changement_demande(s: Situation, fait: Fait) -> bool:
    """R83: the person asks for another référent; the answer has an owner and a date."""
    ouvrir_echeance(s, H.REPONDRE_CHANGEMENT, fait)
    return False


def _accueil_termine(s: Situation, fait: Fait) -> bool:
    """V14, R59: the convention has expired or the structure closes. Nobody stays in a house that is no longer one."""
    partie = fait.donnees["structure"]
    if s.coreferent_structure == partie:
        s.coreferent_structure = s.coreferent_agent = None
    if s.referent_structure != partie:
        return False
    s.referent_structure = s.referent_agent = None
    if s.chemin in _ORIENTEES:
        s.chemin = Etat.A_REAFFECTER
    return False


def clore_relais(s: Situation) -> None:
    """No duty left about it: the hand-over is over."""
    if s.relais is not None and not any(genre in s.echeances for genre in DU_RELAIS):
        s.relais = s.relais_structure = s.relais_agent = None


TRAITEMENTS: dict[GenreEvenement, Callable[[Situation, Fait], bool]] = {
    E.RELAIS_PROPOSE: _relais_propose,
    E.RELAIS_RECU: _relais_recu,
    E.RELAIS_ACCEPTE: _relais_accepte,
    E.RELAIS_REFUSE: _rien,
    E.RELAIS_RETIRE: _rien,
    E.RELAIS_EXPIRE: _relais_expire,
    E.CHANGEMENT_DEMANDE: _changement_demande,
    E.CHANGEMENT_REFUSE: _rien,
    E.ACCUEIL_TERMINE: _accueil_termine,
}
