"""What is read from the decisions of a period: adoption, reasons, groups; and the lists behind each number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.orientation.enums import Famille, TrancheAge
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.selectors.decisions import (
    DIMENSIONS,
    Periode,
    cellules,
    decisions_conservees,
    ids_des_decisions,
    libelle_du_groupe,
)
from cordee.metier.personnes.enums import RoleFoyer, Sexe
from cordee.metier.personnes.models import Appartenance
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe
from tests.metier.orientation.propositions import decidee

JOUR = LE.date()
PERIODE = Periode(du=JOUR - timedelta(days=30), au=JOUR + timedelta(days=1))


def test_each_decision_counts_once_as_the_person_was_that_day(equipe: Equipe, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    mere = equipe.entrante(sexe=Sexe.FEMME, date_naissance=date(1990, 5, 5))
    foyer = mere.appartenances.get().foyer
    enfant = f.personne(sexe=Sexe.HOMME, date_naissance=date(2020, 1, 1))
    Appartenance.objects.create(personne=enfant, foyer=foyer, role=RoleFoyer.ENF, a_charge=True, debut=date(2020, 1, 1))
    decidee(equipe, personne=mere)
    decidee(equipe, suivie=False, personne=equipe.entrante(sexe=Sexe.HOMME, date_naissance=None))
    equipe.decider(equipe.entrante())
    with django_assert_num_queries(1):
        lues = cellules(PERIODE)
    assert sum(c.n for c in lues) == 3
    (une,) = [c for c in lues if c.suivie is True]
    assert (une.sexe, une.age, une.famille, une.voie_proposee) == ("femme", "de_30_a_39", "seul_avec", "emploi")
    (autre,) = [c for c in lues if c.suivie is False]
    assert (autre.age, autre.motif_ecart) == ("inconnu", "appreciation_differente")
    (sans,) = [c for c in lues if c.suivie is None]
    assert sans.voie_proposee == ""
    assert cellules(Periode(du=JOUR + timedelta(days=1), au=JOUR + timedelta(days=9))) == []


def test_a_number_opens_the_decisions_it_counts(equipe: Equipe) -> None:
    suivie, ecartee = decidee(equipe), decidee(equipe, suivie=False)
    assert ids_des_decisions(PERIODE, {"suivie": "oui"}) == [suivie.pk]
    assert ids_des_decisions(PERIODE, {"suivie": "non", "motif_ecart": "appreciation_differente"}) == [ecartee.pk]
    assert ids_des_decisions(PERIODE, {}, structures=[equipe.agence.pk]) == [suivie.pk]
    assert ids_des_decisions(PERIODE, {}, agent=equipe.lea.pk) == []
    for cellule in cellules(PERIODE):
        filtres = {d: cellule.groupe(d) for d in DIMENSIONS} | {"suivie": "oui" if cellule.suivie else "non"}
        assert len(ids_des_decisions(PERIODE, filtres)) == cellule.n
    with pytest.raises(ValueError, match="no column"):
        ids_des_decisions(PERIODE, {"nom": "x' OR true --"})


def test_the_operators_decisions_are_not_ours(equipe: Equipe) -> None:
    decision = decidee(equipe)
    Orientation.objects.filter(pk=decision.pk).update(par_operateur=True)
    assert cellules(PERIODE) == []
    assert decisions_conservees(PERIODE) == []


def test_every_group_has_words() -> None:
    for dimension, liste in (("sexe", Sexe), ("age", TrancheAge), ("famille", Famille)):
        for groupe in liste:
            assert libelle_du_groupe(dimension, str(groupe)) in (groupe.libelle, "Non renseigné")
    assert libelle_du_groupe("territoire", "200058006") == "200058006"
