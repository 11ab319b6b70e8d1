"""The named référent (CASF L262-27): one person in charge, whom the person can call by her name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import emettre
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.orientation.selectors.referents import accompagnee_depuis
from cordee.metier.orientation.services.acces import accorder_acces
from cordee.metier.orientation.services.lettres import donnees_attestation, donnees_nomination
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class ReferentRefuse(ErreurMetier):
    """This agent cannot be named."""


@transaction.atomic
def nommer_referent(*, personne: Personne, agent: Agent, par: Agent, le: datetime) -> Personne:
    """Name the référent, or change her (R83). She must work today in the body the decision designates.

    Raises:
        ReferentRefuse: she does not.
        TransitionInterdite: no decision yet.

    """
    personne = verrouiller(personne)
    structure_id = _structure_designee(personne)
    structure = Structure.objects.get(pk=structure_id) if structure_id else None
    if structure is not None:
        _exiger_poste(agent, structure, le=le)
    consigner_un(
        genre=GenreEvenement.REFERENT_NOMME, personne=personne, par=par, le=le,
        donnees={"structure": structure_id, "agent": agent.pk}, objet_type="agent", objet_id=agent.pk,
    )  # fmt: skip
    accorder_acces(personne, par=par, le=le)
    return personne


@transaction.atomic
def nommer_coreferent(
    *, personne: Personne, structure: Structure, agent: Agent | None = None, par: Agent, le: datetime
) -> Personne:
    """Add the second professional of an *accompagnement global*. Only one body is référent (E09).

    Raises:
        ReferentRefuse: the same body, or the agent does not work there.
        TransitionInterdite: no référent body yet.

    """
    personne = verrouiller(personne)
    if situation_courante(personne).referent_structure == structure.pk:
        raise ReferentRefuse("Le co-référent appartient à un autre organisme que le référent.")
    if agent is not None:
        _exiger_poste(agent, structure, le=le)
    consigner_un(
        genre=GenreEvenement.COREFERENT_NOMME, personne=personne, par=par, le=le,
        donnees={"structure": structure.pk, "agent": agent.pk if agent else None},
    )  # fmt: skip
    accorder_acces(personne, par=par, le=le)
    return personne


@transaction.atomic
def presenter_referent(*, personne: Personne, canal: Canal, par: Agent, le: datetime) -> Courrier:
    """The letter that says who accompanies her and how to call.

    Raises:
        ReferentRefuse: nobody is named yet.
        EnvoiImpossible, DonneesManquantes: it cannot go this way, or no phone number is known.

    """
    personne = verrouiller(personne)
    s = situation_courante(personne)
    if s.referent_agent is None or s.referent_structure is None:
        raise ReferentRefuse("Aucun référent n'est nommé : il n'y a personne à présenter.")
    agent = Agent.objects.get(pk=s.referent_agent)
    structure = Structure.objects.select_related("commune").get(pk=s.referent_structure)
    return emettre(
        personne=personne, genre=GenreCourrier.NOMINATION_REFERENT, canal=canal, objet_type="agent",
        objet_id=agent.pk, donnees=donnees_nomination(agent=agent, structure=structure, depuis=jour(le)), par=par,
        le=le,
    )  # fmt: skip


@transaction.atomic
def attester_accompagnement(*, personne: Personne, par: Agent, le: datetime) -> Courrier:
    """The certificate « je suis accompagné » for a third party (R85): who, since when, nothing of the benefits.

    Raises:
        ReferentRefuse: nobody is named.
    """
    personne = verrouiller(personne)
    s = situation_courante(personne)
    depuis = accompagnee_depuis(personne)
    if s.referent_agent is None or s.referent_structure is None or depuis is None:
        raise ReferentRefuse("Aucun référent n'est nommé : il n'y a pas d'accompagnement à attester.")
    agent = Agent.objects.get(pk=s.referent_agent)
    structure = Structure.objects.select_related("commune").get(pk=s.referent_structure)
    return emettre(
        personne=personne, genre=GenreCourrier.ATTESTATION_ACCOMPAGNEMENT, canal=Canal.GUICHET,
        moyen=MoyenRemise.REMISE_MAIN_PROPRE, objet_type="agent", objet_id=agent.pk, etat=EtatRemise.RECUE,
        donnees=donnees_attestation(personne=personne, agent=agent, structure=structure, depuis=depuis),
        par=par, le=le,
    )  # fmt: skip


def _structure_designee(personne: Personne) -> int | None:
    orientation = situation_courante(personne).orientation
    return orientation.structure if orientation else None


def _exiger_poste(agent: Agent, structure: Structure, *, le: datetime) -> None:
    if not agents_de(structure, au=jour(le)).filter(pk=agent.pk).exists():
        raise ReferentRefuse(f"{agent} ne travaille pas aujourd'hui dans « {structure.nom} ».")
