"""The whole population: is anybody forgotten, and what is open."""

from __future__ import annotations

import json
from datetime import date
from typing import TypedDict

from django.db import connection
from django.db.models import QuerySet

from cordee.metier.parcours.models import Etape


class Verification(TypedDict):
    """The answer to « is anybody forgotten? »."""

    soumis: int
    sans_etape: int
    etapes_en_retard: int
    echeances_en_retard: int
    par_genre: dict[str, int]


# A person is owed a step when her situation says so, or when the file's current rows do (flag 1 and an open right:
# E30, perimeter sdd_operationnel) and nothing was ever recorded of her path. Each part is read from an index alone.
_VERIFICATION = """
WITH reunies AS (
    SELECT id FROM personnes_personne WHERE canonique_id IS NOT NULL
), ouvertes AS MATERIALIZED (
    SELECT genre, count(*) AS n, count(*) FILTER (WHERE echeance < %(au)s) AS en_retard
    FROM parcours_etape WHERE fermee_le IS NULL GROUP BY genre
), suivies AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE s.personne_id NOT IN (
        SELECT personne_id FROM parcours_etape WHERE fermee_le IS NULL
    )) AS sans
    FROM parcours_situation s WHERE s.soumis AND s.personne_id NOT IN (SELECT id FROM reunies)
), ignorees AS (
    SELECT count(DISTINCT dp.personne_id) AS n
    FROM personnes_droitpersonne dp
    JOIN personnes_droitfoyer df ON df.foyer_id = dp.foyer_id AND df.fin IS NULL AND df.etat IN ('2', '3', '4')
    WHERE dp.fin IS NULL AND dp.sdd AND dp.personne_id NOT IN (SELECT id FROM reunies)
      AND NOT EXISTS (SELECT 1 FROM parcours_situation s WHERE s.personne_id = dp.personne_id)
)
SELECT
    suivies.n + ignorees.n,
    suivies.sans + ignorees.n,
    (SELECT coalesce(sum(en_retard), 0)::bigint FROM ouvertes),
    (SELECT count(*) FROM parcours_echeance WHERE fermee_le IS NULL AND echeance < %(au)s),
    (SELECT coalesce(jsonb_object_agg(genre, n ORDER BY genre), '{}')::text FROM ouvertes)
FROM suivies, ignorees
"""


def verifier_parcours(au: date) -> Verification:
    """Whether anybody subject to droits et devoirs is left without a next step: one query over everybody."""
    with connection.cursor() as curseur:
        curseur.execute(_VERIFICATION, {"au": au})
        soumis, sans_etape, etapes_tard, echeances_tard, par_genre = curseur.fetchone()
    return Verification(
        soumis=soumis,
        sans_etape=sans_etape,
        etapes_en_retard=etapes_tard,
        echeances_en_retard=echeances_tard,
        par_genre=json.loads(par_genre),
    )


def etapes(*, au: date, retard: bool = False) -> QuerySet[Etape]:
    """Every open étape principale, the most urgent first; only the late ones when asked. For the command line."""
    ouvertes = Etape.objects.filter(fermee_le__isnull=True).select_related("structure", "agent")
    return (ouvertes.filter(echeance__lt=au) if retard else ouvertes).order_by("echeance", "pk")
