"""One line set aside, corrected, taken again: the same acts as the file itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.echanges.fichiers.models import ElementRejete
from cordee.echanges.fichiers.services import Suites
from cordee.echanges.partenaires.champs import OrdreDates
from cordee.echanges.partenaires.chargement import limite_de, prendre
from cordee.echanges.partenaires.selectors import correspondance_de
from cordee.echanges.partenaires.valeurs import LigneEcartee, comprendre, lire_textes
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.suivi.services import BilanInformations
from cordee.socle.erreurs import ErreurMetier


class RejeuImpossible(ErreurMetier):
    """The line still cannot be taken; the sentence says why."""


@transaction.atomic
def rejouer(*, element: ElementRejete, texte: str, par: Agent, le: datetime) -> str:
    """Take a line set aside, as it was corrected (``valeurs.ecrire_textes``: one field a line).

    Returns what it gave, in a sentence that names nobody.

    Raises:
        RejeuImpossible: it still cannot be understood, or it still says nobody known for sure.
    """
    return jouer(element, texte, par, le).phrase


def jouer(element: ElementRejete, texte: str, par: Agent, le: datetime) -> Suites:
    """The act itself, inside the caller's transaction.

    Raises:
        RejeuImpossible: it still cannot be understood, or it still says nobody known for sure.
    """
    fichier = element.fichier
    if fichier.emetteur is None:
        raise RejeuImpossible("On ne sait pas de quel partenaire vient ce fichier.")
    correspondance = correspondance_de(fichier)
    ordre = OrdreDates(correspondance.ordre_dates) if correspondance else OrdreDates.JMA
    organisme = correspondance.organisme.code if correspondance and correspondance.organisme else ""
    lue = comprendre(
        lire_textes(texte), rang=element.rang, ligne=element.ligne, limite=limite_de(fichier, le), ordre=ordre
    )
    if isinstance(lue, LigneEcartee):
        raise RejeuImpossible(lue.motif)
    prises = prendre([lue], fichier=fichier, partenaire=fichier.emetteur, organisme=organisme, par=par, le=le)
    if prises.ecartees:
        raise RejeuImpossible(prises.ecartees[0].motif)
    if prises.introuvables:
        raise RejeuImpossible("Cette ligne ne correspond à personne que nous connaissions.")
    portees = len(prises.bilan.portees)
    return Suites(
        phrase=_phrase(prises.bilan), personnes=tuple(sorted(set(prises.sures.values()))),
        evenements={GenreEvenement.INFORMATION_PARTENAIRE.value: portees} if portees else {},
    )  # fmt: skip


def _phrase(bilan: BilanInformations) -> str:
    if bilan.ailleurs:
        return "Prise : la personne est suivie ailleurs d'après nos décisions, à vérifier."
    if bilan.hors_parcours:
        return "Prise : la personne n'est pas aujourd'hui dans les droits et devoirs."
    return "Prise : l'information est portée sur le parcours." if bilan.portees else "Rien de nouveau : déjà connue."
