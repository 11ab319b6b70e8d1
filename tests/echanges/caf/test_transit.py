"""Rows sent from a thread of their own: all of them, or a fault that the caller hears."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from cordee.echanges.caf import transit
from cordee.echanges.caf.lots import Lot

pytestmark = pytest.mark.django_db(transaction=True)


def vus() -> list[tuple[int, bytes | None]]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT foyer_id, empreinte_brute FROM caf_vu ORDER BY 1")
        return [(pk, None if brute is None else bytes(brute)) for pk, brute in curseur.fetchall()]


def test_everything_is_there_at_the_end_of_the_block() -> None:
    with transit.transit():
        with transit.Verseur() as verseur:
            for n in range(20):
                verseur.verser(Lot(rang=n), [(n, b"\x01" if n % 2 else b"")])
        assert vus() == [(n, b"\x01" if n % 2 else None) for n in range(20)]


def envoyer(*lots: Lot) -> None:
    with transit.Verseur() as verseur:
        for lot in lots:
            verseur.verser(lot, [])


def test_a_fault_of_the_database_reaches_the_caller() -> None:
    with transit.transit():
        with pytest.raises(psycopg.DataError):
            envoyer(Lot(foyers=["this is no row\n"]), *(Lot() for _ in range(50)))
        assert vus() == []  # the connection still answers


def lire_puis_echouer() -> None:
    with transit.Verseur() as verseur:
        verseur.verser(Lot(), [(1, b"")])
        raise ZeroDivisionError


def test_a_fault_of_the_reading_ends_the_thread() -> None:
    with transit.transit():
        with pytest.raises(ZeroDivisionError):
            lire_puis_echouer()
        assert vus() == [(1, None)]
