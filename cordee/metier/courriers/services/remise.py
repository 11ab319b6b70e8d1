"""What becomes of a letter: presented, received, refused, not claimed, returned (E11)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.courriers.enums import Canal, EtatRemise
from cordee.metier.courriers.models import Courrier, SuiviRemise
from cordee.metier.courriers.regles import peut_suivre
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.personnes.models import Contact
from cordee.metier.personnes.selectors import adresse_courante
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class RemiseImpossible(ErreurMetier):
    """The state does not follow from what is already known of the letter."""


@transaction.atomic
def noter_remise(*, courrier: Courrier, etat: EtatRemise, le_jour: date, par: Agent, le: datetime) -> Courrier:
    """Record one observed state of a delivery.

    A letter that comes back (NPAI) flags the address it was sent to and writes the event of the path. For a decision
    of orientation, call ``orientation.services.constater_remise``: it also starts the clock of the contract.

    Raises:
        RemiseImpossible: the state cannot follow, or its date is before the letter or to come.
    """
    etat = EtatRemise(etat)
    if etat is EtatRemise.NPAI and courrier.canal in (Canal.SMS, Canal.COURRIEL):
        raise RemiseImpossible("Un message ne revient pas par La Poste : notez qu'il n'a pas été remis.")
    if etat is EtatRemise.ECHEC and courrier.canal not in (Canal.SMS, Canal.COURRIEL):
        raise RemiseImpossible("Seul un message peut ne pas être remis : pour un pli, notez qu'il est revenu.")
    frais = Courrier.objects.select_for_update(of=("self",)).select_related("personne").get(pk=courrier.pk)
    if frais.annule_le is not None:
        raise RemiseImpossible("Ce courrier a été annulé avant de partir.")
    avant = EtatRemise(frais.etat) if frais.etat else None
    if not peut_suivre(avant, etat):
        connu = avant.libelle.lower() if avant else "à envoyer"
        raise RemiseImpossible(f"Ce courrier est « {connu} » : il ne peut pas devenir « {etat.libelle.lower()} ».")
    if not jour(frais.cree_le) <= le_jour <= jour(le):
        raise RemiseImpossible("Indiquez une date entre celle du courrier et aujourd'hui.")
    dernier = frais.suivis.order_by("-le").first()
    if dernier is not None and le_jour < dernier.le:
        raise RemiseImpossible("Cette date précède le dernier état connu du courrier.")
    SuiviRemise.objects.create(courrier=frais, etat=etat, le=le_jour, note_le=le, note_par=par)
    frais.etat = etat
    frais.save(update_fields=["etat"])
    if etat is EtatRemise.NPAI and not frais.au_representant:
        _signaler_retour(frais, par=par, le=le)
    if etat is EtatRemise.ECHEC and frais.contact_id is not None:
        Contact.objects.filter(pk=frais.contact_id).update(en_echec=True)  # kept, and used no more (R45)
    return frais


def _signaler_retour(courrier: Courrier, *, par: Agent, le: datetime) -> None:
    """Flag the address the letter went to (unless she has moved since), and write the event."""
    adresse = courrier.adresse or adresse_courante(courrier.personne, jour(le))
    if adresse is not None and adresse.debut <= jour(courrier.cree_le) and not adresse.npai:
        adresse.npai = True
        adresse.save(update_fields=["npai"])
    consigner_un(
        genre=GenreEvenement.COURRIER_REVENU, personne=courrier.personne, par=par, le=le,
        donnees={"courrier": courrier.pk}, objet_type="courrier", objet_id=courrier.pk,
    )  # fmt: skip
