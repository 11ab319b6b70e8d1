"""The life of an accompaniment: contacts in three taps, interruptions, situations, voluntary accompaniment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.services.acces import accorder_acces
from cordee.metier.parcours.cycle import SITUATIONS_PARTICULIERES
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import adresse_courante
from cordee.metier.suivi.enums import GenreContactSuivi, MotifInterruption, ResultatContact
from cordee.metier.suivi.models import ContactSuivi, PointSituation, RevueConjointe
from cordee.metier.suivi.services import partenaires
from cordee.metier.suivi.services.appui import SuiviRefuse, exiger_a_venir
from cordee.reglementation.delais import echeance
from cordee.socle.horloge import jour

OBJET, POINT, REVUE = "contact", "point_situation", "revue_conjointe"
# What the path knows of an outreach: a message left is an attempt, like no answer (R13).
_ALLER_VERS = {
    ResultatContact.JOINTE: "jointe",
    ResultatContact.MESSAGE: "sans_reponse",
    ResultatContact.SANS_REPONSE: "sans_reponse",
    ResultatContact.ADRESSE_FAUSSE: "adresse_fausse",
}


@transaction.atomic
def noter_contact(
    *, personne: Personne, genre: GenreContactSuivi, resultat: ResultatContact, prochain_le: date | None = None,
    note: str = "", contact_le: datetime | None = None, par: Agent, le: datetime,
) -> ContactSuivi:  # fmt: skip
    """A contact in three taps: how, result, next date (R12). A message left counts as an attempt (R13).

    Args:
        contact_le: when it took place (now by default).

    Raises:
        SuiviRefuse: next date not to come, contact to come, or a message said to have reached the person.
        TransitionInterdite: the person is no longer accompanied.
    """
    personne = verrouiller(personne)
    exiger_a_venir(prochain_le, le)
    contact = _noter(
        personne, genre, resultat, prochain_le=prochain_le, note=note, contact_le=contact_le, par=par, le=le
    )
    consigner_un(
        genre=GenreEvenement.CONTACT, personne=personne, par=par, le=le, survenu_le=contact.le, objet_type=OBJET,
        objet_id=contact.pk,
        donnees={
            "resultat": str(contact.resultat),
            "prochain_contact_le": prochain_le.isoformat() if prochain_le else None,
        },
    )  # fmt: skip
    return contact


@transaction.atomic
def noter_aller_vers(
    *, personne: Personne, resultat: ResultatContact, genre: GenreContactSuivi = GenreContactSuivi.VISITE,
    note: str = "", contact_le: datetime | None = None, par: Agent, le: datetime,
) -> ContactSuivi:  # fmt: skip
    """Outreach after an absence: a call, a visit, the CCAS. Joined, she is convened again; else, another try (E07).

    Raises:
        SuiviRefuse: as for ``noter_contact``.
        TransitionInterdite: nothing calls for an outreach.
    """
    personne = verrouiller(personne)
    contact = _noter(personne, genre, resultat, note=note, contact_le=contact_le, par=par, le=le)
    if contact.resultat == ResultatContact.ADRESSE_FAUSSE and contact.genre == GenreContactSuivi.VISITE:
        _signaler_adresse_fausse(personne, le=le)
    consigner_un(
        genre=GenreEvenement.ALLER_VERS, personne=personne, par=par, le=le, survenu_le=contact.le, objet_type=OBJET,
        objet_id=contact.pk, donnees={"resultat": _ALLER_VERS[ResultatContact(contact.resultat)]},
    )  # fmt: skip
    return contact


@transaction.atomic
def interrompre(*, personne: Personne, motif: MotifInterruption, revue_le: date, par: Agent, le: datetime) -> Evenement:
    """Long illness, maternity, hospital, prison, stay abroad (R50): no convocation until the date agreed.

    Args:
        revue_le: when contact is resumed, six months away at most.

    Raises:
        DateConvenueInvalide: beyond six months, or past.
        TransitionInterdite: the person is no longer on the path.
    """
    personne = verrouiller(personne)
    exiger_a_venir(revue_le, le)
    echeance("reprendre_contact_interruption", depuis=jour(le), convenue=revue_le)
    return consigner_un(
        genre=GenreEvenement.INTERRUPTION, personne=personne, par=par, le=le,
        donnees={"motif": str(MotifInterruption(motif)), "revue_le": revue_le.isoformat()},
    )  # fmt: skip


@transaction.atomic
def constater_situation(
    *, personne: Personne, etat: Etat, revue_le: date | None = None, par: Agent, le: datetime
) -> Evenement:
    """Record a particular situation (``cycle.SITUATIONS_PARTICULIERES``): it opens its own étape, the path waits.

    Raises:
        SuiviRefuse: review date not to come.
        TransitionInterdite: not a situation an agent records, or the person is no longer on the path.
    """
    personne = verrouiller(personne)
    exiger_a_venir(revue_le, le)
    if etat not in SITUATIONS_PARTICULIERES:
        raise SuiviRefuse("Cette situation ne se constate pas ici.")
    return consigner_un(
        genre=GenreEvenement.SITUATION_PARTICULIERE, personne=personne, par=par, le=le,
        donnees={"etat": str(etat), "revue_le": revue_le.isoformat() if revue_le else None},
    )  # fmt: skip


@transaction.atomic
def reprendre(*, personne: Personne, etat: Etat | None = None, par: Agent, le: datetime) -> Evenement:
    """The interruption or the situation ends: the path resumes where it was. ``etat``: which one, when several.

    Raises:
        TransitionInterdite: the path is not suspended.
    """
    return consigner_un(
        genre=GenreEvenement.REPRISE, personne=verrouiller(personne), par=par, le=le,
        donnees={"etat": str(etat)} if etat else {},
    )  # fmt: skip


@transaction.atomic
def ouvrir_accompagnement_volontaire(
    *, personne: Personne, prochain_contact_le: date | None = None, structure: Structure | None = None,
    agent: Agent | None = None, par: Agent, le: datetime,
) -> Evenement:  # fmt: skip
    """Not soumise aux droits et devoirs, she asks for help: a right (CASF L262-27, R79).

    Args:
        structure: who accompanies her, with the agent; else her sector's structure, as before.

    Raises:
        SuiviRefuse: next date not to come.
        TransitionInterdite: she is soumise: her accompaniment is a right already.
    """
    personne = verrouiller(personne)
    exiger_a_venir(prochain_contact_le, le)
    donnees: dict[str, Any] = {"prochain_contact_le": prochain_contact_le.isoformat() if prochain_contact_le else None}
    if structure is not None:
        donnees |= {"referent_structure": structure.pk, "referent_agent": agent.pk if agent else None}
    evenement = consigner_un(
        genre=GenreEvenement.ACCOMPAGNEMENT_VOLONTAIRE, personne=personne, par=par, le=le, donnees=donnees
    )
    if structure is not None:
        accorder_acces(personne, par=par, le=le)
    return evenement


@transaction.atomic
def clore_accompagnement_volontaire(*, personne: Personne, par: Agent, le: datetime) -> Evenement:
    """It ends when she wishes. Nothing is held against her.

    Raises:
        TransitionInterdite: no such accompaniment is open.
    """
    return consigner_un(genre=GenreEvenement.FIN_ACCOMPAGNEMENT, personne=verrouiller(personne), par=par, le=le)


# Reactions ----------------------------------------------------------------------------------------------------------
def corriger(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: a contact, or a partner's word, recorded by mistake no longer counts; what was typed is kept."""
    vises = Evenement.objects.filter(
        pk__in=[e.donnees["evenement"] for e in evenements],
        objet_type__in=(OBJET, partenaires.OBJET, POINT, REVUE),
    ).values_list("objet_type", "objet_id")
    par_type: dict[str, set[int]] = {OBJET: set(), partenaires.OBJET: set(), POINT: set(), REVUE: set()}
    for objet_type, objet_id in vises:
        par_type[objet_type].add(objet_id or 0)
    ContactSuivi.objects.filter(pk__in=par_type[OBJET]).update(annule_le=le)
    PointSituation.objects.filter(pk__in=par_type[POINT]).update(annule_le=le)
    RevueConjointe.objects.filter(pk__in=par_type[REVUE]).update(annule_le=le)
    partenaires.reprendre_d_apres_les_evenements(par_type[partenaires.OBJET])


# Parts --------------------------------------------------------------------------------------------------------------
def _noter(
    personne: Personne, genre: GenreContactSuivi, resultat: ResultatContact, *, note: str,
    contact_le: datetime | None, par: Agent, le: datetime, prochain_le: date | None = None,
) -> ContactSuivi:  # fmt: skip
    genre, resultat = GenreContactSuivi(genre), ResultatContact(resultat)
    if contact_le is not None and contact_le > le:
        raise SuiviRefuse("Un contact se note une fois qu'il a eu lieu.")
    if genre is GenreContactSuivi.MESSAGE and resultat is ResultatContact.JOINTE:
        raise SuiviRefuse("Un message laissé est une tentative, pas un contact : choisissez « Message laissé ».")
    return ContactSuivi.objects.create(
        personne=personne, genre=genre, resultat=resultat, le=contact_le or le, par=par, prochain_le=prochain_le,
        note=note.strip(),
    )  # fmt: skip


def _signaler_adresse_fausse(personne: Personne, *, le: datetime) -> None:
    adresse = adresse_courante(personne, jour(le))
    if adresse is not None and not adresse.npai:
        adresse.npai = True
        adresse.save(update_fields=["npai"])
