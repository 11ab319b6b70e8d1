"""The decisions of a period, counted with what is known of the people: adoption, disagreement, disparities.

Decisions of the Département only (not the operator's). Each is read as the person was on the day of the decision: sex,
age, household, territory. These are read to *check* the rule, never by the rule (domain §6.4). Nothing here is counted
by agent, but for the figures an agent asks of herself (V10).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from cordee.metier.orientation.enums import Famille, TrancheAge
from cordee.metier.personnes.enums import Sexe
from cordee.socle.horloge import PARIS

INCONNU: Final = "inconnu"
DIMENSIONS: Final = ("sexe", "age", "famille", "territoire")

# One row per decision. ``{colonnes}`` is ours, never typed by anybody.
_SOURCE: Final = """
WITH decisions AS (
    SELECT o.*, coalesce(b.canonique_id, b.id) AS qui, (o.decidee_le AT TIME ZONE 'Europe/Paris')::date AS jour
    FROM orientation_orientation o JOIN personnes_personne b ON b.id = o.personne_id
    WHERE o.decidee_le >= %(debut)s AND o.decidee_le < %(fin)s AND NOT o.par_operateur
      AND (%(structures)s::bigint[] IS NULL OR o.structure_id = ANY(%(structures)s::bigint[]))
      AND (%(agent)s::bigint IS NULL OR o.decidee_par_id = %(agent)s::bigint)
), lues AS (
    SELECT d.*,
        coalesce(nullif(p.sexe, ''), 'inconnu') AS sexe,
        CASE WHEN p.date_naissance IS NULL THEN 'inconnu' ELSE (
            SELECT CASE WHEN a < 26 THEN 'moins_26' WHEN a < 30 THEN 'de_26_a_29' WHEN a < 40 THEN 'de_30_a_39'
                        WHEN a < 50 THEN 'de_40_a_49' WHEN a < 60 THEN 'de_50_a_59' ELSE 'plus_60' END
            FROM (SELECT extract(year FROM age(d.jour, p.date_naissance)) AS a) x) END AS age,
        CASE WHEN m.foyer_id IS NULL THEN 'inconnu'
             WHEN f.couple THEN CASE WHEN f.enfants THEN 'couple_avec' ELSE 'couple_sans' END
             ELSE CASE WHEN f.enfants THEN 'seul_avec' ELSE 'seul_sans' END END AS famille,
        coalesce(c.ept_id, 'inconnu') AS territoire
    FROM decisions d
    JOIN personnes_personne p ON p.id = d.qui
    LEFT JOIN LATERAL (
        SELECT foyer_id FROM personnes_appartenance
        WHERE personne_id = d.personne_id AND role IN ('dem', 'cjt')
          AND debut <= d.jour AND (fin IS NULL OR fin > d.jour)
        ORDER BY debut DESC, id DESC LIMIT 1
    ) m ON true
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE role IN ('dem', 'cjt')) > 1 AS couple,
               count(*) FILTER (WHERE role IN ('enf', 'aut') AND a_charge) > 0 AS enfants
        FROM personnes_appartenance
        WHERE foyer_id = m.foyer_id AND debut <= d.jour AND (fin IS NULL OR fin > d.jour)
    ) f ON true
    LEFT JOIN LATERAL (
        (SELECT commune_id, 0 AS ordre, rang FROM personnes_adresse
         WHERE personne_id = d.personne_id AND debut <= d.jour AND (fin IS NULL OR fin > d.jour))
        UNION ALL
        (SELECT commune_id, 1, rang FROM personnes_adresse
         WHERE foyer_id = m.foyer_id AND debut <= d.jour AND (fin IS NULL OR fin > d.jour))
        ORDER BY ordre, rang LIMIT 1
    ) a ON true
    LEFT JOIN territoires_commune c ON c.code_insee = a.commune_id
)
"""

# Changes when a decision of the period is written, corrected or withdrawn.
_ETAT: Final = """
SELECT count(*), max(id), max(xmin::text::bigint) FROM orientation_orientation
WHERE decidee_le >= %(debut)s AND decidee_le < %(fin)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periode:
    """From ``du`` to ``au`` excluded."""

    du: date
    au: date

    def bornes(self) -> dict[str, Any]:
        return {cle: datetime.combine(j, time(), tzinfo=PARIS) for cle, j in (("debut", self.du), ("fin", self.au))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cellule:
    """Decisions alike, counted. ``suivie`` ``None``: no proposal was made (default orientation, former tool)."""

    sexe: str
    age: str
    famille: str
    territoire: str
    voie_proposee: str
    categorie_proposee: str
    voie: str
    categorie: str
    suivie: bool | None
    motif_ecart: str
    n: int

    def groupe(self, dimension: str) -> str:
        """What this cell is in a dimension (``DIMENSIONS``)."""
        return str(getattr(self, dimension))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionConservee:
    """One decision with the answers kept with it, to try another rule on."""

    reponses: dict[str, Any] | None
    voie: str
    categorie: str
    sexe: str
    age: str
    famille: str
    territoire: str


def cellules(periode: Periode, *, structures: Iterable[int] | None = None, agent: int | None = None) -> list[Cellule]:
    """Decisions of a period, grouped. One query, whatever their number.

    Args:
        structures: only decisions towards these (``None``: all).
        agent: only those she took herself: her own figures, shown to her alone.
    """
    noms = ("sexe", "age", "famille", "territoire", "voie_proposee", "categorie_proposee", "voie", "categorie",
            "suivie", "motif_ecart")  # fmt: skip
    colonnes = ", ".join(noms)
    sql = f"{_SOURCE} SELECT {colonnes}, count(*) FROM lues GROUP BY {colonnes}"
    return [Cellule(**dict(zip((*noms, "n"), ligne, strict=True))) for ligne in _lire(sql, periode, structures, agent)]


def cellules_gardees(periode: Periode, *, structures: frozenset[int] | None) -> tuple[Cellule, ...]:
    """``cellules``, kept until a decision of the period is taken or changed, or the day ends: one light query.

    A household corrected in the day by a file is read the next day: the rule is checked over months.
    """
    with connection.cursor() as curseur:
        curseur.execute(_ETAT, periode.bornes())
        (etat,) = curseur.fetchall()
    return _gardees(periode, structures, etat, connection.settings_dict["NAME"])


@lru_cache(maxsize=64)
def _gardees(
    periode: Periode, structures: frozenset[int] | None, _etat: tuple[Any, ...], _base: str
) -> tuple[Cellule, ...]:
    return tuple(cellules(periode, structures=structures))


def decisions_conservees(periode: Periode) -> list[DecisionConservee]:
    """Every decision of a period with the answers kept with it. One query."""
    noms = ("voie", "categorie", "sexe", "age", "famille", "territoire")
    sql = f"{_SOURCE} SELECT proposition -> 'reponses', {', '.join(noms)} FROM lues"
    return [
        DecisionConservee(reponses=_json(reponses), **dict(zip(noms, reste, strict=True)))
        for reponses, *reste in _lire(sql, periode, None, None)
    ]


def ids_des_decisions(
    periode: Periode, filtres: Mapping[str, str], *, structures: Iterable[int] | None = None, agent: int | None = None
) -> list[int]:
    """The decisions behind a number: same rule, same words. ``filtres``: column of ``Cellule`` → value.

    Raises:
        ValueError: no such column.
    """
    conditions: list[str] = ["true"]
    valeurs: dict[str, Any] = {}
    for nom, valeur in filtres.items():
        if nom not in {*DIMENSIONS, "voie_proposee", "categorie_proposee", "voie", "categorie", "suivie",
                       "motif_ecart"}:  # fmt: skip
            raise ValueError(f"no column {nom}")
        if nom == "suivie":
            conditions.append({"oui": "suivie", "non": "NOT suivie", "proposee": "suivie IS NOT NULL"}.get(
                valeur, "suivie IS NULL"))  # fmt: skip
        else:
            conditions.append(f"{nom} = %(f_{nom})s")
            valeurs[f"f_{nom}"] = valeur
    sql = f"{_SOURCE} SELECT id FROM lues WHERE {' AND '.join(conditions)}"
    return [pk for (pk,) in _lire(sql, periode, structures, agent, valeurs)]


def libelle_du_groupe(dimension: str, groupe: str) -> str:
    """The words of a group; territories keep their code (their names are data)."""
    if groupe == INCONNU:
        return "Non renseigné"
    listes: dict[str, Any] = {"sexe": Sexe, "age": TrancheAge, "famille": Famille}
    return str(listes[dimension](groupe).libelle) if dimension in listes else groupe


def _lire(
    sql: str, periode: Periode, structures: Iterable[int] | None, agent: int | None,
    valeurs: dict[str, Any] | None = None,
) -> list[tuple[Any, ...]]:  # fmt: skip
    parametres = {
        **periode.bornes(), "structures": None if structures is None else sorted(structures), "agent": agent,
        **(valeurs or {}),
    }  # fmt: skip
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return list(curseur.fetchall())


def _json(valeur: Any) -> dict[str, Any] | None:
    lu = json.loads(valeur) if isinstance(valeur, str) else valeur
    return lu if isinstance(lu, dict) else None
