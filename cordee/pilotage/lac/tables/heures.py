"""Weekly hours, as each source says them (ADR 0027). What was planned stands with the contract (``contrats``)."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import JAMAIS, PARIS, Table, colonnes

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "heures", "contrats_heuresrealisees",
        colonnes(f"""
            personne_id BIGINT
            semaine DATE
            famille VARCHAR
            source VARCHAR
            structure_id BIGINT
            heures DOUBLE
            empechement VARCHAR
            saisie_le DATE = (t.saisie_le {PARIS})::date
            remplacee_le DATE = coalesce((t.remplacee_le {PARIS})::date, DATE '{JAMAIS}')
        """),
        "Les heures d'une semaine (son lundi), par activité et par source (déclarées, constatées, justifiées) ;"
        " remplacee_le : le jour où une correction les remplace.",
        personne="personne_id", debut="semaine",
    ),
)  # fmt: skip
