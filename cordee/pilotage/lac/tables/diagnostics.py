"""What interviews established, by theme and impact only (V3): never the situations, the objectives or the notes."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import FIN, PARIS, Table, colonnes

THEMES: Final = (
    "sante", "logement", "mobilite", "famille", "finances", "numerique", "demarches", "langue", "confiance",
)  # fmt: skip
"""The themes of the diagnosis (``ThemeDiagnostic``), one column each: the impact that was found."""
_THEMES: Final = "\n".join(f"{theme} VARCHAR = t.themes ->> '{theme}'" for theme in THEMES)

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "diagnostics", "orientation_diagnostic",
        colonnes(f"""
            id BIGINT
            personne_id BIGINT
            jour DATE = (t.mene_le {PARIS})::date
            remplace_id BIGINT
            situation_pro VARCHAR
            niveau VARCHAR
            diplome VARCHAR
            projection BOOLEAN
            projet_pro VARCHAR
            {_THEMES}
        """),
        "Les entretiens de diagnostic : leur jour, ce qu'ils ont établi, l'impact de chaque difficulté (fort, faible,"
        " aucun, refus, non_aborde) ; remplace_id : le diagnostic que celui-ci corrige.",
        personne="personne_id", debut="jour", ou="NOT t.brouillon",
    ),
    Table(
        "constats", "orientation_constat",
        colonnes(f"""
            personne_id BIGINT
            nature VARCHAR
            theme VARCHAR = split_part(t.code, '.', 1)
            source VARCHAR
            debut DATE
            fin DATE = {FIN}
        """),
        "Les situations et objectifs notés, par thème et par source, ouverts puis fermés ; jamais le code précis.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "droits_examines", "prestations_droitexamine",
        colonnes(f"""
            personne_id BIGINT
            droit VARCHAR
            suite VARCHAR
            jour DATE = (t.le {PARIS})::date
        """),
        "Les autres droits examinés avec la personne, et ce qui en a été fait.", personne="personne_id", debut="jour",
    ),
    Table(
        "joignables", "personnes_contact",
        colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            debut DATE
            fin DATE = {FIN}
        """),
        "Par quels moyens une personne peut être jointe, datés (téléphone, courriel) ; jamais le numéro ni l'adresse.",
        personne="personne_id", debut="debut", fin="fin", ou="NOT t.en_echec",
    ),
)  # fmt: skip
