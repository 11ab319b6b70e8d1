"""The staging tables of one import: temporary, filled by COPY, gone with the connection whatever happens.

``caf_foyer``, ``caf_personne`` and ``caf_adresse`` hold the households whose content is new to us; ``caf_vu`` the
households whose content is the one already stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

import psycopg
from django.db import connection, transaction

from cordee.echanges.caf.lignes import COLONNES_ADRESSE, COLONNES_FOYER, COLONNES_PERSONNE, Ligne, Lignes
from cordee.echanges.caf.lots import Lot

_Envoi: TypeAlias = tuple[Lot, list[tuple[int, bytes | None]]]
_TABLES: Final = """
CREATE TEMP TABLE caf_foyer (
    rang integer, ligne integer, organisme text, numdemrsa text, matricule text, demande_le date, effet_le date,
    situation_familiale text, situation_depuis date, nb_enfants_autres smallint, etat text, motif text, motif_le date,
    montant numeric(9, 2), droit_detail jsonb, detail jsonb, empreinte bytea, empreinte_brute bytea,
    cedant boolean, prenant boolean,
    deces text, domiciliee boolean, localisation text, structure_id bigint
);
CREATE TEMP TABLE caf_personne (
    rang integer, ordre integer, role text, role_famille text, responsable boolean, a_charge boolean, rattache_le date,
    rattache_fin date, membre_detail jsonb, civilite text, nom text, nom_naissance text, prenom text,
    autres_prenoms text, naissance date, precision_naissance text, rang_naissance smallint, commune_naissance text,
    sexe text, etat_civil_valide boolean, nir bytea, nir_chiffre bytea, nir_provisoire boolean,
    cle_valide boolean, operateur_emploi text,
    sdd boolean, entrante boolean, ressources numeric(9, 2), droit boolean, detail jsonb
);
CREATE TEMP TABLE caf_adresse (
    rang integer, rang_adresse smallint, nature text, localisation text, commune_id text, code_insee text,
    complement_identification text, complement text, numero text, type_voie text, voie text, lieu_dit text,
    code_postal text, ville text, pays text, lignes_etranger jsonb, type_caf text, etat_caf text, emmenagement_le date
);
CREATE TEMP TABLE caf_vu (foyer_id bigint, empreinte_brute bytea);
"""
_COLONNES_ANALYSEES: Final = (
    "caf_foyer (rang, organisme, numdemrsa, matricule, etat)",
    "caf_personne (rang, ordre, role, naissance, nir)",
    "caf_adresse (rang, rang_adresse)",
    "caf_vu (foyer_id)",
)
"""What the merge joins and filters on: looking at the JSON of every household would take longer than reading it."""

# What the columns of the database can hold. Longer texts are cut there and kept whole in ``detail``.
_LARGEURS: Final = {
    "caf_foyer": ("detail", {"matricule": 15, "situation_familiale": 3, "motif": 8}),
    "caf_personne": (
        "membre_detail",
        {"civilite": 8, "nom": 80, "nom_naissance": 80, "prenom": 80, "autres_prenoms": 120, "commune_naissance": 80,
         "operateur_emploi": 40},
    ),
    "caf_adresse": (
        "",
        {"code_insee": 5, "complement_identification": 80, "complement": 80, "numero": 8, "type_voie": 32, "voie": 80,
         "lieu_dit": 80, "code_postal": 5, "ville": 80, "pays": 3, "type_caf": 1, "etat_caf": 2},
    ),
}  # fmt: skip


@contextmanager
def transit() -> Iterator[None]:
    """Make the staging tables for the block, and drop them after it."""
    _supprimer()
    with connection.cursor() as curseur:
        curseur.execute(_TABLES)
    try:
        yield
    finally:
        if connection.is_usable():
            _supprimer()


def verser(lignes: Lignes) -> None:
    """Send rows by COPY and empty the lists."""
    copier("caf_foyer", COLONNES_FOYER, lignes.foyers)
    copier("caf_personne", COLONNES_PERSONNE, lignes.personnes)
    copier("caf_adresse", COLONNES_ADRESSE, lignes.adresses)
    for liste in (lignes.foyers, lignes.personnes, lignes.adresses):
        liste.clear()


class Verseur:
    """Sends lots by COPY from a thread of its own: the file goes on being read while PostgreSQL takes the rows.

    A context manager. Nobody else uses the connection inside the block; everything is sent, or a fault raised, at its
    end.
    """

    def __init__(self) -> None:
        connection.ensure_connection()
        self._brute: psycopg.Connection[Any] = connection.connection
        self._file: Queue[_Envoi | None] = Queue(maxsize=2)
        self._faute: BaseException | None = None
        self._fil = Thread(target=self._travailler, name="caf-transit", daemon=True)

    def verser(self, lot: Lot, inchanges: Iterable[tuple[int, bytes]]) -> None:
        """Send what was read. ``inchanges``: households found as they are stored, print of their bytes.

        Raises:
            the fault of an earlier sending.
        """
        if self._faute is not None:
            raise self._faute
        self._file.put((lot, [(pk, brute or None) for pk, brute in inchanges]))

    def __enter__(self) -> Self:
        self._fil.start()
        return self

    def __exit__(
        self, genre: type[BaseException] | None, faute: BaseException | None, ou: TracebackType | None
    ) -> None:
        self._file.put(None)
        self._fil.join()
        if self._faute is not None and faute is None:
            raise self._faute

    def _travailler(self) -> None:
        while (envoi := self._file.get()) is not None:
            if self._faute is None:
                try:
                    self._envoyer(*envoi)
                except BaseException as faute:  # noqa: BLE001 - raised again in the caller's thread
                    self._faute = faute

    def _envoyer(self, lot: Lot, inchanges: list[tuple[int, bytes | None]]) -> None:
        with self._brute.cursor() as curseur:
            for table, colonnes, lignes in (
                ("caf_foyer", COLONNES_FOYER, lot.foyers),
                ("caf_personne", COLONNES_PERSONNE, lot.personnes),
                ("caf_adresse", COLONNES_ADRESSE, lot.adresses),
            ):
                if lignes:
                    with curseur.copy(f"COPY {table} ({', '.join(colonnes)}) FROM STDIN".encode()) as copie:
                        copie.write("".join(lignes))
            if inchanges:
                with curseur.copy("COPY caf_vu (foyer_id, empreinte_brute) FROM STDIN") as copie:
                    for ligne in inchanges:
                        copie.write_row(ligne)


def copier(table: str, colonnes: Sequence[str], lignes: Iterable[Ligne]) -> None:
    """COPY rows into a table."""
    with (
        connection.cursor() as curseur,
        curseur.cursor.copy(f"COPY {table} ({', '.join(colonnes)}) FROM STDIN") as copie,
    ):
        for ligne in lignes:
            copie.write_row(ligne)


def raccourcir() -> int:
    """Cut the texts that the columns cannot hold, keeping them whole in ``detail``. Returns the number of rows."""
    touchees = 0
    with connection.cursor() as curseur:
        for table, (detail, largeurs) in _LARGEURS.items():
            coupes = ", ".join(f"{nom} = left({nom}, {largeur})" for nom, largeur in largeurs.items())
            trop = " OR ".join(f"length({nom}) > {largeur}" for nom, largeur in largeurs.items())
            entiers = ", ".join(f"'{nom}', {nom}" for nom in largeurs)
            garde = f"{detail} = {detail} || jsonb_build_object('textes_entiers', jsonb_build_object({entiers})), "
            if not detail:
                _garder_les_adresses(curseur, entiers, trop)
            curseur.execute(f"UPDATE {table} SET {garde if detail else ''}{coupes} WHERE {trop}")
            touchees += curseur.rowcount
    return touchees


def _garder_les_adresses(curseur: Any, entiers: str, trop: str) -> None:
    curseur.execute(
        f"""
        UPDATE caf_foyer f SET detail = f.detail || jsonb_build_object('adresses_entieres', a.textes)
        FROM (SELECT rang, jsonb_agg(jsonb_build_object({entiers})) AS textes
              FROM caf_adresse WHERE {trop} GROUP BY rang) a
        WHERE a.rang = f.rang
        """
    )


def analyser() -> None:
    """Index the staging tables, and tell the planner how full they are."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(
            "SET LOCAL default_statistics_target = 20; CREATE INDEX ON caf_foyer (rang); "
            "CREATE INDEX ON caf_personne (rang, ordre); CREATE INDEX ON caf_adresse (rang)"
        )
        curseur.execute(f"ANALYZE {', '.join(_COLONNES_ANALYSEES)}")


def _supprimer() -> None:
    """Drop whatever an import made: these tables and those of the merge, all named ``caf_…``."""
    with connection.cursor() as curseur:
        curseur.execute(
            """
            SELECT string_agg('pg_temp.' || quote_ident(relname), ', ') FROM pg_class
            WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r' AND starts_with(relname, 'caf_')
            """
        )
        tables = curseur.fetchone()[0]
        if tables:
            curseur.execute(f"DROP TABLE {tables}")
