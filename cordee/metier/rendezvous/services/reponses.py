"""What a person does behind her link: she opens it with a second fact, keeps her appointment, moves it, declines it.

What she does there is done as at the counter, through the same services; the system's agent writes the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from cordee.metier.courriers.enums import Canal
from cordee.metier.courriers.selectors import blocage_des_envois
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.rendezvous.enums import MomentRappel, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, DemandeRappel, LienPersonnel, RendezVous
from cordee.metier.rendezvous.selectors.liens import creneaux_proposables, lien_valable
from cordee.metier.rendezvous.services.agenda import annuler, deplacer, reserver
from cordee.metier.rendezvous.services.liens import code_de, suivre
from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

ESSAIS_AVANT_PAUSE, ESSAIS_AU_PLUS = 5, 15
PAUSE = timedelta(hours=1)
DATES_AU_PLUS = 3
"""Dates she may choose alone; beyond, somebody talks with her."""
JOURS_POUR_RAPPELER = 2
LIEN_INCONNU = (
    "Ce lien n'est pas valable, ou ne l'est plus. Recopiez-le depuis votre courrier ou votre message ; "
    "si cela ne marche toujours pas, appelez le numéro écrit sur votre courrier."
)


class LienRefuse(ErreurMetier):
    """The link does not open, or no longer allows this; the sentence says what to do instead."""


@dataclass(frozen=True, slots=True)
class Ouverture:
    """What came of an attempt: the link, or the sentence to show. A failed attempt is counted, so nothing is raised."""

    lien: LienPersonnel | None = None
    refus: str = ""


@transaction.atomic
def ouvrir(*, code: str, naissance: date, le: datetime) -> Ouverture:
    """Try a code with a birth date. Five failures close the link for an hour, fifteen for good.

    The sentence never tells whether the code or the date is wrong of a link that exists.
    """
    lien = lien_valable(code, le=le, verrou=True)
    if lien is None:
        return Ouverture(refus=LIEN_INCONNU)
    if lien.bloque_jusqua is not None and lien.bloque_jusqua > le:
        return Ouverture(refus="Trop d'essais : ce lien est fermé pour une heure. Vous pouvez aussi nous appeler.")
    if naissance != lien.personne.date_naissance:
        lien.essais += 1
        if lien.essais >= ESSAIS_AU_PLUS:
            lien.revoque_le = le
        elif lien.essais % ESSAIS_AVANT_PAUSE == 0:
            lien.bloque_jusqua = le + PAUSE
        lien.save(update_fields=["essais", "revoque_le", "bloque_jusqua"])
        return Ouverture(refus="Cette date ne va pas avec ce lien. Vérifiez le jour, le mois et l'année.")
    if blocage_des_envois(lien.personne):
        return Ouverture(refus=LIEN_INCONNU)
    lien.essais, lien.bloque_jusqua, lien.ouvert_le = 0, None, lien.ouvert_le or le
    lien.save(update_fields=["essais", "bloque_jusqua", "ouvert_le"])
    return Ouverture(lien=lien)


@transaction.atomic
def confirmer(*, lien: LienPersonnel, le: datetime) -> LienPersonnel:
    """She says that she will come.

    Raises:
        LienRefuse: the appointment is cancelled or past, or no date is chosen yet.
    """
    lien = _verrouille(lien, le=le)
    if lien.rendez_vous is None:
        raise LienRefuse("Choisissez d'abord une date, ou demandez qu'on vous appelle.")
    _exiger_attendu(lien.rendez_vous, le=le)
    lien.confirme_le = le
    lien.save(update_fields=["confirme_le"])
    return lien


@transaction.atomic
def choisir_date(*, lien: LienPersonnel, creneau: Creneau, le: datetime) -> RendezVous:
    """She takes a free slot of the same kind: moved if her appointment was expected, booked if it was not.

    Behind an invitation it is her first date, booked as at the counter; the link follows it from then on.

    No letter leaves: the page shows and prints the new date, kept as proof of the personal space.

    Raises:
        LienRefuse: too many dates chosen already, or a slot that is not offered to her.
        ErreurMetier: somebody took the place meanwhile (``RendezVousImpossible``).
    """
    lien = _verrouille(lien, le=le)
    if lien.deplacements >= DATES_AU_PLUS:
        raise LienRefuse(
            "Vous avez déjà changé plusieurs fois de date : appelez-nous, nous en trouverons une ensemble."
        )
    if not creneaux_proposables(lien, le=le).filter(pk=creneau.pk).exists():
        raise LienRefuse("Cette date n'est plus libre. Choisissez-en une autre.")
    par, rdv = agent_systeme(), lien.rendez_vous
    if rdv is not None and rdv.statut == StatutRendezVous.PREVU:
        nouveau = deplacer(
            rendez_vous=rdv, version=rdv.version, creneau=creneau, canal=Canal.ESPACE_PERSONNEL, par=par, le=le,
        )  # fmt: skip
    else:
        nouveau = reserver(creneau=creneau, personne=lien.personne, canal=Canal.ESPACE_PERSONNEL, par=par, le=le)
        # The one in her hands goes on (an invitation follows the appointment it led to already).
        LienPersonnel.objects.filter(rendez_vous=nouveau).exclude(pk=lien.pk).delete()
        if rdv is not None:
            suivre(rdv, nouveau)
    DemandeRappel.objects.filter(personne=lien.personne, traitee_le__isnull=True).update(traitee_le=le, traitee_par=par)
    LienPersonnel.objects.filter(pk=lien.pk).update(deplacements=lien.deplacements + 1, confirme_le=le)
    return nouveau


@transaction.atomic
def dire_empechement(*, lien: LienPersonnel, moment: MomentRappel, le: datetime) -> DemandeRappel:
    """She cannot come and asks to be called: the appointment is cancelled at her request, its place given back.

    Behind an invitation nothing is cancelled: somebody calls to find a date with her, and the link stays open.

    Not an absence, and never a breach (E07): she gave a sign (manifestation).

    Raises:
        LienRefuse: the appointment is past.
    """
    lien = _verrouille(lien, le=le)
    rdv, par = lien.rendez_vous, agent_systeme()
    if rdv is not None and rdv.statut == StatutRendezVous.PREVU:
        _exiger_attendu(rdv, le=le)
        annuler(rendez_vous=rdv, motif=MotifAnnulation.PERSONNE, par=par, le=le)
    structure = rdv.structure if rdv else lien.structure
    assert structure is not None  # noqa: S101 - the database holds it (``lien_d_un_rendez_vous_ou_invitation``)
    demande, _ = DemandeRappel.objects.update_or_create(
        personne=lien.personne, traitee_le=None,
        defaults={
            "rendez_vous": rdv, "structure": structure, "moment": MomentRappel(moment), "demandee_le": le,
            "echeance": ajouter_jours_ouvres(jour(le), JOURS_POUR_RAPPELER),
        },
    )  # fmt: skip
    return demande


@transaction.atomic
def traiter_demande(*, demande: DemandeRappel, par: Agent, le: datetime) -> DemandeRappel:
    """Somebody called her. What was said is recorded as a contact, or as a new appointment.

    Raises:
        LienRefuse: done already.
    """
    fraiche = DemandeRappel.objects.select_for_update().get(pk=demande.pk)
    if fraiche.traitee_le is not None:
        raise LienRefuse("Cette demande est déjà traitée.")
    fraiche.traitee_le, fraiche.traitee_par = le, par
    fraiche.save(update_fields=["traitee_le", "traitee_par"])
    return fraiche


# Parts --------------------------------------------------------------------------------------------------------------
def _verrouille(lien: LienPersonnel, *, le: datetime) -> LienPersonnel:
    """The person first, as every act does: two acts on her never wait for each other."""
    verrouiller(lien.personne)
    frais = lien_valable(code_de(lien), le=le, verrou=True)
    if frais is None:
        raise LienRefuse(LIEN_INCONNU)
    return frais


def _exiger_attendu(rdv: RendezVous, *, le: datetime) -> None:
    if rdv.statut != StatutRendezVous.PREVU or rdv.fin <= le:
        raise LienRefuse("Ce rendez-vous n'est plus attendu : choisissez une autre date ou appelez-nous.")
