"""Who reads which figure, on which day, in which territory; what is kept, and when it is computed again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.models import DroitPersonne
from cordee.pilotage import calcul, listes, selectors, services
from cordee.pilotage.enums import Niveau, Secret
from cordee.pilotage.lac.manifeste import dossier_du_lac
from cordee.pilotage.models import Calcul, ValeurCalculee
from cordee.pilotage.selectors import (
    ChiffresAbsents,
    DateHorsHistoire,
    LectureRefusee,
    TerritoireInconnu,
    fraicheur,
    indicateurs,
    par_territoire,
    personnes_derriere,
    serie,
    territoires,
)
from cordee.pilotage.services import rafraichir
from cordee.socle.horloge import PARIS
from cordee.territoires.models import Ept
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

LE = datetime(2022, 3, 15, 9, tzinfo=PARIS)
CODES = ["personnes_sdd", "taux_orientation"]


@pytest.fixture
def monde(lac: Lac) -> Lac:
    """Créteil 12 people, of whom 6 oriented to the EDS; Périgny 3; Noiseau 14."""
    ept = Ept.objects.create(code="200058006", nom="Grand Paris Sud Est Avenir")
    communes = {"94028": 12, "94056": 3, "94053": 14}
    for code, n in communes.items():
        commune = f.commune(code, {"94028": "Créteil", "94056": "Périgny", "94053": "Noiseau"}[code])
        commune.ept = ept
        commune.save()
        for _ in range(n):
            gens.soumise(commune=commune)
    eds = f.structure(code="EDS1", nom="EDS de Créteil")
    for personne in DroitPersonne.objects.order_by("pk")[:6]:
        gens.orientation(personne.personne, eds, date(2022, 1, 5))
        gens.referent(personne.personne, eds, None, date(2022, 1, 5))
    rafraichir(le=LE)
    return lac


def _pilote(*roles: RoleAgent, **options: Any) -> Any:
    return f.agent(*(roles or (RoleAgent.PILOTAGE,)), **options)


# Values --------------------------------------------------------------------------------------------------------------
def test_figures_of_the_departement_today(monde: Lac) -> None:
    valeurs = {v.code: v for v in indicateurs(pour=_pilote())}
    sdd, orientees = valeurs["personnes_sdd"], valeurs["taux_orientation"]
    assert (sdd.valeur, sdd.au, sdd.territoire, sdd.unite) == (29, date(2022, 3, 15), "94", "personnes")
    assert (orientees.numerateur, orientees.denominateur) == (6, 29)
    assert valeurs["retours"].valeur == 0
    assert valeurs["taux_contrat_operateur"].valeur is None
    assert fraicheur().au == date(2022, 3, 15)
    assert fraicheur().premiere_photo == gens.DEBUT


def test_a_day_of_the_past_that_is_no_end_of_month(monde: Lac) -> None:
    """Computed when asked, with the same figures as the kept ones."""
    (janvier,) = indicateurs(pour=_pilote(), au=date(2022, 1, 4), codes=["taux_orientation"])
    (mi_janvier,) = indicateurs(pour=_pilote(), au=date(2022, 1, 15), codes=["taux_orientation"])
    assert (janvier.numerateur, mi_janvier.numerateur) == (0, 6)
    assert not ValeurCalculee.objects.filter(au=date(2022, 1, 15)).exists()


@pytest.mark.parametrize(
    ("au", "phrase"),
    [(date(2021, 12, 30), "commencent le 31 décembre 2021"), (date(2022, 3, 16), "s'arrêtent au 15 mars")],
)  # fmt: skip
def test_a_day_without_history_is_refused_in_a_sentence(monde: Lac, au: date, phrase: str) -> None:
    with pytest.raises(DateHorsHistoire, match=phrase):
        indicateurs(pour=_pilote(), au=au)


def test_before_any_file_and_before_any_refresh(lac: Lac) -> None:
    with pytest.raises(ChiffresAbsents, match="pas encore été calculés"):
        indicateurs(pour=_pilote())
    rafraichir(le=LE)
    with pytest.raises(DateHorsHistoire, match="Aucun fichier"):
        indicateurs(pour=_pilote())


def test_an_unknown_territory_is_refused(monde: Lac) -> None:
    with pytest.raises(TerritoireInconnu, match="94999"):
        indicateurs(pour=_pilote(), territoire="94999")


def test_series_map_and_list_say_the_same(monde: Lac) -> None:
    pilote = _pilote()
    points = serie(pour=pilote, code="taux_orientation", du=date(2021, 1, 1))
    assert [(v.au, v.numerateur) for v in points] == [
        (gens.DEBUT, 0), (date(2022, 1, 31), 6), (date(2022, 2, 28), 6), (date(2022, 3, 15), 6),
    ]  # fmt: skip
    assert [v.au for v in serie(pour=pilote, code="personnes_sdd", pas="annee")] == [gens.DEBUT, date(2022, 3, 15)]
    carte = par_territoire(pour=pilote, code="personnes_sdd", niveau="commune")
    assert [v.nom_territoire for v in carte] == ["Créteil", "Noiseau", "Périgny"]
    assert [v.nom_territoire for v in par_territoire(pour=pilote, code="personnes_sdd", niveau=Niveau.EPT)] == [
        "Grand Paris Sud Est Avenir"
    ]
    assert {v.territoire: v.valeur for v in par_territoire(pour=pilote, code="personnes_sdd", niveau="structure")} == {
        "EDS1": 6, "sans_structure": 23,
    }  # fmt: skip
    qui = personnes_derriere(pour=pilote, code="taux_orientation", territoire="94028")
    assert set(qui) == set(DroitPersonne.objects.order_by("pk")[:6].values_list("personne_id", flat=True))
    assert territoires()[Niveau.COMMUNE]["94056"] == "Périgny"


def test_lists_of_the_last_days_are_kept_with_the_figures(monde: Lac, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same people, read from a file or worked out; lists of states that no figure comes from are removed."""
    pilote, cas = _pilote(), [("taux_orientation", ""), ("personnes_sdd", "EDS1"), ("personnes_sdd", "94053"),
                              ("foyers_allocataires", "200058006")]  # fmt: skip
    jours = (date(2022, 2, 28), date(2022, 3, 15))

    def lues() -> list[list[int]]:
        selectors._liste.cache_clear()
        return [personnes_derriere(pour=pilote, code=c, territoire=t, au=j) for c, t in cas for j in jours]

    gardees = lues()
    assert [len(g) for g in gardees[::2]] == [6, 6, 14, 29]
    fichiers = list((dossier_du_lac() / "listes").iterdir())
    assert {f.stat().st_mode & 0o777 for f in fichiers} == {0o600}
    with monkeypatch.context() as sans:
        sans.setattr(listes, "_fichier", lambda *_: dossier_du_lac() / "absent")
        assert lues() == gardees
    droit = DroitPersonne.objects.order_by("pk").last()
    assert droit is not None
    droit.delete()
    rafraichir(le=LE)
    assert [len(g) for g in lues()[1::2]] == [6, 6, 13, 29]
    assert not {f.name for f in fichiers} & {f.name for f in (dossier_du_lac() / "listes").iterdir()}


# Who may read --------------------------------------------------------------------------------------------------------
def test_small_numbers_are_hidden_more_in_publications(monde: Lac) -> None:
    """Périgny holds 3 people: hidden, with its smallest neighbour; the 6 of the EDS are hidden when published."""
    dedans, publie = _pilote(), _pilote(RoleAgent.ELU)
    assert _caches(dedans) == {"94056": Secret.PETIT_NOMBRE, "94028": Secret.COMPLEMENTAIRE}
    assert _caches(publie) == {"94056": Secret.PETIT_NOMBRE, "94028": Secret.COMPLEMENTAIRE}
    (eds,) = indicateurs(pour=dedans, territoire="EDS1", codes=["personnes_sdd"])
    assert eds.valeur == 6
    (eds,) = indicateurs(pour=publie, territoire="EDS1", codes=["personnes_sdd"])
    assert (eds.valeur, eds.numerateur, eds.secret) == (None, None, Secret.PETIT_NOMBRE)


def _caches(pour: Any) -> dict[str, Secret | None]:
    carte = par_territoire(pour=pour, code="personnes_sdd")
    assert all((v.valeur is None) == (v.secret is not None) for v in carte)
    return {v.territoire: v.secret for v in carte if v.secret}


def test_a_territory_too_small_shows_no_figure_at_all(monde: Lac) -> None:
    valeurs = indicateurs(pour=_pilote(), territoire="94056")
    connues = [v for v in valeurs if v.code in ("personnes_sdd", "taux_orientation", "en_attente_orientation")]
    assert len(connues) == 3
    assert all(v.valeur is None and v.denominateur is None for v in connues)


def test_elected_members_have_no_list(monde: Lac) -> None:
    with pytest.raises(LectureRefusee, match="pas à la liste"):
        personnes_derriere(pour=_pilote(RoleAgent.ELU), code="personnes_sdd")
    assert personnes_derriere(pour=_pilote(RoleAgent.ELU, RoleAgent.PILOTAGE), code="personnes_sdd")


def test_a_head_reads_her_structure_and_others_nothing(monde: Lac) -> None:
    cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=Structure.objects.get(code="EDS1"))
    (valeur,) = indicateurs(pour=cheffe, territoire="EDS1", codes=["personnes_sdd"])
    assert valeur.valeur == 6
    for territoire in ("", "94028", f.structure(code="EDS2").code):
        with pytest.raises(LectureRefusee, match="votre structure"):
            indicateurs(pour=cheffe, territoire=territoire)
    with pytest.raises(LectureRefusee):
        personnes_derriere(pour=cheffe, code="personnes_sdd")
    assert [v.territoire for v in par_territoire(pour=cheffe, code="personnes_sdd", niveau="structure")] == ["EDS1"]
    for role in (RoleAgent.REFERENT, RoleAgent.CHARGE_EMPLOI, RoleAgent.ADMINISTRATEUR, RoleAgent.GESTIONNAIRE_DONNEES):
        with pytest.raises(LectureRefusee):
            indicateurs(pour=f.agent(role))


# What is kept --------------------------------------------------------------------------------------------------------
def test_a_past_month_is_computed_once_and_again_when_its_past_changes(
    monde: Lac, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(Calcul.objects.values_list("au", flat=True)) == {
        gens.DEBUT, date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 15),
    }  # fmt: skip
    assert rafraichir(le=LE).jours == ()
    droit = DroitPersonne.objects.order_by("pk").last()
    assert droit is not None
    droit.fin = date(2022, 2, 15)
    droit.save()
    assert set(rafraichir(le=LE).jours) == {date(2022, 3, 15), date(2022, 2, 28)}
    assert [v.valeur for v in serie(pour=_pilote(), code="personnes_sdd")] == [29, 29, 28, 28]
    droit.delete()
    bilan = rafraichir(le=LE, mois_passes=1)
    assert (bilan.jours, bilan.restants) == ((date(2022, 3, 15), date(2022, 2, 28)), 2)
    perimes = [v for v in serie(pour=_pilote(), code="personnes_sdd") if v.a_refaire]
    assert [v.au for v in perimes] == [gens.DEBUT, date(2022, 1, 31)]
    assert rafraichir(le=LE).restants == 0
    monkeypatch.setattr(services, "empreinte_des_methodes", lambda: "autre")
    assert len(rafraichir(le=LE).jours) == 4


def test_yesterday_is_forgotten_and_the_end_of_a_month_is_kept(monde: Lac) -> None:
    rafraichir(le=datetime(2022, 4, 2, 9, tzinfo=PARIS))
    jours = set(Calcul.objects.values_list("au", flat=True))
    assert date(2022, 3, 31) in jours
    assert date(2022, 3, 15) not in jours
    assert set(ValeurCalculee.objects.values_list("au", flat=True)) == jours


def test_pages_read_kept_values_only(monde: Lac, monkeypatch: pytest.MonkeyPatch) -> None:
    """No figure is computed by a page about today or the end of a month, and reads do not grow with people."""
    pilote = _pilote()

    def interdit(*_: Any, **__: Any) -> None:
        raise AssertionError("computed while a page waits")

    monkeypatch.setattr(calcul, "ouvrir", interdit)
    with CaptureQueriesContext(connection) as requetes:
        indicateurs(pour=pilote)
    assert len(requetes) <= 6
    with CaptureQueriesContext(connection) as requetes:
        serie(pour=pilote, code="personnes_sdd")
        par_territoire(pour=pilote, code="personnes_sdd")
    assert len(requetes) <= 14


def test_figures_agree_between_map_ept_and_departement(monde: Lac, tmp_path: Path) -> None:
    """What communes, EPT and structures count adds up to the département, those without a place included."""
    for code in CODES:
        lignes = ValeurCalculee.objects.filter(code=code, au=date(2022, 3, 15))
        for champ in ("numerateur", "inconnu"):
            sommes = {n: sum(getattr(v, champ) or 0 for v in lignes if v.niveau == n) for n in Niveau}
            assert len(set(sommes.values())) == 1, (code, champ, sommes)
