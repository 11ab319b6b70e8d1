"""The staging tables of one contacts file: temporary, filled by COPY, gone at the end of the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from django.db import connection

from cordee.echanges.contacts.lecture import LigneLue
from cordee.metier.personnes.enums import GenreContact
from cordee.metier.personnes.regles import CONTEXTE_NIR, cle_nom
from cordee.socle.chiffrement import empreinteur

Valeurs = list[tuple[object, ...]]
_TABLES: Final = """
CREATE TEMP TABLE contacts_ligne (
    rang integer, ligne integer, nir bytea, matricule text, numdemrsa text, role text, nom text, prenom text
) ON COMMIT DROP;
CREATE TEMP TABLE contacts_valeur (rang integer, genre text, valeur text, autorisation text) ON COMMIT DROP;
"""
_LIGNE: Final = ("rang", "ligne", "nir", "matricule", "numdemrsa", "role", "nom", "prenom")
_VALEUR: Final = ("rang", "genre", "valeur", "autorisation")


def ouvrir() -> None:
    """Make the tables, for this transaction only."""
    fermer()
    _executer(_TABLES)


def fermer() -> None:
    """Drop whatever a run made, these tables and those of the merge: two runs may share a transaction."""
    with connection.cursor() as curseur:
        curseur.execute(
            """
            SELECT string_agg('pg_temp.' || quote_ident(relname), ', ') FROM pg_class
            WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r' AND starts_with(relname, 'contacts_')
            """
        )
        tables = curseur.fetchone()[0]
        if tables:
            curseur.execute(f"DROP TABLE {tables}")


def verser(lues: Iterable[LigneLue]) -> None:
    """Send lines by COPY."""
    lignes: Valeurs = []
    valeurs: Valeurs = []
    marquer = empreinteur(contexte=CONTEXTE_NIR)
    for lue in lues:
        lignes.append(_ligne(lue, marquer))
        valeurs += [
            (lue.rang, GenreContact.TELEPHONE.value, numero, lue.autorisation_telephone.value)
            for numero in lue.telephones
        ]
        if lue.courriel:
            valeurs.append((lue.rang, GenreContact.COURRIEL.value, lue.courriel, lue.autorisation_courriel.value))
    _copier("contacts_ligne", _LIGNE, lignes)
    _copier("contacts_valeur", _VALEUR, valeurs)


def analyser() -> None:
    """Index the tables, and tell the planner how full they are."""
    _executer(
        "CREATE INDEX ON contacts_ligne (rang); CREATE INDEX ON contacts_valeur (rang); "
        "ANALYZE contacts_ligne; ANALYZE contacts_valeur"
    )


def _ligne(lue: LigneLue, marquer: Callable[[str], bytes]) -> tuple[object, ...]:
    empreinte = marquer(lue.nir) if lue.nir else lue.empreinte_nir
    return (
        lue.rang, lue.ligne, empreinte, lue.matricule.lstrip("0"), lue.numdemrsa, lue.role,
        cle_nom(lue.nom_responsable), cle_nom(lue.prenom_responsable),
    )  # fmt: skip


def _copier(table: str, colonnes: tuple[str, ...], lignes: Valeurs) -> None:
    with (
        connection.cursor() as curseur,
        curseur.cursor.copy(f"COPY {table} ({', '.join(colonnes)}) FROM STDIN") as copie,
    ):
        for ligne in lignes:
            copie.write_row(ligne)


def _executer(sql: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(sql)
