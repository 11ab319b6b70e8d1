"""Undoing a campaign: everything as long as nothing has left; afterwards, whatever has not left yet (R68)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import annuler_en_attente
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import EtatCampagne, EtatLigne, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import Campagne, CampagneLigne, RendezVous
from cordee.metier.rendezvous.services.agenda import OBJET
from cordee.metier.rendezvous.services.annexes import apres_annulations
from cordee.metier.rendezvous.services.campagne import changer_etat, verrouiller_campagne
from cordee.metier.rendezvous.services.liens import revoquer
from cordee.metier.rendezvous.services.places import rendre_lot

TAILLE_LOT = 200
L = EtatLigne


@transaction.atomic
def annuler_campagne(*, campagne: Campagne, par: Agent, le: datetime) -> Campagne:
    """Stop the campaign for good: nobody else is convened. What was written and has not left follows by lots.

    Raises:
        CampagneImpossible: cancelled already.
    """
    fraiche = verrouiller_campagne(campagne)
    changer_etat(fraiche, EtatCampagne.ANNULEE, finie_le=le, incident="")
    fraiche.lignes.filter(etat__in=(L.PLANIFIEE, L.SANS_PLACE)).update(etat=L.ANNULEE, creneau=None, suite=None)
    return fraiche


def defaire_campagne(
    *, campagne: Campagne, par: Agent, maintenant: Callable[[], datetime], taille: int = TAILLE_LOT
) -> int:
    """Cancel, lot by lot, the appointments of a cancelled campaign whose letter has not left. Returns how many."""
    total = 0
    while faites := defaire_lot(campagne=campagne, par=par, le=maintenant(), taille=taille):
        total += faites
    return total


@transaction.atomic
def defaire_lot(*, campagne: Campagne, par: Agent, le: datetime, taille: int = TAILLE_LOT) -> int:
    """One lot: people locked in order, letters that stay, appointments cancelled, places given back, events."""
    fraiche = verrouiller_campagne(campagne)
    if fraiche.etat != EtatCampagne.ANNULEE:
        return 0
    lignes = list(a_defaire(fraiche, le=le)[:taille])
    if not lignes:
        return 0
    list(Personne.objects.select_for_update(of=("self",), no_key=True)
         .filter(pk__in=[x.personne_id for x in lignes]).order_by("pk"))  # fmt: skip
    encore = set(a_defaire(fraiche, le=le).filter(pk__in=[x.pk for x in lignes]).values_list("pk", flat=True))
    lignes = [x for x in lignes if x.pk in encore]
    annuler_rendez_vous([x.rendez_vous for x in lignes if x.rendez_vous is not None], par=par, le=le)
    CampagneLigne.objects.filter(pk__in=encore).update(etat=L.ANNULEE, creneau=None, suite=None)
    return len(lignes)


def a_defaire(campagne: Campagne, *, le: datetime) -> QuerySet[CampagneLigne]:
    """Rows of the campaign whose appointment is still expected and whose letters have all stayed here."""
    partis = Courrier.objects.filter(objet_type=OBJET, annule_le__isnull=True).exclude(etat="").values("objet_id")
    return (
        campagne.lignes.filter(etat=L.CONVOQUEE, rendez_vous__statut=StatutRendezVous.PREVU, rendez_vous__debut__gt=le)
        .exclude(rendez_vous__in=partis)
        .select_related("rendez_vous")
        .order_by("rang", "pk")
    )


def annuler_rendez_vous(rendez_vous: Sequence[RendezVous], *, par: Agent, le: datetime) -> None:
    """Withdraw appointments of people who are locked already: letters, links, interpreters, places, events."""
    ids = [r.pk for r in rendez_vous]
    annuler_en_attente(par=par, le=le, objet_type=OBJET, objets=ids)
    revoquer(rendez_vous=ids, le=le)
    apres_annulations(ids)
    RendezVous.objects.filter(pk__in=ids).update(statut=StatutRendezVous.ANNULE, version=F("version") + 1)
    rendre_lot(Counter(pk for r in rendez_vous for pk in (r.creneau_id, r.suite_id) if pk is not None))
    consigner(
        evenements=[
            NouvelEvenement(
                genre=GenreEvenement.RENDEZ_VOUS_ANNULE, personne_id=r.personne_id, objet_type=OBJET, objet_id=r.pk,
                donnees={"rendez_vous": r.pk, "motif": MotifAnnulation.SERVICE.value},
            )
            for r in rendez_vous
        ],
        par=par, le=le, acte=uuid.uuid4(), controler=False,
    )  # fmt: skip
