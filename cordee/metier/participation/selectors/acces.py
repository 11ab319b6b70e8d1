"""Reads of the person's access."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from cordee.metier.courriers.selectors import blocage_des_envois
from cordee.metier.participation.models import AccesEspace
from cordee.metier.personnes.models import Contact, Personne
from cordee.metier.personnes.selectors import contacts_courants, ids_du_groupe
from cordee.metier.rendezvous.regles import codes
from cordee.socle import chiffrement
from cordee.socle.horloge import jour

CONTEXTE_NUMERO = "participation.numero"


def acces_de(personne: Personne) -> AccesEspace | None:
    """Her access in force, whichever of her merged rows it was opened on."""
    siens = AccesEspace.objects.select_related("contact", "personne").filter(
        personne__in=ids_du_groupe(personne), retire_le__isnull=True
    )
    return siens.order_by("-active_le", "-pk").first()


def numero_de(acces: AccesEspace) -> str:
    """What she types at the door, printed on her card. It opens nothing by itself."""
    return codes.ecrire(acces.pk, cle=_cle())


def acces_du_numero(numero: str, *, verrou: bool = False) -> AccesEspace | None:
    """The access a number names, if it is still in force; a number made up names nothing."""
    pk = codes.lire(numero, cle=_cle())
    if pk is None:
        return None
    lignes = AccesEspace.objects.select_related("contact", "personne__canonique")
    if verrou:
        lignes = lignes.select_for_update(of=("self",))
    return lignes.filter(pk=pk, retire_le__isnull=True).first()


def personne_de(acces: AccesEspace) -> Personne:
    """The person as she is known now (merges followed)."""
    return acces.personne.canonique or acces.personne


def contact_du_code(acces: AccesEspace, *, le: datetime) -> Contact | None:
    """Where a code may be sent: the contact verified with her, as long as it is in force, works, and is hers alone."""
    if acces.contact_id is None:
        return None
    propres = contacts_a_elle(personne_de(acces), le=le)
    return propres.filter(pk=acces.contact_id, verifie=True).first()


def contacts_a_elle(personne: Personne, *, le: datetime) -> QuerySet[Contact]:
    """Contacts nobody else has: neither the couple's, nor a third party's, nor dead (V4)."""
    siens = contacts_courants(personne, au=jour(le)).filter(en_echec=False, numero_de_tiers=False)
    return siens.filter(autres=0).order_by("-verifie", "-debut", "-pk")  # type: ignore[misc]


def porte_fermee(acces: AccesEspace, *, le: datetime) -> bool:
    """Nothing opens for now: too many tries, a death signalled, an identity to arbitrate."""
    pause = acces.bloque_jusqua is not None and acces.bloque_jusqua > le
    return pause or bool(blocage_des_envois(personne_de(acces)))


def _cle() -> bytes:
    return chiffrement.empreinte("cle", contexte=CONTEXTE_NUMERO)
