"""A cohort written in an address, read back, refused in plain French."""

from __future__ import annotations

import pytest

from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible, phrase, titre_court
from cordee.pilotage.cohortes.enums import Origine

NOMS = {"94028": "Créteil", "94017": "Champigny", "94079": "Villiers", "EDS1": "EDS de Créteil"}
RICHE = Definition(
    origine=Origine.ORIENTATION, du="2022-03", au="2023-02", lieux=("94017", "94028", "94079"), structure="EDS1",
    rattache="referent", sexe=("femme",), age=("moins_30", "30_39"), famille=("seule_enfants",),
    anciennete=("moins_1_an",), formation=("sans",), freins=("trois",), voie=("emploi",),
    organisme=("operateur_emploi",), contrat=("sans",), action=("sans",), repere=3, horizon=60,
)  # fmt: skip


def test_what_is_written_is_read_back() -> None:
    assert Definition.lire(RICHE.adresse()) == RICHE
    assert Definition.de_champs(RICHE.champs()) == RICHE
    court = Definition(du="2022-01", au="2022-12")
    assert court.adresse() == "origine=ouverture&du=2022-01&au=2022-12"
    assert Definition.lire(court.adresse()) == court
    assert Definition.lire("du=2022-01").au == "2022-01"


def test_a_photo_has_one_month_and_no_landmark() -> None:
    lue = Definition.lire("origine=stock&du=2023-12&au=2024-06&repere=3")
    assert (lue.du, lue.au, lue.repere) == ("2023-12", "2023-12", 0)


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("du=2022", "premier et le dernier mois"),
        ("", "premier et le dernier mois"),
        ("du=2022-06&au=2022-01", "vient avant le premier"),
        ("du=2020-01&au=2023-01", "36 mois au plus"),
        ("du=2022-01&origine=lune", "événement de départ"),
        ("du=2022-01&sexe=martien", "ne connaît pas la valeur"),
        ("du=2022-01&repere=5", "parmi 0, 1, 3, 6, 12"),
        ("du=2022-01&lieux=94%27%20OR%201", "ne peut pas être lu"),
    ],
)
def test_what_means_nothing_is_refused(texte: str, mots: str) -> None:
    with pytest.raises(DefinitionIllisible, match=mots):
        Definition.lire(texte)


def test_a_cohort_is_one_sentence() -> None:
    dite = phrase(RICHE, NOMS)
    assert dite.startswith(
        "Personnes orientées pour la première fois de mars 2022 à février 2023, à Champigny, Créteil ou Villiers ; "
        "organisme référent EDS de Créteil ; femmes ; moins de 30 ans ou 30 à 39 ans ; seule avec enfant ; "
    )
    assert dite.endswith("encore présentes 3 mois après, point de départ du suivi ; suivies 60 mois au plus.")
    assert titre_court(RICHE, NOMS).startswith("Première orientation · de mars 2022 à février 2023 · Champigny")
