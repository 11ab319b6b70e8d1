"""Reads behind a personal link, and the calls that people asked for."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from django.db.models import F, QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Creneau, DemandeRappel, LienPersonnel
from cordee.metier.rendezvous.regles import codes
from cordee.metier.rendezvous.selectors.creneaux import creneaux_libres
from cordee.socle import secrets_locaux
from cordee.socle.horloge import PARIS, jour

PREAVIS: Final = timedelta(hours=12)
"""A date chosen on the page leaves the service the time to prepare it."""
HORIZON: Final = timedelta(days=28)
DATES_AFFICHEES: Final = 60


def lien_valable(code: str, *, le: datetime, verrou: bool = False) -> LienPersonnel | None:
    """The link this code opens now: neither forged, expired nor withdrawn."""
    numero = codes.lire(code, cle=secrets_locaux.cle_empreinte())
    if numero is None:
        return None
    lignes = LienPersonnel.objects.select_related(
        "personne",
        "structure__commune",
        "rendez_vous__structure__commune",
        "rendez_vous__agent",
        "rendez_vous__creneau__lieu__commune",
    )
    if verrou:
        lignes = lignes.select_for_update(of=("self",))
    return lignes.filter(pk=numero, revoque_le__isnull=True, expire_le__gt=le).first()


def creneaux_proposables(lien: LienPersonnel, *, le: datetime) -> QuerySet[Creneau]:
    """Free slots like hers, from tomorrow to four weeks ahead (or to the due date of her step when it is later).

    Places kept for overbooking are not offered: they are for those who would not come.
    """
    rdv, personne = lien.rendez_vous, lien.personne
    structure, genre, modalite = (
        (rdv.structure_id, rdv.genre, rdv.modalite) if rdv else (lien.structure_id, lien.genre, lien.modalite)
    )
    langue = rdv.interprete if rdv else personne.langue if personne.interprete else ""
    echeance = Situation.objects.filter(personne=lien.personne).values_list("echeance", flat=True).first()
    fin = le + HORIZON
    if echeance is not None:
        fin = max(fin, min(datetime.combine(echeance, time.max, PARIS), le + 2 * HORIZON))
    libres = creneaux_libres(
        structures=[structure] if structure else [], genre=GenreRendezVous(genre), du=le + PREAVIS, au=fin,
        modalite=ModaliteRendezVous(modalite), langue=langue,
    )  # fmt: skip
    return libres.filter(places__gt=F("prises")).exclude(pk=(rdv.creneau_id if rdv else None) or 0)


def demandes_en_attente(*, pour: Agent, droits: Habilitation, le: datetime) -> QuerySet[DemandeRappel]:
    """Calls asked for by the people of an agent's perimeter, the oldest due first."""
    visibles = personnes_visibles(pour=pour, au=jour(le), droits=droits)
    return (
        DemandeRappel.objects.filter(traitee_le__isnull=True, personne__in=visibles.values("pk"))
        .select_related("personne", "structure", "rendez_vous")
        .order_by("echeance", "pk")
    )
