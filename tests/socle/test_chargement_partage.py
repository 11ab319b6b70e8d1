"""Tables filled from several connections: all that was set aside comes back as it was, and checks every row."""

from __future__ import annotations

from datetime import date
from threading import Thread, current_thread

import pytest
from django.db import IntegrityError, connection

from cordee.metier.parcours.models import Etape, Situation
from cordee.metier.parcours.services.garanties import UNE_ETAPE_OUVERTE
from cordee.metier.personnes.models import Rattachement
from cordee.socle.chargement_partage import Ecartes, ecarter, ranger, repartir, retablir
from tests import fabriques as f

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("parcours_etape", "parcours_situation", "personnes_rattachement")


def schema() -> list[tuple[object, ...]]:
    """Everything that stands around the rows of these tables."""
    with connection.cursor() as curseur:
        curseur.execute(
            """
            SELECT indrelid::regclass::text, pg_get_indexdef(indexrelid), NULL::boolean FROM pg_index
            WHERE indrelid = ANY(%(t)s::regclass[])
            UNION ALL SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid), convalidated
            FROM pg_constraint WHERE conrelid = ANY(%(t)s::regclass[])
            UNION ALL SELECT tgrelid::regclass::text, tgname || tgenabled::text, NULL FROM pg_trigger
            WHERE tgrelid = ANY(%(t)s::regclass[]) AND NOT tgisinternal
            UNION ALL SELECT oid::regclass::text, reloptions::text, NULL FROM pg_class
            WHERE oid = ANY(%(t)s::regclass[])
            ORDER BY 1, 2
            """,
            {"t": list(TABLES)},
        )
        return curseur.fetchall()


@pytest.fixture
def ecartes() -> Ecartes:
    return ecarter(TABLES, declencheurs=UNE_ETAPE_OUVERTE)


@pytest.mark.parametrize("connexions", [1, 3])
def test_everything_comes_back_as_it_was(connexions: int) -> None:
    personne = f.personne()
    f.entree_sdd(personne)
    avant = schema()
    ecartes = ecarter(TABLES, declencheurs=UNE_ETAPE_OUVERTE)
    pendant = schema()
    assert len(pendant) < len(avant) - 20
    assert {options for _, options, _ in pendant if options} >= {"{autovacuum_enabled=off}"}
    retablir(ecartes, connexions=connexions)
    assert schema() == avant
    assert all(valide is not False for *_, valide in schema())
    assert Etape.objects.filter(personne=personne).exists()


@pytest.mark.parametrize("connexions", [1, 2])
def test_a_row_that_breaks_a_rule_is_found_when_it_comes_back(ecartes: Ecartes, connexions: int) -> None:
    """Two référents at once."""
    structure, personne = f.structure(), f.personne()
    for jour in (1, 2):
        Rattachement.objects.create(
            personne=personne, structure=structure, finalite="referent", debut=date(2026, 1, jour)
        )
    with pytest.raises(IntegrityError, match="rattachement_un_organisme_referent"):
        retablir(ecartes, connexions=connexions)
    Rattachement.objects.all().delete()
    _remettre(ecartes)


def _remettre(ecartes: Ecartes) -> None:
    """Other tests share this database: what came back already is left, the rest comes back."""
    with connection.cursor() as curseur:
        for table, cles in ecartes.cles.items():
            for nom, _ in cles:
                curseur.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {nom}")
    for table, requetes in ecartes.index.items():
        ecartes.index[table] = [r for r in requetes if not _existe(r)]
    retablir(ecartes, connexions=1)


def _existe(requete: str) -> bool:
    mots = requete.split()
    nom = mots[mots.index("INDEX") + 1] if "INDEX" in mots[:3] else mots[mots.index("CONSTRAINT") + 1]
    with connection.cursor() as curseur:
        curseur.execute("SELECT to_regclass(%s) IS NOT NULL", [nom])
        return bool(curseur.fetchone()[0])


def test_a_foreign_key_to_nothing_is_found(ecartes: Ecartes) -> None:
    Rattachement.objects.create(
        personne_id=987_654, structure=f.structure(), finalite="secteur", debut=date(2026, 1, 1)
    )
    with pytest.raises(IntegrityError, match="personnes_rattacheme_personne_id"):
        retablir(ecartes, connexions=1)
    Rattachement.objects.all().delete()
    _remettre(ecartes)


def test_an_open_etape_that_nothing_points_at_is_found(ecartes: Ecartes) -> None:
    personne = f.personne()
    f.entree_sdd(personne)
    Situation.objects.filter(personne=personne).update(etape=None, soumis=False)
    with pytest.raises(IntegrityError, match="désignée par aucune situation"):
        retablir(ecartes, connexions=2)
    Situation.objects.filter(personne=personne).update(etape=Etape.objects.get(personne=personne), soumis=True)
    _remettre(ecartes)


def test_tasks_are_shared_between_connections() -> None:
    fils: set[Thread] = set()

    def tache() -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_sleep(0.05)")
        fils.add(current_thread())

    repartir([tache] * 12, connexions=3)
    assert len(fils) == 3


def test_a_task_that_fails_stops_the_others() -> None:
    faites: list[int] = []

    def echouer() -> None:
        raise IntegrityError("non")

    with pytest.raises(IntegrityError, match="non"):
        repartir([lambda: faites.append(1), echouer, lambda: faites.append(2)], connexions=1)
    assert faites == [1]


def test_a_table_put_in_order_is_read_from_its_indexes_alone() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SET synchronous_commit = on")  # tests do not wait for the disk; visibility does
        try:
            for _ in range(3):
                f.entree_sdd(f.personne())
            ranger("parcours_situation")
        finally:
            curseur.execute("RESET synchronous_commit")
        curseur.execute(
            "SELECT relallvisible = relpages, reltuples FROM pg_class WHERE oid = 'parcours_situation'::regclass"
        )
        assert curseur.fetchone() == (True, 3)
