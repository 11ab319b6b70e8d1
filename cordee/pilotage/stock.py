"""The backlog: who was never accompanied, who was there before 2025 and has no contrat d'engagement (E15).

The people are those that the published indicators count, no others: a page, a campaign and the dashboard tell the same
number. What happened since the figures were computed (some seconds) is not seen.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from django.db import connection

from cordee.pilotage.demandes import Demande, demande_de, liste_de
from cordee.pilotage.enums import Niveau
from cordee.pilotage.selectors import _manifeste
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.enums import EnumLibelle


class Stock(EnumLibelle):
    """``value`` stands in addresses; ``INDICATEURS`` gives the figure."""

    SANS_CONTRAT = (
        "sans_contrat",
        "Présentes avant 2025, sans contrat d'engagement",
        "Toutes doivent avoir un contrat d'engagement au 1er janvier 2027.",
    )
    JAMAIS = (
        "jamais",
        "Jamais accompagnées",
        "Aucun échange avec un référent depuis leur entrée : ni entretien, ni contact abouti, ni contrat.",
    )


INDICATEURS: Final = {Stock.SANS_CONTRAT: "stock_sans_contrat_engagement", Stock.JAMAIS: "jamais_accompagnees"}


class Anciennete(EnumLibelle):
    """How long ago somebody entered. Upper bounds are excluded."""

    MOINS_1_AN = "moins_1_an", "Moins d'un an"
    DE_1_A_2 = "1_2_ans", "1 à 2 ans"
    DE_2_A_5 = "2_5_ans", "2 à 5 ans"
    DE_5_A_10 = "5_10_ans", "5 à 10 ans"
    PLUS_10 = "plus_10_ans", "10 ans et plus"
    INCONNUE = "inconnue", "Non connue"


_ANNEES: Final = {
    Anciennete.MOINS_1_AN: (0, 1), Anciennete.DE_1_A_2: (1, 2), Anciennete.DE_2_A_5: (2, 5),
    Anciennete.DE_5_A_10: (5, 10), Anciennete.PLUS_10: (10, 150),
}  # fmt: skip
# Her last entry: her own request, else the effect of her right; a return within a year is no entry (E16). Else the
# request of her household, for those whose entry no file has told.
_ENTREES: Final = """
SELECT q.id, coalesce(
    (SELECT max(coalesce(o.demande_le, o.effet_le, o.transmise_le)) FROM personnes_ouverturedroit o
     WHERE o.personne_id = q.id AND NOT o.retour),
    (SELECT max(f.demande_le) FROM personnes_appartenance a JOIN personnes_foyer f ON f.id = a.foyer_id
     WHERE a.personne_id = q.id AND a.fin IS NULL AND a.role IN ('dem', 'cjt'))
) FROM unnest(%s::bigint[]) q(id)
"""


def personnes_du_stock(stock: Stock) -> list[int]:
    """Ids of the people of the backlog today. No perimeter: chain it with ``personnes_visibles``.

    Raises:
        ChiffresAbsents: no figure was computed yet.
    """
    return list(liste_de(_demande(stock)))


def _demande(stock: Stock) -> Demande:
    manifeste = _manifeste()
    return demande_de(manifeste.version, INDICATEURS[stock], manifeste.au, Niveau.DEPARTEMENT, "")


def entrees_de(ids: list[int]) -> dict[int, date | None]:
    """When each of these people entered, in one query; ``None``: not known."""
    with connection.cursor() as curseur:
        curseur.execute(_ENTREES, [ids])
        return dict(curseur.fetchall())


def anciennete_de(entree: date | None, *, au: date) -> Anciennete:
    """The band of an entry.

    >>> anciennete_de(date(2025, 11, 22), au=date(2026, 11, 22)), anciennete_de(None, au=date(2026, 11, 22))
    (<Anciennete.DE_1_A_2: '1_2_ans'>, <Anciennete.INCONNUE: 'inconnue'>)
    """
    if entree is None:
        return Anciennete.INCONNUE
    for tranche, (de, a) in _ANNEES.items():
        if ajouter_mois(au, -12 * a) < entree <= ajouter_mois(au, -12 * de):
            return tranche
    return Anciennete.MOINS_1_AN if entree > au else Anciennete.PLUS_10


def anciennetes_du_stock(stock: Stock) -> dict[int, Anciennete]:
    """Person → how long ago she entered, for the people of the backlog.

    Raises:
        ChiffresAbsents: no figure was computed yet.
    """
    return _anciennetes(_demande(stock))


@lru_cache(maxsize=2 * len(Stock))
def _anciennetes(demande: Demande) -> dict[int, Anciennete]:
    """Kept with the list that the people come from: never changed by whoever reads it."""
    return {pk: anciennete_de(entree, au=demande.au) for pk, entree in entrees_de(list(liste_de(demande))).items()}
