"""What a file must hold before the équipe looks at it, and until when (R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Etat:
    """What is known of one file of the agenda.

    ``instruction``: what its procedure still lacks, in sentences. ``invitee_le``: day the person's invitation left (or
    ``lettre_en_attente``: written, not posted);
    ``invitation_requise``: she must be put in a position to be heard (CASF L262-37 III).
    """

    expose: bool
    fuites: Sequence[str]
    conflits_controles: bool
    invitation_requise: bool
    invitee_le: date | None
    audition: bool
    interprete_requis: bool
    interprete_reserve: bool
    lettre_en_attente: bool = False
    protegee_sans_representant: bool = False
    instruction: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ManqueEP:
    """One thing that is missing: ``cle`` names it, ``phrase`` says it to the secretary."""

    cle: str
    phrase: str


def manques(etat: Etat, *, seance: date, preavis_jours: int) -> list[ManqueEP]:
    """All that is missing in a file, the most telling first; empty when it can be examined.

    >>> complet = Etat(expose=True, fuites=(), conflits_controles=True, invitation_requise=True,
    ...                invitee_le=date(2026, 3, 1), audition=True, interprete_requis=False, interprete_reserve=False)
    >>> manques(complet, seance=date(2026, 3, 20), preavis_jours=15)
    []
    >>> [m.cle for m in manques(complet, seance=date(2026, 3, 10), preavis_jours=15)]
    ['preavis']
    """
    trouves = [ManqueEP("instruction", phrase) for phrase in etat.instruction]
    if etat.protegee_sans_representant:
        trouves.append(
            ManqueEP("representant", "Personne protégée : son représentant doit être identifié avant toute invitation.")
        )
    if etat.invitation_requise:
        trouves += _invitation(etat, seance, preavis_jours)
    if not etat.expose:
        trouves.append(ManqueEP("expose", "L'exposé pour les membres n'est pas rédigé."))
    elif etat.fuites:
        trouves.append(ManqueEP("fuites", f"L'exposé permet de reconnaître la personne : {', '.join(etat.fuites)}."))
    if not etat.conflits_controles:
        trouves.append(ManqueEP("conflits", "Les liens des membres avec la personne ne sont pas contrôlés."))
    if etat.audition and etat.interprete_requis and not etat.interprete_reserve:
        trouves.append(ManqueEP("interprete", "L'interprète n'est pas réservé."))
    return trouves


def _invitation(etat: Etat, seance: date, preavis_jours: int) -> list[ManqueEP]:
    if etat.invitee_le is None and etat.lettre_en_attente:
        return [ManqueEP("invitation", "La lettre qui invite la personne n'est pas encore partie.")]
    if etat.invitee_le is None:
        return [ManqueEP("invitation", "La personne n'est pas encore invitée.")]
    if etat.invitee_le + timedelta(days=preavis_jours) > seance:
        laisses = (seance - etat.invitee_le).days
        return [ManqueEP("preavis", f"La personne n'a eu que {laisses} jours de préavis, sur {preavis_jours}.")]
    return []


def jour_du_retrait(seance: date, *, jours: int) -> date:
    """The day incomplete files are pulled: ``jours`` calendar days before the session.

    >>> jour_du_retrait(date(2026, 3, 20), jours=5)
    datetime.date(2026, 3, 15)
    """
    return seance - timedelta(days=jours)
