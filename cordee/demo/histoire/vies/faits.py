"""What a file tells of a life, read on where she stands: as ``echanges.caf.differences`` would have said it.

The same sentence has not the same meaning for whoever is on the path, left it a month ago, or had already been closed
by an agent: the makers of households tell, this module says what of it becomes an event.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from cordee.demo.histoire.modele import FaitDeFichier
from cordee.demo.histoire.vies import acces, actes, situations
from cordee.demo.histoire.vies.temps import recu_utile
from cordee.demo.histoire.vies.vie import Vie
from cordee.echanges.caf.rapport import Sens
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier

E = GenreEvenement
OBJET: Final = "fichier"


def dire(vie: Vie, fait: FaitDeFichier, le: datetime) -> bool:
    """Live what a file tells. ``False``: on where she stands, it says nothing."""
    genre = _genre(vie, fait)
    if genre is None:
        return False
    donnees = dict(fait.donnees)
    if genre in (E.ENTREE_SDD, E.RETOUR_SDD):
        vie.entree_de = fait.reference
    if "recu_le" in donnees:
        donnees["recu_le"] = recu_utile(date.fromisoformat(str(donnees["recu_le"]))).isoformat()
    if genre is E.RETOUR_SDD:
        donnees.pop("mutation", None)
        donnees |= {"sens": str(Sens.ENTREE), "mouvement": "retour"}
    rdv = vie.rdv
    if genre in (E.DROIT_CLOS, E.FIN_SDD) and rdv is not None and rdv["debut"] > le:
        donnees["rendez_vous"] = True
    fichier = vie.contexte.fichiers.get((fait.menage.organisme, fait.reference))
    par = vie.contexte.systeme
    vie.noter(genre, le, donnees, par=par, objet_type=OBJET if fichier else "", objet_id=fichier)
    _suites(vie, genre, donnees, par=par)
    return True


def _genre(vie: Vie, fait: FaitDeFichier) -> GenreEvenement | None:
    """The event, if it says something."""
    s, genre = vie.situation, fait.genre
    if s.statut is Etat.DECEDEE:
        return None
    if genre in (E.ENTREE_SDD, E.RETOUR_SDD):
        if s.soumis and Etat.SDD_INCONNU not in s.parentheses:
            return None
        mois = entier("retour_mois", au=fait.reference)
        limite = ajouter_mois(fait.recu_le.date(), -mois)
        revient = not s.soumis and s.orientation is not None and s.sortie_le is not None and s.sortie_le > limite
        return E.RETOUR_SDD if revient else E.ENTREE_SDD
    if fait.sous_reserve and genre is E.DROIT_SUSPENDU and vie.entree_de != fait.reference:
        return None
    test = _TESTS.get(genre)
    return genre if test is None or test(vie) else None


def _en_chemin(vie: Vie) -> bool:
    return vie.situation.soumis


def _quitte(vie: Vie) -> bool:
    return vie.situation.soumis or Etat.SDD_INCONNU in vie.situation.parentheses


def _part(vie: Vie) -> bool:
    return vie.situation.soumis and Etat.MUTATION_SORTANTE not in vie.situation.parentheses


def _meurt(vie: Vie) -> bool:
    s = vie.situation
    return Etat.DECES_PRESUME not in s.parentheses and GenreEcheance.DECES_A_VERIFIER not in s.echeances


def _manque(vie: Vie) -> bool:
    return vie.situation.soumis and not _ABSENTES & set(vie.situation.parentheses)


def _revient(vie: Vie) -> bool:
    return vie.situation.soumis and Etat.NON_TRANSMISE in vie.situation.parentheses


def _muette(vie: Vie) -> bool:
    s = vie.situation
    return Etat.SDD_INCONNU not in s.parentheses and s.etat is not Etat.ATTENTE_DROIT


_ABSENTES: Final = {Etat.NON_TRANSMISE, Etat.MUTATION_SORTANTE, Etat.DECES_PRESUME}
_TESTS: Final[dict[GenreEvenement, Callable[[Vie], bool]]] = {
    E.FIN_SDD: _quitte, E.DROIT_CLOS: _quitte, E.DROIT_SUSPENDU: _en_chemin, E.DROIT_RETABLI: _en_chemin,
    E.ADRESSE_CHANGEE: _en_chemin, E.MUTATION_SORTANTE: _part, E.DECES_PRESUME: _meurt, E.NON_TRANSMISE: _manque,
    E.RETRANSMISE: _revient, E.SDD_INCONNU: _muette,
}  # fmt: skip


def _suites(vie: Vie, genre: GenreEvenement, donnees: dict[str, Any], *, par: int) -> None:
    """What the rooms above the path do of it."""
    if genre in (E.ENTREE_SDD, E.RETOUR_SDD, E.ADRESSE_CHANGEE):
        if donnees.get("structure"):
            acces.ouvrir(vie, FinaliteRattachement.SECTEUR, donnees["structure"], None, vie.jour)
        elif "structure" in donnees:
            acces.fermer(vie, FinaliteRattachement.SECTEUR, vie.jour)
    if genre is E.ENTREE_SDD and vie.situation.orientation is None:
        actes.clore_orientation(vie, vie.jour)
        actes.clore_contrats(vie, vie.jour)
        acces.accorder(vie, vie.jour)
        vie.signature_le, vie.oubliee_jusqu_au, vie.relances = None, None, 0
    elif genre is E.DROIT_CLOS:
        situations.sortie(vie, par=par)
