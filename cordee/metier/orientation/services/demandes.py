"""What a person asks of her accompaniment: another référent (R83). Never lost: it has an owner and a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import IssueReorientation, MotifChangement, MotifRefusChangement
from cordee.metier.orientation.models import DemandeChangement, DemandeReorientation, Orientation
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Echeance, Situation
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier

OBJET_CHANGEMENT = "demande_changement"


class DemandeRefusee(ErreurMetier):
    """The request cannot be recorded or answered this way."""


@transaction.atomic
def demander_changement(
    *, personne: Personne, motif: MotifChangement = MotifChangement.NON_DIT, parole: str = "", par: Agent,
    le: datetime,
) -> DemandeChangement:  # fmt: skip
    """The person asks for another référent; she need not say why (R83). Her present one stays until the answer.

    Raises:
        DemandeRefusee, ContrainteViolee: nobody is named, or a request is already waiting.
    """
    personne = verrouiller(personne)
    agent = situation_courante(personne).referent_agent
    if agent is None:
        raise DemandeRefusee("Aucun référent n'est nommé : il n'y a pas de référent à changer.")
    demande = DemandeChangement(
        personne=personne, agent_id=agent, motif=MotifChangement(motif), parole=parole.strip(), demandee_le=le,
        demandee_par=par,
    )  # fmt: skip
    enregistrer(demande)
    consigner_un(
        genre=GenreEvenement.CHANGEMENT_DEMANDE, personne=personne, par=par, le=le, objet_type=OBJET_CHANGEMENT,
        objet_id=demande.pk, donnees={"agent": agent, "motif": str(demande.motif)},
    )  # fmt: skip
    return demande


@transaction.atomic
def refuser_changement(
    *, personne: Personne, motif: MotifRefusChangement, par: Agent, le: datetime
) -> DemandeChangement:
    """The answer is no, with a coded reason that can be told to her. To say yes is to name another référent.

    Raises:
        TransitionInterdite: no request is waiting.
    """
    personne = verrouiller(personne)
    motif = MotifRefusChangement(motif)
    consigner_un(
        genre=GenreEvenement.CHANGEMENT_REFUSE, personne=personne, par=par, le=le, donnees={"motif": str(motif)},
        objet_type=OBJET_CHANGEMENT,
    )  # fmt: skip
    demande = DemandeChangement.objects.filter(personne__in=ids_du_groupe(personne), repondue_le__isnull=True).first()
    if demande is None:
        raise DemandeRefusee("Aucune demande de changement de référent n'attend de réponse.")
    demande.repondue_le, demande.repondue_par, demande.motif_refus = le, par, motif
    demande.save(update_fields=["repondue_le", "repondue_par", "motif_refus"])
    return demande


def accorder_demandes(ids: Sequence[int], *, par: Agent, le: datetime) -> None:
    """Requests follow the path: one whose duty is closed has been answered, by a new référent or a new decision."""
    ouvertes = set(
        Echeance.objects.filter(
            personne__in=ids, fermee_le__isnull=True,
            genre__in=(GenreEcheance.REPONDRE_CHANGEMENT, GenreEcheance.DECIDER_REORIENTATION),
        ).values_list("personne_id", "genre")
    )  # fmt: skip
    for demande in DemandeChangement.objects.filter(personne__in=ids, repondue_le__isnull=True):
        if (demande.personne_id, GenreEcheance.REPONDRE_CHANGEMENT) not in ouvertes:
            nouvel = Situation.objects.filter(personne=demande.personne_id).values_list("referent_agent", flat=True)
            demande.repondue_le, demande.repondue_par, demande.nouvel_agent_id = le, par, nouvel.first()
            demande.save(update_fields=["repondue_le", "repondue_par", "nouvel_agent"])
    for attente in DemandeReorientation.objects.filter(personne__in=ids, issue=IssueReorientation.EN_ATTENTE):
        if (attente.personne_id, GenreEcheance.DECIDER_REORIENTATION) not in ouvertes:
            nouvelle = Orientation.objects.filter(
                personne=attente.personne_id, fin__isnull=True, decidee_le__gt=attente.demandee_le
            ).first()
            attente.issue = IssueReorientation.ACCEPTEE if nouvelle else IssueReorientation.SANS_OBJET
            attente.orientation, attente.decidee_le, attente.decidee_par = nouvelle, le, par
            attente.save(update_fields=["issue", "orientation", "decidee_le", "decidee_par"])
