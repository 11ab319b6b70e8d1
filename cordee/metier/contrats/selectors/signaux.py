"""What contracts tell the boards: hours nobody told of, hours to look at again, our late promises (R11, R15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from cordee.metier.contrats.enums import Engage, EtatEngagement
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.contrats.regles.heures import UNE_SEMAINE, lundi
from cordee.metier.parcours.enums import Etat
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.contrat_engagement import MotifDispense
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour

EN_ACTIVITE = (Etat.ACCOMPAGNEE, Etat.EN_ACTION, Etat.EN_EMPLOI_PARTIEL, Etat.INDEPENDANTE)
"""States in which weekly hours are asked for: nobody whose path is interrupted, ill or retired is reminded of them."""


def q_heures_absentes(maintenant: datetime, prefixe: str = "") -> Q:
    """People whose contract bears hours and of whose last weeks nobody has said anything."""
    au = jour(maintenant)
    limite = lundi(au) - entier("heures_alerte_semaines", au=au) * UNE_SEMAINE
    attendus = Contrat.objects.filter(
        Q(derniere_semaine__isnull=True) | Q(derniere_semaine__lt=limite), fin__isnull=True, heures__gt=0,
        debut__lte=limite,
    )  # fmt: skip
    return Q(**{f"{prefixe}etat__in": EN_ACTIVITE}) & Q(pk__in=attendus.values("personne"))


def q_heures_a_revoir(maintenant: datetime, prefixe: str = "") -> Q:
    """People whose agreed hours are to be looked at again soon: the agreed day, the child's twelfth birthday (E36)."""
    au = jour(maintenant)
    avant = au + timedelta(days=entier("heures_revue_alerte_jours", au=au))
    ne_avant = ajouter_mois(avant, -12 * entier("dispense_heures_age_enfant", au=au))
    enfant = Q(enfant_ne_le__lte=ne_avant, motif_heures=str(MotifDispense.PARENT_ISOLE_SANS_GARDE), heures=0)
    a_revoir = Contrat.objects.filter(
        Q(revue_heures_le__isnull=False) | Q(enfant_ne_le__isnull=False), Q(revue_heures_le__lte=avant) | enfant,
        debut__isnull=False, fin__isnull=True,
    )  # fmt: skip
    return Q(pk__in=a_revoir.values("personne"))


def q_promis() -> Q:
    """Promises of the body with a day, in contracts in force, that nobody has said kept."""
    return Q(
        engage=Engage.ORGANISME, etat=EtatEngagement.EN_COURS, avant_le__isnull=False, contrat__debut__isnull=False,
        contrat__fin__isnull=True,
    )  # fmt: skip


def q_engagements_en_retard(maintenant: datetime) -> Q:
    """Those whose day is past."""
    return q_promis() & Q(avant_le__lt=jour(maintenant))


def q_engagements_a_venir(maintenant: datetime) -> Q:
    """Those whose day is today or later: what was promised and can still be kept in time (R15)."""
    return q_promis() & Q(avant_le__gte=jour(maintenant))


def q_promesses(maintenant: datetime, prefixe: str = "") -> Q:
    """People to whom we promised something that is late."""
    retards = Engagement.objects.filter(q_engagements_en_retard(maintenant))
    return Q(pk__in=retards.values("contrat__personne"))
