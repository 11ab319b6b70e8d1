"""Asking many people how they are doing: each message is hers, few leave a day so that calls back find somebody (R14).

A message sent is neither a contact nor an attempt that moves a clock (R13): the letter is the trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.selectors.canaux import canaux_ouverts
from cordee.metier.courriers.services import emettre_lot
from cordee.metier.courriers.services.emission import LettreAEcrire
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.models import Situation
from cordee.metier.suivi.services.appui import SuiviRefuse
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import PARIS, jour

GENRE: Final = GenreCourrier.PRISE_DE_NOUVELLES
OBJET: Final = "relance"
ORDRE: Final = (Canal.SMS, Canal.COURRIEL, Canal.COURRIER)
LONGUEUR: Final = 300
_PARTIES = (EtatRemise.ECHEC, EtatRemise.NPAI)


@dataclass(frozen=True, slots=True)
class Relance:
    """One person of the batch: the way her message takes, or why none does. ``dernier_contact``: the last exchange."""

    personne: int
    canal: Canal | None
    empechement: str
    dernier_contact: date | None


@dataclass(slots=True)
class BilanRelances:
    """Messages written; people left for another day, and people no message reaches, each with its sentence."""

    courriers: list[Courrier] = field(default_factory=list)
    refus: dict[int, str] = field(default_factory=dict)


def preparer_relances(*, personnes: Sequence[int], par: Agent, le: datetime) -> list[Relance]:
    """What would leave now, person by person, in a constant number of queries: nothing is written.

    The order given is kept: those who wait longest come first from the page. Beyond what is left of the day for this
    agent, people wait for tomorrow.
    """
    au = jour(le)
    reste, maximum = reste_du_jour(par=par, le=le), entier("relances_par_jour", au=au)
    recentes = _deja_relancees(personnes, au)
    choix = canaux_ouverts(personnes=personnes, genre=GENRE, au=au, ordre=ORDRE)
    contacts = dict(Situation.objects.filter(personne__in=personnes).values_list("personne_id", "dernier_contact_le"))
    faites = []
    for pk in personnes:
        c = choix.get(pk)
        if pk in recentes:
            raison = f"Un message lui a été envoyé le {recentes[pk]:%d/%m} : laissez-lui le temps de répondre."
        elif c is None or c.canal not in ORDRE or c.par_representant:
            raison = "Aucun message ne peut lui parvenir : appelez-la, ou allez vers elle."
        elif reste <= 0:
            raison = f"Demain : {maximum} messages par jour, pour pouvoir répondre aux appels."
        else:
            raison = ""
            reste -= 1
        faites.append(Relance(pk, c.canal if c and not raison else None, raison, contacts.get(pk)))
    return faites


@transaction.atomic
def relancer(
    *, personnes: Sequence[int], structure: Structure, mot: str = "", par: Agent, le: datetime
) -> BilanRelances:
    """Write to each of them in the référent's name. Messages leave a few minutes later, at an hour one may write to.

    Args:
        mot: a sentence of hers, the same for all: nothing personal belongs in it.

    Raises:
        SuiviRefuse: nobody can be written to today, or the sentence is too long.
    """
    mot = mot.strip()
    if len(mot) > LONGUEUR:
        raise SuiviRefuse(f"Gardez votre mot sous {LONGUEUR} caractères.")
    Agent.objects.select_for_update(no_key=True).get(pk=par.pk)  # two pages open: one throttle
    preparees = preparer_relances(personnes=list(dict.fromkeys(personnes)), par=par, le=le)
    bilan = BilanRelances(refus={r.personne: r.empechement for r in preparees if r.empechement})
    partantes = [r for r in preparees if r.canal is not None]
    if not partantes:
        raise SuiviRefuse("Aucun message ne peut partir : " + next(iter(bilan.refus.values()), "choisissez des gens."))
    tete = expediteur(structure)
    joindre = {"telephone": par.telephone or structure.telephone, "courriel": structure.courriel}
    lettres = [
        LettreAEcrire(
            personne_id=r.personne, canal=r.canal, objet_type=OBJET, objet_id=par.pk,
            donnees={
                "departement": tete, "deplacer": joindre,
                "nouvelles": {
                    "referent": str(par), "mot": mot,
                    "dernier_contact": date_fr(r.dernier_contact, avec_jour=False) if r.dernier_contact else "",
                },
            },
        )
        for r in partantes
        if r.canal is not None
    ]  # fmt: skip
    emises = emettre_lot(lettres=lettres, genre=GENRE, par=par, le=le)
    bilan.courriers = emises.courriers
    bilan.refus |= {partantes[rang].personne: phrase for rang, phrase in emises.refus.items()}
    return bilan


def reste_du_jour(*, par: Agent, le: datetime) -> int:
    """How many messages this agent may still send today."""
    debut = le.astimezone(PARIS).replace(hour=0, minute=0, second=0, microsecond=0)
    envoyes = Courrier.objects.filter(genre=GENRE, cree_par=par, cree_le__gte=debut, annule_le__isnull=True).count()
    return max(0, entier("relances_par_jour", au=jour(le)) - envoyes)


def _deja_relancees(personnes: Sequence[int], au: date) -> dict[int, date]:
    """Who was written to lately, and when; a message that could not be delivered does not count."""
    depuis = au - timedelta(days=entier("relance_intervalle_jours", au=au))
    lettres = Courrier.objects.filter(
        personne__in=personnes, genre=GENRE, cree_le__date__gt=depuis, annule_le__isnull=True
    ).exclude(etat__in=_PARTIES)
    return {pk: jour(quand) for pk, quand in lettres.order_by("cree_le").values_list("personne_id", "cree_le")}
