"""Reminders: a short message two working days before, to those who have a phone number or an e-mail open to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import canaux_ouverts
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot
from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import LienPersonnel, RendezVous
from cordee.metier.rendezvous.regles.rappels import a_rappeler
from cordee.metier.rendezvous.services.agenda import OBJET
from cordee.metier.rendezvous.services.lettres import donnees_convocation
from cordee.metier.rendezvous.services.liens import adresse
from cordee.socle.horloge import jour

CANAUX: Final = (Canal.SMS, Canal.COURRIEL)
"""A letter would come too late, and a call is somebody's time."""
HORIZON: Final = timedelta(days=8)
"""Two working days never take longer, public holidays included."""


@transaction.atomic
def preparer_rappels(*, par: Agent, le: datetime) -> int:
    """Write the reminders due today, waiting to be sent; returns how many. Run again, it finds nothing more to write.

    Nobody is reminded twice of the same appointment, nor of one she confirmed from her page. A number of queries that
    does not grow with the appointments.
    """
    au = jour(le)
    attendus = [r for r in _candidats(le) if a_rappeler(debut=jour(r.debut), convoquee=jour(r.convoquee), au=au)]  # type: ignore[attr-defined]
    choix = canaux_ouverts(personnes={r.personne_id for r in attendus}, genre=GenreCourrier.RAPPEL, au=au, ordre=CANAUX)
    ouverts = LienPersonnel.objects.filter(rendez_vous__in=attendus)
    liens = {pk: adresse(x) for x in ouverts if (pk := x.rendez_vous_id)}
    tetes = {s.pk: expediteur(s) for s in {r.structure for r in attendus}}
    lettres = [
        LettreAEcrire(
            personne_id=r.personne_id, canal=canal, objet_type=OBJET, objet_id=r.pk,
            donnees=donnees_convocation(r, lien=liens.get(r.pk, ""), tete=tetes[r.structure_id]),
        )
        for r in attendus
        if (canal := choix[r.personne_id].canal) in CANAUX
    ]  # fmt: skip
    return len(emettre_lot(lettres=lettres, genre=GenreCourrier.RAPPEL, par=par, le=le).courriers)


def _candidats(le: datetime) -> list[RendezVous]:
    """Appointments expected in the days to come, not reminded of, not confirmed, with the day she was told."""
    lettres = Courrier.objects.filter(objet_type=OBJET, objet_id=OuterRef("pk"))
    return list(
        RendezVous.objects.filter(statut=StatutRendezVous.PREVU, debut__gt=le, debut__lt=le + HORIZON)
        .filter(~Exists(lettres.filter(genre=GenreCourrier.RAPPEL)), lien__confirme_le__isnull=True)
        .annotate(
            convoquee=Subquery(
                lettres.filter(genre=GenreCourrier.CONVOCATION).order_by("cree_le").values("cree_le")[:1]
            )
        )
        .filter(convoquee__isnull=False)
        .select_related("structure__commune", "agent", "personne")
        .order_by("debut", "pk")
    )
