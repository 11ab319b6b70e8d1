"""Lake = database on every count; its shape is pinned; what leaves the house names nobody."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import connection

from cordee.configuration.commandes import lac as commande
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.pilotage.lac.export import ExportRefuse, exporter
from cordee.pilotage.lac.journal import poser_les_declencheurs, sources, surveillees
from cordee.pilotage.lac.manifeste import dossier_du_lac, lire_manifeste
from cordee.pilotage.lac.pseudonymes import (
    DOMAINES,
    cle_de,
    expression,
    numero,
    personnes_de,
    pour_sortie,
    pseudonymes_de,
    variables,
)
from cordee.pilotage.lac.schema import en_texte, schema
from cordee.pilotage.lac.tables import TABLES
from cordee.pilotage.lac.verification import verifier
from outils import documenter_lac
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

pytestmark = pytest.mark.usefixtures("quelques_indicateurs")


# Lake = database ----------------------------------------------------------------------------------------
def test_lake_and_database_say_the_same_after_every_kind_of_change(lac: Lac) -> None:
    eds = f.structure(code="EDS1", nom="EDS de Créteil")
    a, b = gens.soumise(), gens.soumise()
    gens.orientation(a, eds, date(2026, 1, 5))
    assert verifier(le=MAINTENANT).juste
    gens.fait(b, E.CONTACT, date(2026, 2, 3), resultat="jointe")
    b.droits.update(fin=date(2026, 2, 1))
    b.ouvertures.all().delete()
    controle = verifier(le=MAINTENANT)
    assert controle.juste
    assert controle.mesures > 400
    assert controle.sourdes == ()


def test_a_part_that_is_not_what_it_was_is_said(lac: Lac) -> None:
    """Another file in the place of one of ours: its rows differ, and its seal."""
    gens.soumise()
    manifeste = lac.rafraichir().manifeste
    partie = dossier_du_lac() / manifeste.fichiers("droits_personnes")[0]
    with duckdb.connect() as duck:
        duck.execute(f"CREATE TABLE t AS SELECT * REPLACE (DATE '2020-01-01' AS debut) FROM read_parquet('{partie}')")
        duck.execute(f"COPY (FROM t UNION ALL FROM t) TO '{partie}' (FORMAT parquet)")
    controle = verifier(le=MAINTENANT)
    assert controle.abimes == (partie.name,)
    ecarts = {(e.table, e.mesure): (e.base, e.lac) for e in controle.ecarts}
    assert ecarts["droits_personnes", "lignes"] == (1, 2)
    assert ("droits_personnes", "debut : somme") in ecarts
    partie.write_bytes(b"rien")
    assert {e.lac for e in verifier(le=MAINTENANT).ecarts} == {"illisible"}
    partie.unlink()
    assert not verifier(le=MAINTENANT).juste
    lac.rafraichir(complet=True)
    assert verifier(le=MAINTENANT).juste


def test_a_row_that_slipped_past_the_notes_is_found(lac: Lac) -> None:
    """Somebody put a trigger to sleep: the lake does not know, the check does; then that table is copied whole."""
    personne = gens.soumise()
    lac.rafraichir()
    with connection.cursor() as curseur:
        connection.check_constraints()  # nothing left to check on the table that changes
        curseur.execute("ALTER TABLE parcours_evenement DISABLE TRIGGER lac_insert")
        gens.fait(personne, E.CONTACT, date(2026, 2, 3), resultat="jointe")
        connection.check_constraints()
        curseur.execute("ALTER TABLE parcours_evenement ENABLE TRIGGER lac_insert")
        ecarts = {(e.table, e.mesure): (e.base, e.lac) for e in verifier(le=MAINTENANT).ecarts}
        assert ecarts["evenements_bruts", "lignes"] == (1, 0)
        curseur.execute("DROP TRIGGER lac_insert ON parcours_evenement")
    assert "parcours_evenement" not in surveillees()
    controle = verifier(le=MAINTENANT)
    assert controle.juste
    assert controle.sourdes == ("parcours_evenement",)
    assert poser_les_declencheurs() == ["parcours_evenement"]
    assert surveillees() == set(sources())


# Pseudonyms ----------------------------------------------------------------------------------------
def test_nobody_bears_the_number_of_her_row(lac: Lac) -> None:
    personne = gens.soumise()
    manifeste = lac.rafraichir().manifeste
    racine = dossier_du_lac()
    with duckdb.connect() as duck:
        for table in TABLES:
            for fichier in manifeste.fichiers(table.nom):
                for colonne in table.numeros:
                    lus = duck.execute(f"SELECT {colonne} FROM read_parquet('{racine / fichier}')").fetchall()
                    assert all(n is None or n > 1 << 32 for (n,) in lus), (table.nom, colonne)
    nom = pseudonymes_de([personne.pk])[personne.pk]
    assert personnes_de([nom, 12345]) == {nom: personne.pk}


def test_every_column_that_points_at_somebody_is_keyed(db: None) -> None:
    """Read in the database itself: a foreign key to a person or a household cannot slip in as it is."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT conrelid::regclass::text, a.attname FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE contype = 'f' "
            "AND confrelid IN ('personnes_personne'::regclass, 'personnes_foyer'::regclass)"
        )
        vers_quelqu_un = set(curseur.fetchall())
    for table in TABLES:
        for c in table.colonnes:
            if c.source.startswith("t.") and (table.source, c.source.removeprefix("t.")) in vers_quelqu_un:
                assert c.nom in table.numeros, (table.nom, c.nom)


def test_duckdb_and_python_give_the_same_number() -> None:
    with duckdb.connect() as duck:
        for nom, valeur in variables().items():
            duck.execute(f"SET VARIABLE {nom} = ?::BLOB", [valeur])
        for domaine in DOMAINES:
            lus = duck.execute(f"SELECT i, {expression('i', domaine)} FROM range(0, 2000000, 9973) r(i)").fetchall()
            assert all(numero(cle_de(domaine), i) == n for i, n in lus)
            assert duck.execute(f"SELECT {expression('NULL', domaine)}").fetchone() == (None,)


def test_two_uses_cannot_be_joined() -> None:
    union, cohorte = pour_sortie([7, 8], "union"), pour_sortie([7, 8], "cohorte:1")
    assert union.keys() == cohorte.keys() == {7, 8}
    assert not {*union.values()} & {*cohorte.values(), 7, 8}
    assert pour_sortie([7], "union")[7] == union[7]


# Shape ----------------------------------------------------------------------------------------
def test_the_shape_of_the_lake_is_the_one_written_down() -> None:
    """Another table, column or type: raise VERSION (``lac/schema.py``), then run ``outils/documenter_lac.py``."""
    assert documenter_lac.SCHEMA.read_text(encoding="utf-8") == en_texte(schema())
    assert documenter_lac.PAGE.read_text(encoding="utf-8") == documenter_lac.page()


# What leaves the house ----------------------------------------------------------------------------------------
def test_an_export_says_what_it_is_and_names_nobody(lac: Lac, tmp_path: Path, capsys: Any) -> None:
    personnes = [gens.soumise() for _ in range(3)]
    sortie = tmp_path / "sortie"
    assert commande.executer(_options("exporter", dossier=sortie, instantane=None)) == 0
    rendu = json.loads(capsys.readouterr().out)
    description = json.loads((sortie / "schema.json").read_text(encoding="utf-8"))
    assert (description["schema_version"], description["departement"], description["usage"]) == (1, "94", "union")
    assert description["tables"]["personnes"]["colonnes"]["id"] == {"type": "BIGINT", "pseudonyme": "personne"}
    assert rendu["lignes"] == sum(description["lignes"].values()) > 0
    manifeste = lire_manifeste()
    assert manifeste is not None
    ici = pseudonymes_de(p.pk for p in personnes)
    with duckdb.connect() as duck:
        lus = {n for (n,) in duck.execute(f"SELECT id FROM read_parquet('{sortie}/personnes/94.parquet')").fetchall()}
        droits = duck.execute(
            f"SELECT personne_id FROM read_parquet('{sortie}/droits_personnes/94.parquet')"
        ).fetchall()
        for table in TABLES:
            duck.execute(f"SELECT * FROM read_parquet('{sortie}/{table.nom}/*.parquet') LIMIT 0")
    assert lus == set(pour_sortie(ici.values(), "union").values()) == {n for (n,) in droits}
    (tmp_path / "autre").mkdir()
    (tmp_path / "autre" / "notes.txt").write_text("à moi")
    with pytest.raises(ExportRefuse, match="pas vide"):
        exporter(manifeste, tmp_path / "autre")


def test_the_commands_answer(lac: Lac, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", MAINTENANT.strftime("%Y-%m-%dT%H:%M"))
    f.systeme()
    gens.soumise()
    for acte, attendu in (("rafraichir", "version"), ("reconstruire", "secondes"), ("verifier", "juste")):
        assert commande.executer(_options(acte)) == 0
        assert attendu in json.loads(capsys.readouterr().out)
    assert commande.executer(_options("instantane", libelle="Bilan 2025", au=date(2025, 12, 31))) == 0
    assert json.loads(capsys.readouterr().out)["libelle"] == "Bilan 2025"
    assert commande.executer(_options("instantanes")) == 0
    (ligne,) = json.loads(capsys.readouterr().out)
    assert ligne["fichiers"] == "intacts"


def _options(acte: str, **champs: Any) -> Any:
    return type("Options", (), {"acte": acte, "json": True, **champs})()
