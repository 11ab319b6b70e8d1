"""The personal link of an appointment: its address, made with the appointment and following it when it moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.models import LienPersonnel, RendezVous
from cordee.metier.rendezvous.regles import codes
from cordee.socle import secrets_locaux

APRES_LE_RENDEZ_VOUS = timedelta(days=14)
"""How long the link still opens once the day has passed: long enough to choose another date."""


def ouvrir_liens(rendez_vous: Sequence[RendezVous], *, le: datetime) -> dict[int, str]:
    """The addresses of the links of new appointments, by appointment: one query for any number of them.

    None for somebody whose birth date is unknown (there is no second fact), nor when the installation has not said
    at which address people reach it (``CORDEE_URL``).
    """
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
            if r.personne_id in nes
        ],
        batch_size=2000,
    )
    return {lien.rendez_vous_id: adresse(lien) for lien in liens}


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
