"""The reasonable offer of employment still to be defined (C. trav. L5411-6-1, R5411-15-1): told, never an échéance.

Only outside the social path (E14, L5411-6-1 II), and when the project includes the search for salaried work: a line of
the plan says so, or one of the three elements is written already. Six months run from the signature: an update does not
start them again, a contract signed after another one ended does.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from cordee.metier.contrats.enums import EtatEngagement, FamilleActivite, GenreContrat
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.delais import echeance, en_vigueur_depuis
from cordee.socle.horloge import jour

REGLE: Final = "offre_raisonnable_emploi"
VOIES: Final = (Voie.EMPLOI, Voie.SOCIO_PRO)
"""Paths in which the offer is defined: never the social one."""


def q_ore_a_definir(maintenant: datetime, prefixe: str = "") -> Q:
    """People whose contract in force lacks one of the three elements it must define."""
    return Q(**{f"{prefixe}voie__in": VOIES}) & Q(pk__in=_a_completer(jour(maintenant)).values("personne"))


def ore_avant_le(personnes: Collection[int], *, au: date) -> dict[int, date]:
    """Person → the day before which her offer is to be defined, past or not: two queries. Nobody else is in it.

    Args:
        personnes: rows of persons, merged ones included: the contract's own row is the key.
    """
    voie = Q(personne__situation__voie__in=VOIES) | Q(personne__canonique__situation__voie__in=VOIES)
    contrats = dict(_a_completer(au).filter(voie, personne__in=personnes).values_list("personne_id", "pk"))
    if not contrats:
        return {}
    signes = Contrat.objects.filter(personne__in=contrats, debut__gte=en_vigueur_depuis(REGLE))
    lus = {pk: reste for pk, *reste in signes.values_list("pk", "debut", "fin", "precedent_id")}
    return {personne: echeance(REGLE, depuis=_depart(pk, lus)).date for personne, pk in contrats.items()}


def _depart(pk: int, lus: dict[int, list[date | int | None]]) -> date:
    """The signature of the contract that the others only updated, as far as the rule goes back."""
    debut, _, avant = lus[pk]
    while isinstance(avant, int) and avant in lus and lus[avant][1] == debut:
        debut, _, avant = lus[avant]
    if not isinstance(debut, date):
        raise TypeError("a contract in force has its first day")
    return debut


def _a_completer(au: date) -> QuerySet[Contrat]:
    """Contracts in force whose project includes salaried work and lacks an element of the offer."""
    recherche = Engagement.objects.filter(famille=FamilleActivite.RECHERCHE).exclude(etat=EtatEngagement.ABANDONNE)
    vides = [Q(**{nom: ""}) for nom in ("ore_emploi", "ore_zone", "ore_salaire")]
    return Contrat.objects.filter(
        vides[0] | vides[1] | vides[2],
        Q(pk__in=recherche.values("contrat")) | ~(vides[0] & vides[1] & vides[2]),
        genre=GenreContrat.CONTRAT_ENGAGEMENT, fin__isnull=True, debut__lte=au, debut__gte=en_vigueur_depuis(REGLE),
    )  # fmt: skip
