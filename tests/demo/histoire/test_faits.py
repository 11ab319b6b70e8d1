"""What files tell of lives made by hand: dates, absences, flags, and what depends on agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cordee.demo.histoire.faits import comme_retour, est_un_retour, faits
from cordee.demo.histoire.modele import PREMIERE_PHOTO, AdulteHistoire, FaitDeFichier, Trajectoire, Tranche
from cordee.demo.histoire.photos import photo_suivante
from cordee.demo.histoire.trajectoires import contexte, dynastie, plan
from cordee.demo.modele import Menage
from cordee.metier.parcours.enums import GenreEvenement

E = GenreEvenement
JUSQU_AU = date(2022, 8, 31)
P0 = PREMIERE_PHOTO
P1, P2, P3, P4 = date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30)
LE_PLAN = plan(personnes=60, graine=1, jusqu_au=JUSQU_AU)
MONDE = contexte(LE_PLAN)


def secteur(menage: Menage, _: date) -> Mapping[str, Any]:
    return {"structure": 7, "localisation": "secteur", "domiciliee": menage.domicilie}


@pytest.fixture
def menage() -> Menage:
    """One person, alone, paid, subject since 2020."""
    vies = (dynastie(n, graine=1, contexte=MONDE)[0].tranches[0].menage for n in LE_PLAN.numeros)
    seule = next(m for m in vies if len(m.adultes) == 1 and not m.enfants and m.etat == "2" and m.adultes[0].soumis)
    return replace(seule, entre_le=date(2020, 3, 31), date_demande=date(2020, 3, 3), cedant="", transmis=True)


def raconter(*tranches: tuple[date, Menage], derniere: date | None = None) -> AdulteHistoire:
    vie = Trajectoire(tranches=tuple(Tranche(reference=r, menage=m) for r, m in tranches), derniere=derniere)
    (adulte,) = faits([vie], personne_id=lambda ordre: ordre, secteur=secteur, jusqu_au=JUSQU_AU)
    return adulte


def dits(faits_: Sequence[FaitDeFichier], *, sous_reserve: bool = False) -> list[tuple[GenreEvenement, date]]:
    return [(x.genre, x.reference) for x in faits_ if x.sous_reserve == sous_reserve]


def drapeau(menage: Menage, soumis: bool | None) -> Menage:
    return replace(menage, adultes=(replace(menage.adultes[0], soumis=soumis),))


def test_the_stock_entered_in_its_time(menage: Menage) -> None:
    entree = raconter((P0, menage)).faits[0]
    assert (entree.genre, entree.reference) == (E.ENTREE_SDD, date(2020, 3, 31))
    assert entree.recu_le.isoformat() == "2020-04-06T12:00:00+02:00"
    assert entree.donnees["recu_le"] == "2020-04-06"


def test_nobody_enters_before_the_rules_exist(menage: Menage) -> None:
    ancien = replace(menage, date_demande=date(2009, 6, 1), entre_le=date(2009, 7, 31))
    entree = raconter((P0, ancien)).faits[0]
    assert entree.recu_le.date() == date(2012, 4, 2)
    assert entree.donnees["recu_le"] == "2012-04-02"


def test_an_entrant_is_received_on_the_sixth(menage: Menage) -> None:
    entrant = replace(menage, entre_le=P2, date_demande=date(2022, 2, 3), cedant="CAF")
    entree = raconter((P2, entrant), (P3, replace(entrant, cedant=""))).faits[0]
    assert entree.recu_le.isoformat() == "2022-03-06T12:00:00+01:00"
    assert entree.donnees == {
        "structure": 7, "localisation": "secteur", "domiciliee": menage.domicilie, "recu_le": "2022-03-06",
        "mutation": True, "sens": "entree", "mouvement": "mutation",
    }  # fmt: skip


def test_absence_is_not_leaving(menage: Menage) -> None:
    adulte = raconter((P0, menage), (P2, replace(menage, transmis=False)), (P3, menage))
    assert dits(adulte.faits)[1:] == [(E.NON_TRANSMISE, P2), (E.RETRANSMISE, P3)]
    assert dits(adulte.faits, sous_reserve=True) == [(E.ENTREE_SDD, P3)]
    assert [reference for reference, _, _ in adulte.photos] == [P0, P3]


def test_who_disappears_is_said_absent_again_to_whoever_settled_it(menage: Menage) -> None:
    adulte = raconter((P0, menage), derniere=P3)
    assert dits(adulte.faits)[1:] == [(E.NON_TRANSMISE, P4)]
    encore = dits(adulte.faits, sous_reserve=True)
    assert encore[0] == (E.NON_TRANSMISE, photo_suivante(P4))
    assert encore[-1] == (E.NON_TRANSMISE, JUSQU_AU)


def test_an_unknown_flag_is_verified_after_two_months(menage: Menage) -> None:
    muet = drapeau(menage, None)
    adulte = raconter((P0, menage), (P1, muet), (P4, drapeau(menage, False)))
    assert dits(adulte.faits)[1:] == [(E.SDD_INCONNU, P3), (E.FIN_SDD, P4)]
    assert dits(raconter((P0, menage), (P1, muet), (P3, menage)).faits)[1:] == []
    assert dits(raconter((P0, muet)).faits)[0] == (E.SDD_INCONNU, P0)


def test_a_household_that_is_closed_says_why(menage: Menage) -> None:
    clos = replace(drapeau(menage, False), etat="5", motif="ECH", motif_depuis=P2.replace(day=1))
    sortie = raconter((P0, menage), (P2, clos), derniere=P2).faits[-1]
    assert sortie.genre is E.DROIT_CLOS
    assert sortie.donnees == {"motif_sortie": "pieces_manquantes", "sens": "sortie", "mouvement": "clos_ECH"}


def test_moving_out_of_the_departement_is_no_end_of_right(menage: Menage) -> None:
    parti = replace(drapeau(menage, False), etat="5", motif="MUT", prenant="CAF")
    assert dits(raconter((P0, menage), (P2, parti), derniere=P2).faits)[1:] == [(E.MUTATION_SORTANTE, P2)]


def test_a_request_waits_for_a_decision(menage: Menage) -> None:
    attente = replace(drapeau(menage, False), etat="0", entre_le=P1)
    suite = raconter((P1, attente), (P2, menage)).faits
    assert dits(suite) == [(E.DECISION_ATTENDUE, P1), (E.ENTREE_SDD, P2), (E.ECART_LEVE, P2)]
    assert suite[1].donnees["mouvement"] == "devient_soumise"


def test_coming_back_within_a_year_with_a_live_orientation(menage: Menage) -> None:
    entree = raconter((P0, menage)).faits[0]
    recu = date(2023, 2, 6)
    assert est_un_retour(orientee=True, sortie_le=recu - timedelta(days=200), recu=recu)
    assert not est_un_retour(orientee=False, sortie_le=recu - timedelta(days=200), recu=recu)
    assert not est_un_retour(orientee=True, sortie_le=recu - timedelta(days=400), recu=recu)
    retour = comme_retour(entree)
    assert (retour.genre, retour.donnees["mouvement"]) == (E.RETOUR_SDD, "retour")
