"""What tells that somebody risks being forgotten: one definition for a figure and the list behind it (R11, REQ-99).

Conditions on the rows of situations, or on those of persons with ``prefixe="situation__"``. Those that read an upper
room (hours and promises of contracts, procedures) are given by it at start-up (``enregistrer``), as reactions are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F, Q

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.parcours.enums import Etat, Intensite
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.reglementation.parametres import entier
from cordee.socle.enums import EnumLibelle
from cordee.socle.horloge import jour

Condition = Callable[[datetime, str], Q]
JOURS_CONTRAT: Final = 30
_SECTEURS: Final = (TypeStructure.EDS, TypeStructure.EI)


class Signal(EnumLibelle):
    """One column of the boards; the description says what clears it."""

    EN_RETARD = "en_retard", "Étape en retard", "Faire l'acte de l'étape"
    SANS_RDV = "sans_rdv", "Sans rendez-vous prévu", "Convoquer ou fixer un rendez-vous"
    SANS_CONTRAT = "sans_contrat", "Contrat à signer", "Préparer et signer le contrat"
    CONTRAT_FINIT = "contrat_finit", "Contrat à actualiser", "Actualiser le contrat"
    ORE = "ore", "Offre d'emploi à définir", "Actualiser le contrat : emploi recherché, zone, salaire attendu"
    CONTACT_ANCIEN = "contact_ancien", "Contact ancien", "Reprendre contact"
    INTENSIF_SANS_CONTACT = "intensif_sans_contact", "Intensif sans contact", "Reprendre contact, ou changer le rythme"
    SECTEUR = "secteur", "Hors de son secteur", "Proposer un relais si elle a déménagé"
    DIAGNOSTIC_VIDE = "diagnostic_vide", "Diagnostic vide", "Mener l'entretien de diagnostic"
    HEURES = "heures", "Heures à demander", "Noter les heures faites, ou les demander à la personne"
    HEURES_A_REVOIR = "heures_a_revoir", "Durée à revoir", "Revoir avec la personne la durée d'activité convenue"
    PROMESSE = "promesse", "Nos engagements en retard", "Tenir ce que nous avons promis, ou le revoir avec la personne"
    EMPLOI = "emploi", "Emploi repris", "Prendre des nouvelles de l'emploi et adapter le contrat"
    PROCEDURE = "procedure", "Procédure ouverte", "Voir la personne : un contact peut clore le manquement"


def q_signal(signal: Signal, *, maintenant: datetime, prefixe: str = "") -> Q:
    """The people a signal tells of, at a moment."""
    return _CONDITIONS[Signal(signal)](maintenant, prefixe)


def q_active(au: date, prefixe: str = "") -> Q:
    """« Accompagnée activement » (REQ-53): spoken to less than so many days ago (dated parameter)."""
    limite = au - timedelta(days=entier("accompagnement_actif_jours", au=au))
    return Q(**{f"{prefixe}dernier_contact_le__gt": limite})


def q_intensive(prefixe: str = "") -> Q:
    """Declared in intensive support by the contract."""
    return Q(**{f"{prefixe}calcul__intensite": str(Intensite.INTENSIVE)})


def _en_retard(maintenant: datetime, s: str) -> Q:
    return Q(**{f"{s}echeance__lt": jour(maintenant)})


def _sans_rdv(maintenant: datetime, s: str) -> Q:
    prevus = RendezVous.objects.filter(statut=StatutRendezVous.PREVU, debut__gte=maintenant)
    return ~Q(pk__in=prevus.values("personne"))


def _sans_contrat(maintenant: datetime, s: str) -> Q:
    return Q(**{f"{s}etat__in": (Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD)})


def _contrat_finit(maintenant: datetime, s: str) -> Q:
    return Q(**{f"{s}actualisation_le__lte": jour(maintenant) + timedelta(days=JOURS_CONTRAT)})


def _contact_ancien(maintenant: datetime, s: str) -> Q:
    return ~Q(**{f"{s}dernier_contact_le__isnull": False}) | ~q_active(jour(maintenant), s)


def q_sans_contact_intensif(au: date, prefixe: str = "") -> Q:
    """Not spoken to since the days a declared intensive support bears (REQ-99); whoever is declared so is not said."""
    limite = au - timedelta(days=entier("intensif_alerte_jours", au=au))
    dernier = f"{prefixe}dernier_contact_le"
    return Q(**{f"{dernier}__lt": limite}) | Q(**{f"{dernier}__isnull": True})


def _intensif(maintenant: datetime, s: str) -> Q:
    return q_intensive(s) & q_sans_contact_intensif(jour(maintenant), s)


def _secteur(maintenant: datetime, s: str) -> Q:
    """Between two teams of the sectors: a specialised team follows people of everywhere."""
    q = Q(**{f"{s}structure_secteur__type__in": _SECTEURS, f"{s}referent_structure__type__in": _SECTEURS})
    return q & ~Q(**{f"{s}structure_secteur": F(f"{s}referent_structure")})


def _diagnostic_vide(maintenant: datetime, s: str) -> Q:
    menes = Diagnostic.objects.filter(brouillon=False).values("personne")
    return Q(**{f"{s}referent_agent__isnull": False}) & ~Q(pk__in=menes)


def _emploi(maintenant: datetime, s: str) -> Q:
    return Q(**{f"{s}etat": Etat.EN_EMPLOI_PARTIEL})


_CONDITIONS: Final[dict[Signal, Condition]] = {
    Signal.EN_RETARD: _en_retard,
    Signal.SANS_RDV: _sans_rdv,
    Signal.SANS_CONTRAT: _sans_contrat,
    Signal.CONTRAT_FINIT: _contrat_finit,
    Signal.CONTACT_ANCIEN: _contact_ancien,
    Signal.INTENSIF_SANS_CONTACT: _intensif,
    Signal.SECTEUR: _secteur,
    Signal.DIAGNOSTIC_VIDE: _diagnostic_vide,
    Signal.EMPLOI: _emploi,
}
D_AILLEURS: Final = frozenset({Signal.ORE, Signal.HEURES, Signal.HEURES_A_REVOIR, Signal.PROMESSE, Signal.PROCEDURE})
"""Signals whose condition an upper room gives."""


def enregistrer(signal: Signal, condition: Condition) -> None:
    """Give the condition of a signal of ``D_AILLEURS``, once, in the ``AppConfig.ready`` of the room that knows it.

    Raises:
        ValueError: this room knows that signal itself.
    """
    if signal not in D_AILLEURS:
        raise ValueError(f"{signal} is not told by an upper room")
    _CONDITIONS[signal] = condition
