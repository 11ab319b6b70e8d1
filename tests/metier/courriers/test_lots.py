"""Batches of letters: sorted, counted, printed again, posted in one act, undone."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from cordee.metier.courriers.composition import MODELES
from cordee.metier.courriers.enums import EtatRemise, MoyenRemise, StatutLot
from cordee.metier.courriers.models import Courrier, LotImpression
from cordee.metier.courriers.services import (
    LotImpossible,
    annuler_en_attente,
    annuler_lot,
    composer_lot,
    compter_feuilles,
    poster,
    preparer_lot,
)
from cordee.metier.courriers.services.emission import CourrierAltere
from cordee.metier.personnes.models import Adresse
from tests.metier.equipe import LE, Equipe

SIMPLE = MoyenRemise.LETTRE_SIMPLE


@pytest.fixture
def convoquees(equipe: Equipe) -> list[Courrier]:
    """Three letters waiting, written in an order that is not the postman's."""
    for nom, prenom, code in (("Zola", "Ana", "94000"), ("Adam", "Zoé", "94300"), ("Brun", "Léa", "94000")):
        personne = equipe.entrante(nom=nom, prenom=prenom)
        Adresse.objects.filter(foyer__appartenances__personne=personne).update(code_postal=code)
        equipe.convoquer(personne)
    return list(Courrier.objects.order_by("pk"))


def preparer(equipe: Equipe, **options: Any) -> LotImpression:
    return preparer_lot(
        courriers=Courrier.objects.all(), moyen=SIMPLE, par=equipe.samia, le=LE, **options
    )  # fmt: skip


def texte(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_sorted_by_postal_code_then_name(equipe: Equipe, convoquees: list[Courrier]) -> None:
    lot = preparer(equipe)
    noms = lot.lignes.order_by("rang").values_list("courrier__destinataire", flat=True)
    assert [n.split()[-1] for n in noms] == ["BRUN", "ZOLA", "ADAM"]


def test_each_letter_is_found_at_its_page_of_the_whole(equipe: Equipe, convoquees: list[Courrier]) -> None:
    """Parts of two envelopes: pages are those of the parts put end to end, every letter on a front."""
    lot = preparer(equipe)
    pages: list[str] = []
    for partie in composer_lot(lot=lot, le=LE, taille=2):
        assert partie.premiere_page == len(pages) + 1
        pages += texte(partie.pdf) + ([""] if partie.page_blanche else [])
    lot.refresh_from_db()
    assert (lot.statut, lot.pages, len(lot.decoupe)) == (StatutLot.COMPOSE, len(pages), 2)
    for pli in lot.lignes.select_related("courrier"):
        assert pli.page_debut % 2 == 1
        assert pli.courrier.donnees["reference"] in pages[pli.page_debut - 1]
    assert compter_feuilles(lot) == {1: 3}


def test_posted_in_one_act_and_once(equipe: Equipe, convoquees: list[Courrier]) -> None:
    lot = preparer(equipe)
    list(composer_lot(lot=lot, le=LE))
    demain = LE + timedelta(days=1)
    assert poster(lot=lot, le_jour=demain.date(), par=equipe.samia, le=demain).envoyes == 3
    assert {c.etat for c in Courrier.objects.all()} == {EtatRemise.ENVOYEE}
    with pytest.raises(LotImpossible, match="18/02/2026"):
        poster(lot=lot, le_jour=demain.date(), par=equipe.samia, le=demain)
    with pytest.raises(LotImpossible, match="Aucun courrier"):
        preparer(equipe)


def test_what_must_not_leave_any_more_is_named_and_left_out(equipe: Equipe, convoquees: list[Courrier]) -> None:
    lot = preparer(equipe)
    list(composer_lot(lot=lot, le=LE))
    annuler_en_attente(courriers=[convoquees[0].pk], par=equipe.samia, le=LE)
    depart = poster(lot=lot, le_jour=LE.date(), par=equipe.samia, le=LE)
    assert (depart.envoyes, list(depart.retires)) == (2, [convoquees[0].pk])
    assert Courrier.objects.get(pk=convoquees[0].pk).etat == ""


def test_cancelled_its_letters_wait_again(equipe: Equipe, convoquees: list[Courrier]) -> None:
    lot = preparer(equipe)
    assert annuler_lot(lot=lot, par=equipe.samia, le=LE) == 3
    with pytest.raises(LotImpossible, match="annulé"):
        poster(lot=lot, le_jour=LE.date(), par=equipe.samia, le=LE)
    assert preparer(equipe).plis == 3


@pytest.mark.parametrize("decalage", [-1, 1])
def test_not_posted_on_an_impossible_day(equipe: Equipe, convoquees: list[Courrier], decalage: int) -> None:
    lot = preparer(equipe)
    list(composer_lot(lot=lot, le=LE))
    with pytest.raises(LotImpossible, match="entre celui du lot et aujourd'hui"):
        poster(lot=lot, le_jour=LE.date() + timedelta(days=decalage), par=equipe.samia, le=LE)


def test_an_altered_letter_stops_the_whole_file(equipe: Equipe, convoquees: list[Courrier]) -> None:
    convoquees[1].donnees["rdv"]["quand"] = "demain"
    convoquees[1].save()
    lot = preparer(equipe)
    with pytest.raises(CourrierAltere, match=str(convoquees[1].pk)):
        next(composer_lot(lot=lot, le=LE))


def test_queries_do_not_grow_with_the_letters(equipe: Equipe) -> None:
    def cout(combien: int) -> tuple[int, ...]:
        for _ in range(combien):
            equipe.convoquer(equipe.entrante())
        with CaptureQueriesContext(connection) as preparation:
            lot = preparer(equipe)
        with CaptureQueriesContext(connection) as composition:
            list(composer_lot(lot=lot, le=LE))
        with CaptureQueriesContext(connection) as envoi:
            poster(lot=lot, le_jour=LE.date(), par=equipe.samia, le=LE)
        return len(preparation), len(composition), len(envoi)

    assert cout(1) == cout(4)


def test_the_bar_code_is_a_true_code_39() -> None:
    """Nine elements, three of them wide, all different."""
    motifs = re.findall(r'"(.)": "([01]{9})"', (MODELES / "commun.typ").read_text("utf-8"))
    assert len(motifs) == len({motif for _, motif in motifs}) == 37
    assert {motif.count("1") for _, motif in motifs} == {3}
