"""The individual file: k people at least behind each line's traits, a pseudonym of its own, written in the register."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.pilotage.cohortes import services
from cordee.pilotage.cohortes.anonymat import SUPPRIME, K, anonymiser
from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible
from cordee.pilotage.cohortes.individus import ENTETES, IDENTIFIANTES, notice
from cordee.pilotage.lac.pseudonymes import pseudonymes_de
from cordee.pilotage.models import ExportCohorte
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.cohortes.test_chemins import entree
from tests.pilotage.conftest import Lac

ECHELLES = [[lambda v: v[0], lambda v: "tous"], [lambda v: "tous"]]
LIGNES = st.lists(st.tuples(st.sampled_from(["a1", "a2", "b1", "b2"]), st.sampled_from(["x", "y", "z"])), max_size=60)
JANVIER = Definition(du="2023-01", au="2023-01", horizon=12)


@settings(max_examples=120, deadline=None)
@given(lignes=LIGNES)
def test_nobody_stands_alone(lignes: list[tuple[str, ...]]) -> None:
    rendu = anonymiser(lignes, ECHELLES)
    if len(lignes) < K:
        assert rendu.lignes == []
        return
    assert len(rendu.lignes) == len(lignes)
    assert all(n >= K for n in Counter(rendu.lignes).values())
    assert rendu.supprimees == sum(ligne[0] == SUPPRIME for ligne in rendu.lignes)
    for avant, apres in zip(lignes, rendu.lignes, strict=True):
        assert apres[0] in {avant[0], avant[0][0], "tous", SUPPRIME}


def test_nothing_is_coarsened_without_need() -> None:
    lignes = [("a1", "x")] * 5 + [("b1", "y")] * 7
    assert anonymiser(lignes, ECHELLES).lignes == lignes
    assert anonymiser(lignes, ECHELLES).niveaux == (0, 0)


@pytest.mark.django_db
def test_the_file_and_its_register(lac: Lac) -> None:
    gens.soumise()
    gens.soumise(depuis=date(2026, 1, 31))
    ids = [entree().pk for _ in range(7)]
    lac.rafraichir()
    par = f.systeme()
    export, lu = services.exporter(definition=JANVIER, usage=" Étude  des retours ", par=par, le=MAINTENANT)
    autre, second = services.exporter(definition=JANVIER, usage="Autre étude", par=par, le=MAINTENANT)
    assert [(e.usage, e.effectif) for e in ExportCohorte.objects.order_by("pk")] == [
        ("Étude des retours", 7), ("Autre étude", 7)
    ]  # fmt: skip
    assert all(len(ligne) == len(ENTETES) for ligne in lu.lignes)
    traits = Counter(ligne[1 : 1 + len(IDENTIFIANTES)] for ligne in lu.lignes)
    assert min(traits.values()) >= K
    noms = {ligne[0] for ligne in lu.lignes}
    assert len(noms) == 7
    assert noms.isdisjoint({ligne[0] for ligne in second.lignes})  # two exports cannot be joined
    assert noms.isdisjoint({f"{n:016x}" for n in [*ids, *pseudonymes_de(ids).values()]})
    assert {ligne[ENTETES.index("etat_24_mois")] for ligne in lu.lignes} == {"non_observe"}
    mots = " ".join(notice(JANVIER, "Phrase.", lu, numero=export.pk, usage=export.usage, qui="E", quand="hier"))
    assert "7 lignes" in mots
    assert f"celle de {K} personnes au moins" in mots
    assert autre.pk != export.pk


@pytest.mark.django_db
def test_what_cannot_leave(lac: Lac) -> None:
    gens.soumise()
    gens.soumise(depuis=date(2026, 1, 31))
    entree()
    par = f.systeme()
    with pytest.raises(services.CohorteRefusee, match="pas encore été calculés"):
        services.exporter(definition=JANVIER, usage="étude", par=par, le=MAINTENANT)
    lac.rafraichir()
    with pytest.raises(services.CohorteRefusee, match="à quoi servira"):
        services.exporter(definition=JANVIER, usage="  ", par=par, le=MAINTENANT)
    with pytest.raises(DefinitionIllisible, match="Moins de 5 personnes"):
        services.exporter(definition=JANVIER, usage="étude", par=par, le=MAINTENANT)
    assert not ExportCohorte.objects.exists()  # the register says what left, nothing else
