"""Accompagnement global, complaints, parallel duties that figures count, files received."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import FIN, JAMAIS, PARIS, Table, colonnes

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "accompagnements_globaux", "suivi_accompagnementglobal",
        colonnes(f"""
            personne_id BIGINT
            structure_id BIGINT
            sans_rsa BOOLEAN
            issue VARCHAR
            debut DATE
            fin DATE = {FIN}
        """),
        "Les accompagnements globaux, leur sortie et son issue.", personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "reclamations", "suivi_reclamation",
        colonnes("""
            personne_id BIGINT
            genre VARCHAR
            objet VARCHAR
            structure_id BIGINT
            recue_le DATE
            repondre_avant DATE
            repondue_le DATE
            issue VARCHAR
        """),
        "Les réclamations et demandes de médiation, et leur réponse ; jamais ce qui a été dit.",
        personne="personne_id", debut="recue_le",
    ),
    Table(
        "echeances", "parcours_echeance",
        colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            echeance DATE
            debut DATE = t.ouverte_le
            fin DATE = coalesce(t.fermee_le, DATE '{JAMAIS}')
        """),
        "Les échéances parallèles que des chiffres comptent : droits perdus à vérifier, nouvelles dans l'emploi.",
        personne="personne_id", debut="debut", fin="fin", ou="t.genre IN ('non_recours', 'suivi_emploi')",
    ),
    Table(
        "fichiers", "fichiers_fichierrecu",
        colonnes(f"""
            type VARCHAR
            organisme_id BIGINT
            emetteur_id BIGINT
            statut VARCHAR
            reference_le DATE
            recu_le DATE
            charge_le DATE = (t.charge_le {PARIS})::date
        """),
        "Les fichiers reçus : ce qu'ils montrent (reference_le), quand ils sont arrivés, quand ils ont été chargés.",
        debut="recu_le",
    ),
)  # fmt: skip
