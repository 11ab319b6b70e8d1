"""What a contrat d'engagement must contain to be complete (C. trav. L5411-6 II, R5411-14, R5411-15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier, liste
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.enums import EnumLibelle

L5411_6 = "C. trav. L5411-6 II"


class MotifDispense(EnumLibelle):
    """The four grounds of a plan without weekly hours, on the person's request only (C. trav. L5411-6 II)."""

    ETAT_DE_SANTE = "etat_de_sante", "État de santé"
    HANDICAP = "handicap", "Handicap"
    INVALIDITE = "invalidite", "Invalidité"
    PARENT_ISOLE_SANS_GARDE = (
        "parent_isole_sans_garde",
        "Parent isolé sans solution de garde",
        "Pour un enfant de moins de douze ans.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispense:
    """A request for a plan without hours: ground, day it was made, day it will be looked at again.

    ``enfant_ne_le`` is the birth date of the youngest child concerned, for a lone parent without childcare.
    """

    motif: MotifDispense
    demandee_le: date | None
    revoir_le: date | None
    enfant_ne_le: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeuresPrevues:
    """Weekly hours of activity, paid work included (R5411-15 6°). ``None``: not yet decided."""

    heures: Decimal | None
    motif_minoration: str = ""
    dispense: Dispense | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContratAVerifier:
    """The content of a contract, as the check needs it."""

    referent: str = ""
    engagements_organisme: Sequence[str] = ()
    engagements_personne: Sequence[str] = ()
    objectifs: Sequence[str] = ()
    actions: Sequence[str] = ()
    heures: HeuresPrevues = field(default_factory=lambda: HeuresPrevues(heures=None))
    droits_rappeles: bool = False
    recours_rappeles: bool = False
    prochaine_actualisation: date | None = None
    assistance_requise: bool = False
    assistant: str = ""


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing to complete: the field, the sentence its user reads, the text that asks for it."""

    champ: str
    explication: str
    reference: str


def elements_manquants(contrat: ContratAVerifier, *, au: date) -> list[Manque]:
    """What prevents a contract from being complete on a day; an empty list means it may be signed.

    >>> [manque.champ for manque in elements_manquants(ContratAVerifier(referent="M. Diallo"), au=date(2026, 2, 1))][:3]
    ['engagements_organisme', 'engagements_personne', 'objectifs']
    """
    exigences = [
        (_dit(contrat.referent), "referent", "Nommez le référent unique qui accompagne la personne.", L5411_6),
        (
            _disent(contrat.engagements_organisme),
            "engagements_organisme",
            "Écrivez à quoi s'engage l'organisme référent.",
            L5411_6,
        ),
        (
            _disent(contrat.engagements_personne),
            "engagements_personne",
            "Écrivez à quoi s'engage la personne, dont l'assiduité et la participation active.",
            L5411_6,
        ),
        (_disent(contrat.objectifs), "objectifs", "Précisez les objectifs du plan d'action.", L5411_6),
        (_disent(contrat.actions), "actions", "Ajoutez au moins une action au plan.", "C. trav. R5411-15"),
        (contrat.droits_rappeles, "droits_rappeles", "Rappelez les droits de la personne.", L5411_6),
        (
            contrat.recours_rappeles,
            "recours_rappeles",
            "Indiquez les voies et les délais de recours.",
            L5411_6,
        ),
        (
            contrat.prochaine_actualisation is not None and contrat.prochaine_actualisation > au,
            "prochaine_actualisation",
            "Convenez avec la personne d'une date à venir pour actualiser le contrat.",
            "C. trav. R5411-14",
        ),
        (
            not contrat.assistance_requise or _dit(contrat.assistant),
            "assistant",
            "Cette personne est protégée : indiquez qui l'assiste ou la représente pour signer.",
            "Code civil, mesures de protection",
        ),
    ]
    manques = [Manque(champ, phrase, reference) for rempli, champ, phrase, reference in exigences if not rempli]
    return manques + verifier_heures(contrat.heures, au=au)


def verifier_heures(prevu: HeuresPrevues, *, au: date) -> list[Manque]:
    """What is wrong with the weekly hours: 15 or more up to 35; fewer with a reason; none on four grounds only.

    >>> verifier_heures(HeuresPrevues(heures=Decimal(15)), au=date(2026, 2, 1))
    []
    >>> [m.explication for m in verifier_heures(HeuresPrevues(heures=Decimal(8)), au=date(2026, 2, 1))]
    ['Moins de 15 heures par semaine : écrivez la raison, tirée de la situation de la personne.']
    """
    heures = prevu.heures
    minimum, maximum = entier("heures_hebdo_min", au=au), entier("heures_hebdo_max", au=au)
    if heures is None or heures < 0:
        return [Manque("heures", "Indiquez la durée hebdomadaire d'activité.", L5411_6)]
    if heures == 0:
        return _verifier_dispense(prevu.dispense, au=au)
    manques = []
    if prevu.dispense is not None:
        phrase = "Un plan sans heures a été demandé : mettez zéro heure ou retirez la demande."
        manques.append(Manque("dispense", phrase, L5411_6))
    if heures > maximum:
        phrase = f"Pas plus de {maximum} heures par semaine, emploi compris."
        manques.append(Manque("heures", phrase, "Conseil constitutionnel 2023-858 DC"))
    if heures < minimum and not _dit(prevu.motif_minoration):
        phrase = f"Moins de {minimum} heures par semaine : écrivez la raison, tirée de la situation de la personne."
        manques.append(Manque("motif_minoration", phrase, L5411_6))
    return manques


def anniversaire_limite(enfant_ne_le: date, *, au: date) -> date:
    """The birthday from which the childcare ground no longer holds: an alert is due that day.

    >>> anniversaire_limite(date(2015, 3, 8), au=date(2026, 2, 1))
    datetime.date(2027, 3, 8)
    """
    return ajouter_mois(enfant_ne_le, 12 * entier("dispense_heures_age_enfant", au=au))


def _verifier_dispense(dispense: Dispense | None, *, au: date) -> list[Manque]:
    """A plan without hours: one of four grounds, asked for by the person, with a date to look at it again."""
    if dispense is None or dispense.motif not in liste("dispense_heures_motifs", au=au):
        phrase = (
            "Zéro heure n'est possible qu'à la demande de la personne, pour son état de santé, un handicap, "
            "une invalidité ou la garde d'un enfant de moins de douze ans."
        )
        return [Manque("dispense", phrase, L5411_6)]
    manques = []
    if dispense.demandee_le is None or dispense.demandee_le > au:
        manques.append(Manque("demandee_le", "Indiquez le jour où la personne a fait sa demande.", L5411_6))
    if dispense.revoir_le is None or dispense.revoir_le <= au:
        manques.append(Manque("revoir_le", "Convenez d'une date à venir pour revoir cette dispense.", L5411_6))
    if dispense.motif is MotifDispense.PARENT_ISOLE_SANS_GARDE:
        manques += _verifier_garde(dispense, au=au)
    return manques


def _verifier_garde(dispense: Dispense, *, au: date) -> list[Manque]:
    if dispense.enfant_ne_le is None or dispense.enfant_ne_le > au:
        return [Manque("enfant_ne_le", "Indiquez la date de naissance de l'enfant à garder.", L5411_6)]
    limite = anniversaire_limite(dispense.enfant_ne_le, au=au)
    if limite <= au:
        return [Manque("enfant_ne_le", "L'enfant a douze ans : ce motif ne s'applique plus.", L5411_6)]
    if dispense.revoir_le is not None and dispense.revoir_le > limite:
        phrase = f"Revoyez cette dispense au plus tard le {date_en_toutes_lettres(limite)}, douze ans de l'enfant."
        return [Manque("revoir_le", phrase, L5411_6)]
    return []


def _dit(texte: str) -> bool:
    return bool(texte.strip())


def _disent(textes: Sequence[str]) -> bool:
    return any(map(_dit, textes))
