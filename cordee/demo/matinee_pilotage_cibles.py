"""Targets and views of the demonstration: what the source documents aim at, with their words; who answers is invented.

Only what a text says is a target: the programme (PDIE 2023-2027), the decrees, and the figure announced for the end of
2025, held here for last year's promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from cordee.demo.organisation import Organisation
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.carte import carte
from cordee.pilotage.cibles.services import Engagement, fixer
from cordee.pilotage.entetes import definitions
from cordee.pilotage.enums_vues import Cadence
from cordee.pilotage.models import VueGardee
from cordee.pilotage.vues_gardees.services import Page, Rythme, abonner, garder
from cordee.reglementation.enums import Nature

LIRE: Final = (Permission.PILOTER, Permission.ENCADRER)


@dataclass(frozen=True, slots=True)
class _Visee:
    """A target as its text says it."""

    code: str
    valeur: float
    echeance: date
    fixee_le: date
    nature: Nature
    origine: str


VISEES: Final = (
    _Visee(
        "stock_sans_contrat_engagement", 0, date(2026, 12, 31), date(2025, 1, 1), Nature.LEGALE,
        "Décret 2024-1244 : un contrat d'engagement pour toutes les personnes présentes au 1er janvier 2025, avant le "
        "1er janvier 2027.",
    ),
    _Visee(
        "orientation_delai_legal", 100, date(2025, 12, 31), date(2025, 1, 1), Nature.LEGALE,
        "CASF D262-65-2 : orientation sous six semaines, depuis le 1er janvier 2025.",
    ),
    _Visee(
        "orientation_delai_legal", 100, date(2026, 12, 31), date(2026, 1, 1), Nature.LEGALE,
        "CASF D262-65-2 : orientation sous six semaines.",
    ),
    _Visee(
        "contrat_30_jours_droit", 100, date(2027, 12, 31), date(2023, 1, 31), Nature.OBJECTIF,
        "PDIE 2023-2027, « Une orientation rapide et personnalisée » : premier contrat sous un mois à compter de "
        "l'ouverture du droit.",
    ),
    _Visee(
        "taux_contrat", 50, date(2025, 12, 31), date(2025, 12, 31), Nature.OBJECTIF,
        "Presse, 5 janvier 2026 : plus de 50 % des allocataires sous contrat fin 2025. Annoncé comme un résultat, tenu "
        "ici pour la promesse de l'an dernier.",
    ),
)  # fmt: skip
"""Rates and nought only: they mean the same in a small demonstration."""


@transaction.atomic
def fixer_des_cibles(organisation: Organisation, *, le: datetime) -> int:
    """Targets whose indicator is there, and two views. Done once. Gives how many targets."""
    par, responsable = organisation.comptes["pilotage"], organisation.comptes["encadrante"]
    direction = organisation.structures["DIR"].nom
    retenues = [v for v in VISEES if v.code in definitions()]
    for v in retenues:
        engagement = Engagement(
            organisme=direction, origine=v.origine, fixee_le=v.fixee_le, agent=responsable, nature=v.nature
        )
        fixer(
            code=v.code, territoire=carte().departement, valeur=v.valeur, echeance=v.echeance, engagement=engagement,
            par=par, le=le,
        )  # fmt: skip
    _garder_des_vues(organisation, le=le)
    return len(retenues)


def _garder_des_vues(organisation: Organisation, *, le: datetime) -> None:
    par = organisation.comptes["pilotage"]
    if VueGardee.objects.filter(agent=par).exists():
        return
    lundi = garder(
        page=Page(page="pilotage", permissions=LIRE), nom="Le département, chaque lundi", partagee=True, par=par, le=le
    )
    destinataires = [par, organisation.comptes["elu"]]
    abonner(vue=lundi, destinataires=destinataires, rythme=Rythme(cadence=Cadence.CHAQUE_LUNDI), par=par, le=le)
    garder(
        page=Page(page="pilotage_echeance", parametres={"niveau": "structure"}, permissions=LIRE),
        nom="L'échéance de 2027, structure par structure", partagee=True, par=par, le=le,
    )  # fmt: skip
