"""Who is in it, her household, her rights, where she lives."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import FIN, Table, colonnes

_SALARIEE: Final = (
    "CASE WHEN t.detail -> 'Activite' -> 0 IS NOT NULL "
    "THEN jsonb_path_exists(t.detail -> 'Activite', '$[*] ? (@.NATCONTRTRA != \"\")') END"
)
"""Her file says a work contract (NATCONTRTRA), whatever she earns."""

_NATURES: Final = "$.DetailDroitRSA.DetailCalculDroitRSA[*].NATPF"
_MAJORE: Final = (
    f"CASE WHEN jsonb_path_exists(t.detail, '{_NATURES}') "
    f'THEN jsonb_path_exists(t.detail, \'{_NATURES} ? (@ == "RSI" || @ == "RCI")\') END'
)
"""The increased RSA (NATPF RSI, RCI): lone parents of young children, pregnant women alone."""

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "personnes", "personnes_personne",
        colonnes("""
            id BIGINT
            canonique_id BIGINT
            sexe VARCHAR
            naissance DATE = date_trunc('month', t.date_naissance)::date
            deces_le DATE
        """),
        "Une ligne par fiche ; canonique_id : la fiche à laquelle elle est réunie ; naissance : le premier du mois.",
    ),
    Table(
        "foyers", "personnes_foyer",
        colonnes("""
            foyer_id BIGINT = t.id
            demande_le DATE
            situation_familiale VARCHAR
        """),
        "Un foyer, sa date de demande (DTDEMRSA).",
    ),
    Table(
        "appartenances", "personnes_appartenance",
        colonnes(f"""
            personne_id BIGINT
            foyer_id BIGINT
            role VARCHAR
            responsable BOOLEAN
            a_charge BOOLEAN
            debut DATE
            fin DATE = {FIN}
        """),
        "Le rôle d'une personne dans un foyer, daté.", personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "droits_foyers", "personnes_droitfoyer",
        colonnes(f"""
            foyer_id BIGINT
            etat VARCHAR
            motif VARCHAR
            montant DOUBLE
            majore BOOLEAN = {_MAJORE}
            debut DATE
            fin DATE = {FIN}
        """),
        "L'état du droit d'un foyer (ETATDOSRSA) et son motif, daté par les fichiers ; majore : RSA majoré "
        "(NATPF RSI ou RCI ; vide : nature non transmise).",
        debut="debut", fin="fin",
    ),
    Table(
        "droits_personnes", "personnes_droitpersonne",
        colonnes(f"""
            personne_id BIGINT
            foyer_id BIGINT
            sdd BOOLEAN
            activite VARCHAR = t.detail -> 'Activite' -> 0 ->> 'ACT'
            salariee BOOLEAN = {_SALARIEE}
            debut DATE
            fin DATE = {FIN}
        """),
        "L'indicateur « soumise aux droits et devoirs » d'une personne, daté ; vide : non transmis. activite : le code "
        "ACT du fichier ; salariee : une activité y porte une nature de contrat de travail (vide : non transmis).",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "ouvertures", "personnes_ouverturedroit",
        colonnes("""
            personne_id BIGINT
            foyer_id BIGINT
            demande_le DATE
            effet_le DATE
            transmise_le DATE
            recue_le DATE
            retour BOOLEAN
        """),
        "Les quatre dates d'une entrée : demande, effet, première transmission, réception.",
        personne="personne_id", debut="recue_le",
    ),
    Table(
        "adresses", "personnes_adresse",
        colonnes(f"""
            foyer_id BIGINT
            personne_id BIGINT
            commune VARCHAR = t.commune_id
            localisation VARCHAR
            rang INTEGER
            debut DATE
            fin DATE = {FIN}
        """),
        "La commune où vit un foyer, ou une personne quand un agent l'a établi, datée.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "inscriptions", "personnes_identifiant",
        colonnes(f"""
            personne_id BIGINT
            debut DATE
            fin DATE = {FIN}
        """),
        "Depuis quand une personne est connue de l'opérateur de l'emploi (sans son identifiant).",
        personne="personne_id", debut="debut", fin="fin", ou="t.genre = 'operateur_emploi'",
    ),
)  # fmt: skip
