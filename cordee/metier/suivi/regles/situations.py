"""Each particular situation: what may be found of it, which values it uses, what ends it (life cycle, R70–R75)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from cordee.metier.parcours.enums import Etat
from cordee.metier.suivi.enums import Constat
from cordee.reglementation.calendrier import ajouter_mois

C = Constat


@dataclass(frozen=True, slots=True)
class PointAttendu:
    """One situation. ``constats``: what may be found; ``fins``: what closes it; ``champs``: the values it records."""

    acte: str
    constats: tuple[Constat, ...]
    fins: frozenset[Constat]
    champs: tuple[str, ...] = ()
    conseil: str = ""


POINTS: Final[dict[Etat, PointAttendu]] = {
    Etat.BILAN_VIEILLESSE: PointAttendu(
        "point_retraite",
        (C.RELEVE_DEMANDE, C.TAUX_PLEIN_PLUS_TARD, C.RETRAITE_DEMANDEE, C.RETRAITE_OUVERTE),
        frozenset({C.RETRAITE_OUVERTE}),
        ("date_cle",),
        "Relevé de carrière, âge du taux plein, ASPA. À taux plein, aucune inscription comme demandeur d'emploi ni "
        "heures d'activité (C. trav. L5411-1).",
    ),
    Etat.BILAN_HANDICAP: PointAttendu(
        "point_handicap",
        (C.DOSSIER_A_DEPOSER, C.REPONSE_ATTENDUE, C.RQTH_OBTENUE, C.AAH_OBTENUE, C.DEMANDE_REFUSEE),
        frozenset({C.RQTH_OBTENUE, C.AAH_OBTENUE, C.DEMANDE_REFUSEE}),
        ("date_cle",),
        "Les dates seules : ni diagnostic, ni taux. Une RQTH ouvre l'accompagnement de Cap emploi : demandez alors "
        "une réorientation, si la personne le souhaite.",
    ),
    Etat.EN_EMPLOI_PARTIEL: PointAttendu(
        "point_emploi",
        (C.EMPLOI_TENU, C.HEURES_EN_PLUS, C.EMPLOI_FRAGILE, C.EMPLOI_FINI),
        frozenset({C.EMPLOI_FINI}),
        ("heures", "horaires", "fin_le"),
        "Les heures travaillées comptent dans le plan. Fixez les rendez-vous en dehors de ses horaires.",
    ),
    Etat.INDEPENDANTE: PointAttendu(
        "point_activite",
        (C.VIABLE, C.A_CONSOLIDER, C.A_REDIRIGER, C.ACTIVITE_CESSEE),
        frozenset({C.ACTIVITE_CESSEE}),
        ("trimestre", "chiffre_affaires", "heures"),
        "Le chiffre d'affaires du trimestre, au rythme de la déclaration. Les heures de l'activité comptent.",
    ),
    Etat.EN_ACTION: PointAttendu(
        "point_action",
        (C.ACTION_SUIVIE, C.ACTION_DIFFICILE, C.SUITE_PREPAREE, C.ACTION_FINIE),
        frozenset({C.ACTION_FINIE}),
        ("fin_le",),
        "Au milieu de l'action, puis quinze jours avant sa fin : la suite se prépare avant.",
    ),
    Etat.MINEURE: PointAttendu(
        "relais_jeunesse",
        (C.RELAIS_ML, C.RELAIS_ASE, C.RELAIS_DOUBLE),
        frozenset({C.RELAIS_ML, C.RELAIS_ASE, C.RELAIS_DOUBLE}),
        (),
        "La mission locale ou l'aide sociale à l'enfance prend le relais ; le parcours reprend ensuite avec elle.",
    ),
}
ACTES: Final[dict[str, Etat]] = {p.acte: etat for etat, p in POINTS.items()}


def prochain_de_l_action(*, fin: date | None, jour: date, debut: date | None = None) -> tuple[date | None, str]:
    """(next point of an action, which one): half-way when the action begins, then fifteen days before its end.

    Too short to have two, or no end known: ``None``, and the rule of the étape gives the date.

    >>> prochain_de_l_action(debut=date(2026, 1, 5), fin=date(2026, 5, 5), jour=date(2026, 1, 6))
    (datetime.date(2026, 3, 6), 'mi_parcours')
    >>> prochain_de_l_action(fin=date(2026, 5, 5), jour=date(2026, 3, 9))
    (None, 'fin')
    """
    if fin is None:
        return None, ""
    if debut is not None:
        milieu = debut + (fin - debut) / 2
        if jour < milieu < fin - timedelta(days=15):
            return milieu, "mi_parcours"
    return None, "fin"


def trimestre_de(jour: date) -> date:
    """The first day of the last whole quarter before a day: the one that is being declared.

    >>> trimestre_de(date(2026, 4, 2)).isoformat(), trimestre_de(date(2026, 1, 31)).isoformat()
    ('2026-01-01', '2025-10-01')
    """
    return ajouter_mois(date(jour.year, 3 * ((jour.month - 1) // 3) + 1, 1), -3)


def tendance(chiffres: list[Decimal]) -> str:
    """What the turnovers say, oldest first: never an advice by itself, the person and the référent decide.

    >>> tendance([Decimal(900), Decimal(1200), Decimal(1500)]), tendance([Decimal(900)])
    ('en hausse', '')
    """
    if len(chiffres) < 2:
        return ""
    premier, dernier = chiffres[0], chiffres[-1]
    if dernier > premier * Decimal("1.1"):
        return "en hausse"
    return "en baisse" if dernier < premier * Decimal("0.9") else "stable"
