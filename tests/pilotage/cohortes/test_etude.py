"""The study as pages receive it: figures only, nobody in them, what is rare together, on any state of the lake."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from cordee.metier.personnes.models import Personne
from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible
from cordee.pilotage.cohortes.moteur import etudier
from cordee.pilotage.instantanes.services import prendre
from cordee.pilotage.lac.pseudonymes import pseudonymes_de
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.cohortes.test_chemins import changer, entree
from tests.pilotage.conftest import Lac

pytestmark = pytest.mark.django_db
JANVIER = Definition(du="2023-01", au="2023-01", horizon=24)
STOCK = Definition(origine="stock", du="2023-12", au="2023-12", horizon=12)  # type: ignore[arg-type]


@pytest.fixture
def entrantes(lac: Lac) -> list[int]:
    """Twenty of January 2023: six leave for papers at 5, two die, three move, nine stay."""
    gens.soumise()
    gens.soumise(depuis=date(2026, 1, 31))
    qui = [entree() for _ in range(20)]
    for personne in qui[:6]:
        changer(personne, date(2023, 6, 30), "5", "ECH")
    for personne in qui[6:8]:
        personne.deces_le = date(2023, 9, 1)
        personne.save()
        changer(personne, date(2023, 9, 30), "5", "RAU")
    for personne in qui[8:11]:
        changer(personne, date(2024, 1, 31), "5", "MUT")
    return [p.pk for p in qui]


def etude(lac: Lac, *definitions: Definition, **autres: Any) -> dict[str, Any]:
    return etudier(lac.manifeste, {"cohortes": [d.champs() for d in definitions], **autres})


def test_figures_and_nobody(lac: Lac, entrantes: list[int]) -> None:
    lue = etude(lac, JANVIER)
    (c,) = lue["cohortes"]
    assert (c["effectif"], c["mois"], c["suivi_complet"], lue["observation"]) == (20, 24, 24, "2025-12")
    # two deaths and three moves are rare: five together, counted with « autre »
    assert {k: n for k, n in c["totaux"].items() if n} == {"papiers": 6, "autre": 5}
    assert sorted(c["reunies"]) == ["deces", "demenagement"]
    assert c["causes"].keys() == {"papiers", "autre"}
    assert c["causes"]["papiers"]["valeur"][4:6] == [0, 0.3]
    assert c["causes"]["autre"]["valeur"][23] == 0.25
    # the two who died at 8 do not move the curve alone: it waits for the three who left at 12
    assert [c["maintien"]["valeur"][k] for k in (4, 5, 8, 11, 12, 24)] == [1, 0.7, 0.7, 0.7, 0.45, 0.45]
    assert c["maintien"]["valeur"][24] == pytest.approx(1 - 0.3 - 0.25)
    assert c["risque"] == {"0": 20, "6": 14, "12": 12, "18": 9, "24": 9}
    texte = json.dumps(lue)
    numeros = [*entrantes, *pseudonymes_de(entrantes).values()]
    assert not [n for n in numeros if n > 1000 and str(n) in texte]


def test_states_and_moves_are_counted_by_five(lac: Lac, entrantes: list[int]) -> None:
    (c,) = etude(lac, JANVIER)["cohortes"]
    assert c["etats"][0] == {"k": 0, "total": 20, "nombres": {"attente": 20}}
    assert c["etats"][12]["nombres"] == {"attente": 10, "sortie_contrainte": 5, "sortie_autre": 5}
    du_depart = next(p for p in c["passages"] if (p["de"], p["vers"]) == (0, 6))
    assert du_depart["cellules"] == [["attente", "attente", 15], ["attente", "sortie_contrainte", 5]]


def test_too_few_people_show_nothing(lac: Lac, entrantes: list[int]) -> None:
    (c,) = etude(lac, Definition(du="2023-02", au="2023-03"))["cohortes"]
    assert (c["effectif"], c["montree"]) == (0, False)
    for _ in range(3):
        gens.soumise(depuis=date(2023, 2, 28), demande_le=date(2023, 2, 3))
    (c,) = etude(lac, Definition(du="2023-02", au="2023-03"))["cohortes"]
    assert c.keys() == {"definition", "effectif", "ecartes", "montree"}
    assert c["effectif"] is None


def test_cohorts_side_by_side(lac: Lac, entrantes: list[int]) -> None:
    lue = etude(lac, JANVIER, STOCK)
    comparaison = lue["comparaison"]
    assert comparaison["mois"] == 12
    assert 0 <= comparaison["maintien_p"] <= 1
    assert comparaison["emploi_p"] is None  # nobody left for a job
    (ecart,) = comparaison["ecarts"]
    assert (ecart["quoi"], ecart["k"], ecart["cohorte"], ecart["contre"]) == ("maintien", 12, 1, 0)
    assert ecart["bas"] <= ecart["ecart"] <= ecart["haut"]


def test_what_cannot_be_asked(lac: Lac, entrantes: list[int]) -> None:
    with pytest.raises(DefinitionIllisible, match="une à 4 cohortes"):
        etude(lac)
    with pytest.raises(DefinitionIllisible, match="état publié n'existe pas"):
        etude(lac, JANVIER, instantane=99)


def test_a_published_state_does_not_move(lac: Lac, entrantes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """« Telle que connue au » : the file that comes later changes the present answer, not that one."""
    monkeypatch.setattr("cordee.pilotage.instantanes.services.calculer", lambda *_, **__: [])  # rows, not values
    lac.rafraichir()
    publie = prendre(libelle="Comité de mars", au=date(2025, 12, 31), par=f.systeme(), le=lac.le)
    for personne in Personne.objects.filter(pk__in=entrantes[11:17]):
        changer(personne, date(2023, 6, 30), "5", "RFD")
    (present,) = etude(lac, JANVIER)["cohortes"]
    (d_alors,) = etude(lac, JANVIER, instantane=publie.pk)["cohortes"]
    assert present["totaux"]["ressources"] == 6
    assert d_alors["totaux"]["ressources"] == 0
