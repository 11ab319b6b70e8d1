"""Figures follow acts: what changed is worked out again, nothing else; it says what a computation from nothing says."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cordee.configuration import veille
from cordee.configuration.veille import CADENCE, REPOS_MAXIMAL, Veilleur
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.personnes.enums import Sexe
from cordee.metier.personnes.models import Personne
from cordee.pilotage import services
from cordee.pilotage.du_jour import Atelier
from cordee.pilotage.entetes import definitions
from cordee.pilotage.lac.graphe import atteintes, nommees, sources_des_vues, tables_lues
from cordee.pilotage.lac.manifeste import dossier_du_lac
from cordee.pilotage.lac.tables import PAR_NOM
from cordee.pilotage.models import Calcul, ValeurCalculee
from cordee.pilotage.selectors import fraicheur, indicateurs, personnes_derriere
from cordee.pilotage.services import rafraichir, reprendre
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.conftest import Lac


def _valeurs() -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (v.code, v.territoire): (v.valeur, v.numerateur, v.denominateur, v.inconnu, v.secret_interne)
        for v in ValeurCalculee.objects.filter(au=MAINTENANT.date())
    }


def _de(code: str) -> float | None:
    (valeur,) = indicateurs(pour=None, codes=[code])
    return valeur.valeur


@pytest.fixture
def veilleur(lac: Lac, quelques_indicateurs: None) -> Any:
    """Looks at the lake of the test, when told to; a refresh costs it a second."""
    couts = iter(range(10_000))
    tenu = Veilleur(horloge=lambda: MAINTENANT, cout=lambda: float(next(couts)))
    for _ in range(7):
        gens.soumise()
    rafraichir(le=MAINTENANT, mois_passes=0)
    yield tenu
    tenu.atelier.fermer()


def test_nothing_changed_nothing_is_done(veilleur: Veilleur) -> None:
    assert veilleur.tour() == CADENCE
    assert veilleur.refaits == 0


def test_an_act_is_in_the_figures_at_the_next_look(veilleur: Veilleur) -> None:
    assert _de("personnes_sdd") == 7
    gens.soumise()
    repos = veilleur.tour()
    assert _de("personnes_sdd") == 8
    assert fraicheur().rafraichi_le == MAINTENANT
    assert repos == 3, "a refresh that cost a second waits three: a quarter of one processor"
    assert veilleur.tour() == CADENCE


def test_notes_that_change_no_row_cost_no_month(veilleur: Veilleur) -> None:
    """A telephone number was corrected: the lake holds none. The months that wait keep waiting for their own job."""
    assert Calcul.objects.count() == 1
    Personne.objects.update(prenom="Autrement")
    assert veilleur.tour() > CADENCE
    assert Calcul.objects.count() == 1


def test_what_costs_much_waits_long_but_not_for_ever(lac: Lac, quelques_indicateurs: None) -> None:
    gens.soumise()
    rafraichir(le=MAINTENANT, mois_passes=0)
    gens.soumise()
    heures = iter((0.0, 3600.0))
    tenu = Veilleur(horloge=lambda: MAINTENANT, cout=lambda: next(heures))
    assert tenu.tour() == REPOS_MAXIMAL
    tenu.atelier.fermer()


def test_a_new_day_is_a_change(veilleur: Veilleur) -> None:
    veilleur._horloge = lambda: MAINTENANT + timedelta(days=1)
    veilleur.tour()
    assert fraicheur().au == MAINTENANT.date() + timedelta(days=1)


def test_before_the_first_lake_there_is_nothing_to_follow(lac: Lac) -> None:
    assert Veilleur(horloge=lambda: MAINTENANT).tour() == CADENCE


def test_acts_one_by_one_give_what_a_computation_from_nothing_gives(lac: Lac) -> None:
    """Events, corrections, closed periods, a merge, an erasure: every value of every indicator and territory."""
    for _ in range(7):
        gens.soumise()
    veilleur = Veilleur(horloge=lambda: MAINTENANT)
    rafraichir(le=MAINTENANT, mois_passes=0)
    eds = f.structure(code="EDS1", nom="EDS de Créteil")
    a, b, c = gens.soumise(), gens.soumise(sexe=Sexe.HOMME), gens.soumise()
    actes: list[Callable[[], Any]] = [
        lambda: gens.orientation(a, eds, date(2026, 1, 5)),
        lambda: gens.fait(a, E.CONTACT, date(2026, 2, 3), resultat="jointe"),
        lambda: gens.annuler(gens.fait(b, E.CONTACT, date(2026, 2, 4), resultat="jointe")),
        lambda: gens.contrat(a, eds, date(2026, 2, 10)),
        lambda: gens.referent(b, eds, None, date(2026, 1, 5)),
        lambda: type(c).objects.filter(pk=c.pk).update(canonique=b),
        lambda: b.droits.update(fin=date(2026, 2, 1)),
        lambda: b.ouvertures.all().delete(),
        lambda: gens.soumise(depuis=date(2026, 1, 31)),
    ]
    for un, deux, trois in zip(*[iter(actes)] * 3, strict=True):
        un(), deux(), trois()
        veilleur.tour()
    veilleur.atelier.fermer()
    petit_a_petit = _valeurs()
    ValeurCalculee.objects.all().delete()
    Calcul.objects.all().delete()
    rafraichir(le=MAINTENANT, complet=True, mois_passes=0)
    assert petit_a_petit == _valeurs()
    assert len(petit_a_petit) > 100


def test_only_what_a_change_reaches_is_worked_out_again(veilleur: Veilleur) -> None:
    """A contact reaches those who were never accompanied, not who is a woman: its rows come out the same."""
    personne = gens.soumise()
    veilleur.tour()
    versions = dict(veilleur.atelier.versions)
    gens.fait(personne, E.CONTACT, date(2026, 2, 3), resultat="jointe")
    veilleur.tour()
    refaits = {code for code, version in veilleur.atelier.versions.items() if versions[code] != version}
    assert refaits == {"jamais_accompagnees"}


def test_lists_follow_figures(veilleur: Veilleur) -> None:
    """The list of a figure that did not move stays where it was; that of one that moved is the new one."""
    pilote = f.agent("pilotage")
    personnes = [gens.soumise() for _ in range(6)]
    veilleur.tour()
    for personne in personnes:
        gens.fait(personne, E.CONTACT, date(2026, 2, 3), resultat="jointe")
    veilleur.tour()
    jamais = set(personnes_derriere(pour=pilote, code="jamais_accompagnees"))
    assert len(jamais) == 7
    assert not jamais & {p.pk for p in personnes}
    assert {p.pk for p in personnes} <= set(personnes_derriere(pour=pilote, code="personnes_sdd"))


def test_after_a_restart_what_is_kept_is_held_again(veilleur: Veilleur, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written for that; the next act then costs what it changes, and lists still open."""
    personne = gens.soumise()
    veilleur.tour()
    neuf = Veilleur(horloge=lambda: MAINTENANT)
    ecrits: list[Any] = []
    garder = services._garder
    monkeypatch.setattr(services, "_garder", lambda cellules, *a, **o: (ecrits.append(o), garder(cellules, *a, **o)))
    neuf.echauffer()
    assert ecrits == []
    gens.fait(personne, E.CONTACT, date(2026, 2, 3), resultat="jointe")
    neuf.tour()
    (ecrit,) = ecrits
    assert ecrit["codes"] is not None
    assert "personnes_sdd" not in ecrit["codes"]
    assert len(personnes_derriere(pour=f.agent("pilotage"), code="personnes_sdd")) == 8
    neuf.atelier.fermer()


def test_another_state_is_not_taken_for_the_one_kept(veilleur: Veilleur, lac: Lac) -> None:
    gens.soumise()
    manifeste = lac.rafraichir().manifeste
    with Atelier() as atelier:
        assert not reprendre(atelier, manifeste)
        assert atelier.session is None


def test_a_failure_forgets_what_was_held(veilleur: Veilleur, monkeypatch: pytest.MonkeyPatch) -> None:
    """The values were not written: the next look writes them."""
    gens.soumise()

    def panne(*_: Any, **__: Any) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(services, "_garder", panne)
    with pytest.raises(OSError, match="disque"):
        veilleur.tour()
    assert veilleur.atelier.session is None
    monkeypatch.undo()
    rafraichir(le=MAINTENANT, mois_passes=0, atelier=veilleur.atelier)
    assert _de("personnes_sdd") == 8


def test_one_process_at_a_time(veilleur: Veilleur, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process follows: this one waits for its end."""
    attentes: list[float] = []
    monkeypatch.setattr(veilleur._fin, "wait", attentes.append)
    monkeypatch.setattr(veille, "close_old_connections", lambda: pytest.fail("it should not have begun"))
    with (dossier_du_lac() / "verrou-veille").open("a") as autre:
        fcntl.flock(autre, fcntl.LOCK_EX)
        veilleur._veiller()
    assert attentes == [10]


# What rests on what ----------------------------------------------------------------------------------------
def test_every_query_names_only_what_is_there() -> None:
    """A view that names a view is not caught in a circle, and every indicator rests on tables of the lake."""
    for nom, sql in sources_des_vues().items():
        assert nom not in nommees(sql)
    for d in definitions().values():
        assert tables_lues(d.sql) <= PAR_NOM.keys()
        assert tables_lues(d.sql), d.code


def test_the_graph_says_which_indicators_a_table_reaches() -> None:
    requetes = [(d.code, d.sql) for d in definitions().values()]
    assert "jamais_accompagnees" in atteintes(requetes, ["evenements_bruts"])
    des_fichiers = set(atteintes(requetes, ["fichiers"]))
    assert not des_fichiers & {"personnes_sdd", "foyers_allocataires", "jamais_accompagnees"}
    assert set(atteintes(requetes, ["droits_foyers"])) >= {"personnes_sdd", "foyers_allocataires"}


def test_le_is_what_the_page_says(veilleur: Veilleur) -> None:
    """« Lac rafraîchi à »: when the facts of today's figures were read, even if nothing had changed."""
    plus_tard: datetime = MAINTENANT + timedelta(minutes=10)
    rafraichir(le=plus_tard, mois_passes=0)
    assert fraicheur().rafraichi_le == plus_tard
