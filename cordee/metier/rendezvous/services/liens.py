"""The personal link of an appointment: its address, made with the appointment and following it when it moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from cordee.metier.courriers.services import annuler_en_attente
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.models import LienPersonnel, RendezVous
from cordee.metier.rendezvous.regles import codes
from cordee.socle import secrets_locaux

OBJET_INVITATION = "invitation"
APRES_LE_RENDEZ_VOUS = timedelta(days=14)
"""How long the link still opens once the day has passed: long enough to choose another date."""


def ouvrir_liens(rendez_vous: Sequence[RendezVous], *, par: Agent, le: datetime) -> dict[int, str]:
    """The addresses of the links of new appointments, by appointment: three queries for any number of them.

    Somebody who was invited to choose keeps the link in her hands: it opens the appointment from now on. None
    for somebody whose birth date is unknown (there is no second fact), nor when the installation has not said at which
    address people reach it (``CORDEE_URL``).
    """
    invitees = _reprendre_invitations(rendez_vous, par=par, le=le)
    if not settings.URL_PUBLIQUE:
        return {}
    nes = set(
        Personne.objects.filter(pk__in=[r.personne_id for r in rendez_vous], date_naissance__isnull=False).values_list(
            "pk", flat=True
        )
    )
    liens = LienPersonnel.objects.bulk_create(
        [
            LienPersonnel(
                personne_id=r.personne_id, rendez_vous=r, cree_le=le, expire_le=max(le, r.fin) + APRES_LE_RENDEZ_VOUS
            )
            for r in rendez_vous
            if r.personne_id in nes and r.pk not in invitees
        ],
        batch_size=2000,
    )
    return {pk: adresse(lien) for lien in [*liens, *invitees.values()] if (pk := lien.rendez_vous_id)}


def _reprendre_invitations(rendez_vous: Sequence[RendezVous], *, par: Agent, le: datetime) -> dict[int, LienPersonnel]:
    """Open invitations answered by these appointments, by appointment; their letters not gone yet do not leave."""
    offerts = {(r.personne_id, str(r.genre)): r for r in rendez_vous}
    ouvertes = invitations_ouvertes(le).filter(personne__in={r.personne_id for r in rendez_vous})
    reprises = {}
    for lien in ouvertes.select_for_update(of=("self",)):
        rdv = offerts.get((lien.personne_id, lien.genre))
        if rdv is not None:
            attacher(lien, rdv)
            reprises[rdv.pk] = lien
    if reprises:
        objets = [lien.pk for lien in reprises.values()]
        annuler_en_attente(objet_type=OBJET_INVITATION, objets=objets, par=par, le=le)
    return reprises


def invitations_ouvertes(le: datetime) -> QuerySet[LienPersonnel]:
    """Links that wait for a date to be chosen behind them."""
    return LienPersonnel.objects.filter(rendez_vous__isnull=True, revoque_le__isnull=True, expire_le__gt=le)


def attacher(lien: LienPersonnel, rdv: RendezVous) -> None:
    """The invitation opens this appointment from now on, and follows it."""
    lien.rendez_vous, lien.expire_le = rdv, max(lien.expire_le, rdv.fin + APRES_LE_RENDEZ_VOUS)
    lien.save(update_fields=["rendez_vous", "expire_le"])


def suivre(ancien: RendezVous, nouveau: RendezVous) -> str:
    """The link of an appointment that changes date opens the new one. Its address; an empty text without a link."""
    lien = LienPersonnel.objects.filter(rendez_vous=ancien).first()
    if lien is None:
        return ""
    lien.rendez_vous, lien.confirme_le = nouveau, None
    lien.expire_le = max(lien.expire_le, nouveau.fin + APRES_LE_RENDEZ_VOUS)
    lien.save(update_fields=["rendez_vous", "confirme_le", "expire_le"])
    return adresse(lien)


def adresse(lien: LienPersonnel) -> str:
    """The whole address, as a letter or a message prints it."""
    return f"{settings.URL_PUBLIQUE.rstrip('/')}/rdv/{code_de(lien)}/"


def code_de(lien: LienPersonnel) -> str:
    return codes.ecrire(lien.pk, cle=secrets_locaux.cle_empreinte())


def revoquer(*, rendez_vous: Iterable[int], le: datetime) -> int:
    """Links withdrawn at once: wrong person, contact that became unsafe. Returns how many."""
    return LienPersonnel.objects.filter(rendez_vous__in=list(rendez_vous), revoque_le__isnull=True).update(
        revoque_le=le
    )
