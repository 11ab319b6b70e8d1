"""Messages on their way: taken once, sent once, tried again later, given up, settled by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from cordee.metier.courriers.enums import Canal, EtatRemise, StatutAcheminement
from cordee.metier.courriers.models import Acheminement, Courrier, SuiviRemise
from cordee.metier.courriers.regles.acheminement import (
    DELAI_DE_GRACE,
    SANS_REPONSE,
    attente_avant_l_essai,
    heure_permise,
)
from cordee.metier.courriers.selectors import blocage_des_envois
from cordee.metier.courriers.services.remise import noter_remise
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

S = StatutAcheminement
MESSAGES = (Canal.SMS, Canal.COURRIEL)
PERIME, ANNULE, BLOQUE, INTERROMPU = "perime", "annule", "bloque", "interrompu"


class AcheminementImpossible(ErreurMetier):
    """This message cannot be handled this way."""


def mettre_en_route(
    courriers: Sequence[Courrier], *, le: datetime, perimes: dict[int, datetime] | None = None
) -> list[Acheminement]:
    """Put messages on their way, in one query. They leave after a few minutes, at an hour when people may be written
    to; cancelled meanwhile, they do not leave.

    Args:
        perimes: by letter, the moment after which it has no sense.
    """
    faits = []
    for c in courriers:
        if c.canal not in MESSAGES:
            continue
        depart = heure_permise(Canal(c.canal), (le + DELAI_DE_GRACE).astimezone(PARIS))
        faits.append(Acheminement(courrier=c, prochain_essai_le=depart, perime_le=(perimes or {}).get(c.pk)))
    return Acheminement.objects.bulk_create(faits, batch_size=1000)


@transaction.atomic
def prendre(*, canal: Canal, le: datetime) -> Acheminement | None:
    """The next message to send, marked as taken: no other worker will take it, this one neither if it is cut.

    What was cancelled, has no sense any more, or must not leave (a death, an identity in doubt) is set aside.
    """
    while True:
        suivant = (
            Acheminement.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("courrier__personne__canonique", "courrier__contact")
            .filter(statut=S.EN_ATTENTE, prochain_essai_le__lte=le, courrier__canal=canal)
            .order_by("prochain_essai_le", "pk")
            .first()
        )
        if suivant is None:
            return None
        if raison := _inutile(suivant, le=le):
            suivant.statut, suivant.dernier_code, suivant.termine_le = S.ABANDONNE, raison, le
            suivant.save(update_fields=["statut", "dernier_code", "termine_le"])
            continue
        suivant.statut, suivant.pris_le, suivant.essais = S.EN_COURS, le, F("essais") + 1
        suivant.save(update_fields=["statut", "pris_le", "essais"])
        suivant.refresh_from_db(fields=["essais"])
        return suivant


def _inutile(a: Acheminement, *, le: datetime) -> str:
    c = a.courrier
    if c.annule_le is not None or c.etat:
        return ANNULE
    if a.perime_le is not None and a.perime_le <= le:
        return PERIME
    return BLOQUE if blocage_des_envois(c.personne.canonique or c.personne) else ""


@transaction.atomic
def noter_depart(*, acheminement: Acheminement, code: str = "", par: Agent, le: datetime) -> None:
    """The provider took it."""
    _finir(acheminement, S.REMIS, code, le)
    courrier = acheminement.courrier
    SuiviRemise.objects.create(courrier=courrier, etat=EtatRemise.ENVOYEE, le=jour(le), note_le=le, note_par=par)
    courrier.etat = EtatRemise.ENVOYEE
    courrier.save(update_fields=["etat"])


@transaction.atomic
def noter_refus(*, acheminement: Acheminement, code: str, par: Agent, le: datetime) -> None:
    """The recipient does not exist or refuses: the number or e-mail is kept, and used no more (R45)."""
    _finir(acheminement, S.REFUSE, code, le)
    noter_remise(courrier=acheminement.courrier, etat=EtatRemise.ECHEC, le_jour=jour(le), par=par, le=le)


@transaction.atomic
def noter_report(*, acheminement: Acheminement, code: str, par: Agent, le: datetime) -> bool:
    """The provider puts it off: tried again later, given up after the last attempt. Returns whether it will be."""
    attente = attente_avant_l_essai(acheminement.essais)
    if attente is None:
        _finir(acheminement, S.ABANDONNE, code, le)
        _echec_sans_faute(acheminement.courrier, par=par, le=le)
        return False
    prochain = heure_permise(Canal(acheminement.courrier.canal), (le + attente).astimezone(PARIS))
    Acheminement.objects.filter(pk=acheminement.pk).update(
        statut=S.EN_ATTENTE, dernier_code=code[:40], prochain_essai_le=prochain, pris_le=None
    )
    return True


def reprendre_les_interrompus(*, par: Agent, le: datetime) -> int:
    """Messages that a worker was sending when it was cut: nobody knows whether they left. Told to somebody, never sent
    again. Returns how many.
    """
    perdus = Acheminement.objects.filter(statut=S.EN_COURS, pris_le__lt=le - SANS_REPONSE).select_related("courrier")
    for a in list(perdus):
        with transaction.atomic():
            _finir(a, S.ABANDONNE, INTERROMPU, le)
            _echec_sans_faute(a.courrier, par=par, le=le)
    return len(perdus)


@transaction.atomic
def regler_echec(*, courrier: Courrier, par: Agent, le: datetime) -> None:
    """Somebody told the person otherwise, or decided that it was not needed.

    Raises:
        AcheminementImpossible: nothing failed.
    """
    if not Courrier.objects.filter(pk=courrier.pk, etat=EtatRemise.ECHEC).exists():
        raise AcheminementImpossible("Ce message n'est pas en échec.")
    # one that was sent by hand, then noted as not delivered, has no way of its own
    fait, _ = Acheminement.objects.get_or_create(
        courrier=courrier, defaults={"statut": S.REFUSE, "prochain_essai_le": le, "termine_le": le}
    )
    if fait.regle_le is not None:
        raise AcheminementImpossible("Cet échec est déjà noté comme réglé.")
    fait.regle_le, fait.regle_par = le, par
    fait.save(update_fields=["regle_le", "regle_par"])


def _echec_sans_faute(courrier: Courrier, *, par: Agent, le: datetime) -> None:
    """It did not leave, and her number or e-mail is not to blame."""
    SuiviRemise.objects.create(courrier=courrier, etat=EtatRemise.ECHEC, le=jour(le), note_le=le, note_par=par)
    courrier.etat = EtatRemise.ECHEC
    courrier.save(update_fields=["etat"])


def _finir(a: Acheminement, statut: StatutAcheminement, code: str, le: datetime) -> None:
    a.statut, a.dernier_code, a.termine_le = statut, code[:40], le
    a.save(update_fields=["statut", "dernier_code", "termine_le"])
