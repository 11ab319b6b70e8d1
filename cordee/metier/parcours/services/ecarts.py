"""Acts that settle a disagreement with the paying body's file (E31), or decide what follows a right that ended.

For one person or for many at once: one event each, one act.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import (
    GenreEcheance,
    GenreEvenement,
    ReponseCaisse,
    ReponseSanction,
    SuiteCloture,
)
from cordee.metier.parcours.models import Echeance, Evenement
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.parcours.services.consignation import NouvelEvenement, consigner, consigner_un
from cordee.metier.personnes.models import Personne
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

E, H = GenreEvenement, GenreEcheance


class RapprochementRefuse(ErreurMetier):
    """The act does not settle anything as it was typed."""


@transaction.atomic
def decider_cloture(
    *, personne: Personne, suite: SuiteCloture, prochain_contact_le: date | None = None, par: Agent, le: datetime
) -> Evenement:
    """The right has ended while a contract or appointments stood: what becomes of the accompaniment.

    Args:
        prochain_contact_le: next date, for an accompaniment that goes on at the person's request.

    Raises:
        RapprochementRefuse: a next date that is not to come.
        TransitionInterdite: nothing is to be decided.
    """
    personne, suite = verrouiller(personne), SuiteCloture(suite)
    if suite is not SuiteCloture.VOLONTAIRE:
        return consigner_un(genre=E.CLOTURE_DECIDEE, personne=personne, par=par, le=le, donnees={"suite": str(suite)})
    if prochain_contact_le is not None and prochain_contact_le <= jour(le):
        raise RapprochementRefuse("Choisissez une date à venir pour le prochain contact.")
    prochain = prochain_contact_le.isoformat() if prochain_contact_le else None
    return consigner_un(
        genre=E.ACCOMPAGNEMENT_VOLONTAIRE, personne=personne, par=par, le=le, donnees={"prochain_contact_le": prochain}
    )


@transaction.atomic
def transmettre_decision(
    *, personnes: Sequence[int], reponse: ReponseCaisse, decidee_le: date, par: Agent, le: datetime
) -> list[Evenement]:
    """The decision the paying body waited for has been taken and sent to it (E31).

    Args:
        personnes: ids of the people on whom it bears, one or many.
        decidee_le: the day of the decision.

    Raises:
        RapprochementRefuse: a decision to come.
        TransitionInterdite: the body waits for nothing about one of them any more.
    """
    if decidee_le > jour(le):
        raise RapprochementRefuse("La date de la décision ne peut pas être à venir.")
    valeurs = {"reponse": str(ReponseCaisse(reponse)), "le": decidee_le.isoformat()}
    return _regler(E.DECISION_TRANSMISE, H.DECISION_ATTENDUE_CAF, personnes, valeurs, par=par, le=le)


@transaction.atomic
def rapprocher_sanction(
    *, personnes: Sequence[int], reponse: ReponseSanction, par: Agent, le: datetime
) -> list[Evenement]:
    """The disagreement on a sanction is settled, otherwise than by recording the decision (``devoirs.services``).

    Raises:
        TransitionInterdite: there is no such disagreement about one of them.
    """
    valeurs = {"reponse": str(ReponseSanction(reponse))}
    return _regler(E.SANCTION_RAPPROCHEE, H.SANCTION_A_RAPPROCHER, personnes, valeurs, par=par, le=le)


@transaction.atomic
def prolonger_attente(
    *, personnes: Sequence[int], echeance: GenreEcheance, par: Agent, le: datetime
) -> list[Evenement]:
    """Checked: still waiting. The next check has its date, the échéance keeps its age.

    Raises:
        TransitionInterdite: not open, or an échéance that does not wait.
    """
    genre = GenreEcheance(echeance)
    return _regler(E.ATTENTE_PROLONGEE, genre, personnes, {"echeance": str(genre)}, par=par, le=le)


# Parts --------------------------------------------------------------------------------------------------------------
def _regler(
    evenement: GenreEvenement, echeance: GenreEcheance, personnes: Sequence[int], valeurs: dict[str, Any], *,
    par: Agent, le: datetime,
) -> list[Evenement]:  # fmt: skip
    """One event per person, which keeps what it answers: the next files are compared with it."""
    ids = sorted(set(personnes))
    list(Personne.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    ouvertes = Echeance.objects.filter(personne__in=ids, genre=echeance, fermee_le__isnull=True)
    demandes = dict(ouvertes.values_list("personne_id", "evenement__donnees"))
    repris = ("objets", "sens", "mesure")
    return consigner(
        evenements=[
            NouvelEvenement(
                genre=evenement, personne_id=pk,
                donnees=valeurs | {cle: v for cle, v in demandes.get(pk, {}).items() if cle in repris},
            )
            for pk in ids
        ],
        par=par, le=le,
    )  # fmt: skip
