"""What every act of a procedure starts with: the rows locked, its state checked, its event written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cordee.metier.courriers.enums import Canal, MoyenRemise
from cordee.metier.courriers.selectors import MOYENS
from cordee.metier.devoirs.cycle import Acte, suivant
from cordee.metier.devoirs.enums import EtatProcedure, StatutManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

PROCEDURE, MANQUEMENT, MESURE, RECOURS = "procedure", "manquement", "mesure", "recours"
A_EXAMINER = (StatutManquement.SIGNALE, StatutManquement.EXAMINE)


CANAUX = {moyen: canal for canal, moyens in MOYENS.items() for moyen in moyens} | {
    MoyenRemise.REMISE_MAIN_PROPRE: Canal.GUICHET
}
"""The way a means of delivery takes; a hand-over is at the counter."""


class ActeDevoirsRefuse(ErreurMetier):
    """The act of the droits et devoirs cannot be recorded as it was typed."""


def procedure_verrouillee(procedure: Procedure, acte: Acte | None = None) -> tuple[Procedure, EtatProcedure]:
    """The procedure as it is now, locked with its person, and where the act leads.

    Raises:
        ActeImpossible: the act has no place in its state.
    """
    verrouiller(personne_de(procedure.personne))
    fraiche = Procedure.objects.select_for_update(of=("self",)).select_related("personne").get(pk=procedure.pk)
    etat = EtatProcedure(fraiche.etat)
    return fraiche, suivant(etat, acte) if acte else etat


def mesure_verrouillee(mesure: MesureDecidee) -> MesureDecidee:
    """The decision as it is now, locked with its person."""
    verrouiller(personne_de(mesure.personne))
    return (
        MesureDecidee.objects.select_for_update(of=("self",)).select_related("personne", "procedure").get(pk=mesure.pk)
    )


def personne_de(personne: Personne) -> Personne:
    """Who she is now: rows of a merged file follow her."""
    return personne.canonique or personne


def avancer(procedure: Procedure, etat: EtatProcedure, *champs: str) -> None:
    """Write where a procedure stands."""
    procedure.etat = etat
    procedure.version += 1
    procedure.save(update_fields=["etat", "version", *champs])


def restant_a_examiner(personne: Personne) -> int:
    """How many breaches of hers still wait for an examination, outside any procedure."""
    return Manquement.objects.filter(personne__in=ids_du_groupe(personne), statut__in=A_EXAMINER).count()


def evenement(
    genre: GenreEvenement, personne: Personne, /, *, objet: tuple[str, int], par: Agent, le: datetime,
    survenu_le: datetime | None = None, **donnees: Any,
) -> Evenement:  # fmt: skip
    """One event of the path, about one object of this room. ``le_jour``: the day it bears on (``donnees["le"]``)."""
    if "le_jour" in donnees:
        donnees["le"] = donnees.pop("le_jour")
    return consigner_un(
        genre=genre, personne=personne_de(personne), par=par, le=le, survenu_le=survenu_le, objet_type=objet[0],
        objet_id=objet[1], donnees={objet[0]: objet[1], **donnees},
    )  # fmt: skip


def pas_a_venir(quoi: date, *, le: datetime, nom: str) -> date:
    """A day that has happened.

    Raises:
        ActeDevoirsRefuse: it is to come.
    """
    if quoi > jour(le):
        raise ActeDevoirsRefuse(f"{nom} ne peut pas porter une date à venir.")
    return quoi


def exiger(texte: str, phrase: str) -> str:
    """A text that says something.

    Raises:
        ActeDevoirsRefuse: it is empty.
    """
    if not texte.strip():
        raise ActeDevoirsRefuse(phrase)
    return texte.strip()
