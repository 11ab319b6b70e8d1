"""Constraints set aside for a block come back as they were, and still refuse what they refuse."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from cordee.metier.personnes.models import DroitFoyer, Foyer
from cordee.socle.chargement import analyser, verifiees_a_la_fin

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("personnes_foyer", "personnes_droitfoyer", "personnes_adresse", "parcours_etape", "parcours_situation")


def garanties() -> set[tuple[str, ...]]:
    """Every constraint and index of the tables, as PostgreSQL writes them."""
    with connection.cursor() as curseur:
        curseur.execute(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text,
                   condeferrable::text, condeferred::text
            FROM pg_constraint WHERE conrelid = ANY(%(tables)s::regclass[])
            UNION ALL
            SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid::text,
                   '', '' FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[])
            """,
            {"tables": list(TABLES)},
        )
        return set(curseur.fetchall())


def test_everything_comes_back_as_it_was() -> None:
    avant = garanties()
    with transaction.atomic(), verifiees_a_la_fin(TABLES):
        dedans = garanties()
        foyer = Foyer.objects.create(numdemrsa="1")
        DroitFoyer.objects.create(foyer=foyer, etat="2", debut=date(2026, 1, 1))
    assert len(dedans) < len(avant) - 10
    assert garanties() == avant
    assert DroitFoyer.objects.count() == 1


def remplir(droits: list[DroitFoyer]) -> None:
    with transaction.atomic(), verifiees_a_la_fin(TABLES):
        Foyer.objects.create(pk=1, numdemrsa="1")
        DroitFoyer.objects.bulk_create(droits)
        assert DroitFoyer.objects.count() == len(droits)


def test_a_row_without_its_parent_is_refused() -> None:
    avant = garanties()
    with pytest.raises(IntegrityError):
        remplir([DroitFoyer(foyer_id=987654, etat="2", debut=date(2026, 1, 1))])
    assert not Foyer.objects.exists()
    assert garanties() == avant


def test_two_rights_at_the_same_dates_are_refused() -> None:
    with pytest.raises(IntegrityError, match="droit_foyer_sans_chevauchement"):
        remplir([DroitFoyer(foyer_id=1, etat=etat, debut=date(2026, 1, 1)) for etat in ("2", "4")])
    assert not Foyer.objects.exists()


def test_everything_comes_back_while_the_block_computes() -> None:
    avant = garanties()
    with transaction.atomic(), verifiees_a_la_fin(TABLES) as suspension:
        Foyer.objects.create(numdemrsa="1")
        suspension.indexer()
        dedans = garanties()
        with suspension.en_parallele():
            pass
        assert garanties() == avant
    assert len(dedans) < len(avant)
    assert garanties() == avant


def test_a_fault_found_meanwhile_is_told_at_the_end_of_the_block() -> None:
    calcule: list[int] = []

    def remplir_et_calculer() -> None:
        with transaction.atomic(), verifiees_a_la_fin(TABLES) as suspension:
            DroitFoyer.objects.create(foyer_id=987654, etat="2", debut=date(2026, 1, 1))
            with suspension.en_parallele():
                calcule.append(1)

    avant = garanties()
    with pytest.raises(IntegrityError):
        remplir_et_calculer()
    assert calcule == [1]
    assert garanties() == avant


def test_analysed_tables_are_known_to_the_planner() -> None:
    Foyer.objects.bulk_create(Foyer(numdemrsa=str(n)) for n in range(300))
    analyser(["personnes_foyer"])
    with connection.cursor() as curseur:
        curseur.execute("SELECT reltuples FROM pg_class WHERE relname = 'personnes_foyer'")
        assert curseur.fetchone()[0] == 300
