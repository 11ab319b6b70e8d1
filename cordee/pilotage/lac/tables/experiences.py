"""Who takes part in an experiment, as experiments say it."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import FIN, Table, colonnes

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "participations", "pilotage_participation",
        colonnes(f"""
            personne_id BIGINT
            experience_id BIGINT
            groupe VARCHAR
            debut DATE
            fin DATE = {FIN}
        """),
        "Les personnes inscrites à une expérimentation, ou ses témoins.", personne="personne_id", debut="debut",
        fin="fin",
    ),
)  # fmt: skip
