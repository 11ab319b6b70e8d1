"""What lives count, against the published figures: a small département, tolerances beside each figure.

Shares, not numbers: a thousand and a half people. The organisation is the one on paper (``vies_exemples``).
"""

from __future__ import annotations

from datetime import date

import pytest

from cordee.demo.histoire.vies.calibrage import Calibrage, Flux, calibrer, etats_rencontres, flux
from cordee.demo.histoire.vies.politique import Provenance, Taux, tous
from cordee.metier.parcours.enums import Etat
from tests.demo.histoire.vies_exemples import AU, organisation, vies

FIN_2021, MAI_2022, FIN_2024, FIN_2025 = date(2021, 12, 31), date(2022, 5, 31), date(2024, 12, 31), date(2025, 12, 31)
PERSONNES = 1500
# No file of the history makes them: a demand seen at the counter, a doubt on who somebody is.
HORS_HISTOIRE = {Etat.ATTENTE_DROIT, Etat.IDENTITE_A_ARBITRER, Etat.MINEURE}


@pytest.fixture(scope="module")
def comptes() -> dict[date, Calibrage]:
    return calibrer(vies(personnes=PERSONNES), organisation(), dates=(FIN_2021, MAI_2022, FIN_2024, FIN_2025, AU))


def _flux(annee: int) -> Flux:
    return flux(vies(personnes=PERSONNES), organisation(), du=date(annee, 1, 1), au=date(annee + 1, 1, 1))


def test_le_stock_de_2021(comptes: dict[date, Calibrage]) -> None:
    fin_2021 = comptes[FIN_2021]
    assert 78 <= fin_2021.part("orientees") <= 87  # 80 to 86 % oriented, two points of chance
    assert 44 <= fin_2021.part("rupe") <= 54  # 23,000 of 47,265 (49 %), five points of chance
    assert 22 <= fin_2021.part("jamais_accompagnees") <= 31  # 11,000 to 14,000 (23 to 30 %)
    assert 8.5 <= fin_2021.part("contrats") <= 15  # 11 % in 2021, three points of chance
    assert fin_2021.n["contrats_annonces"] == 0
    assert fin_2021.part("intensif") <= 4.5  # about 1,000 (2 %)


def test_les_contrats_de_mai_2022(comptes: dict[date, Calibrage]) -> None:
    assert 8.7 <= comptes[MAI_2022].part("contrats") <= 14.9  # 5,518 of 47,265: 11.7 %, three points of chance


def test_plus_d_une_personne_sur_deux_sous_contrat_fin_2025_et_les_entrantes_d_abord(
    comptes: dict[date, Calibrage],
) -> None:
    fin_2025, aujourd_hui = comptes[FIN_2025], comptes[AU]
    assert 48 <= fin_2025.part("contrats") <= 57  # more than 50 %
    assert fin_2025.part("contrats_flux", "flux") >= fin_2025.part("contrats_stock", "stock") + 10
    assert 62 <= aujourd_hui.part("contrats") <= 75  # 65 to 70 %, still climbing
    assert aujourd_hui.part("contrats") > fin_2025.part("contrats") > comptes[FIN_2024].part("contrats")


def test_l_accompagnement_intensif_et_ce_que_le_tableau_y_trouve(comptes: dict[date, Calibrage]) -> None:
    fin_2025 = comptes[FIN_2025]
    assert 23 <= fin_2025.part("intensif") <= 35  # more than 11,000 of 39,500
    assert 45 <= fin_2025.part("intensif_operateurs", "intensif") <= 80  # about two thirds
    assert 18 <= fin_2025.part("intensif_sans_contact", "intensif") <= 37  # one in four not heard of for 30 days


def test_presque_tout_le_monde_a_une_etape_a_jour(comptes: dict[date, Calibrage]) -> None:
    aujourd_hui = comptes[AU]
    assert 4 <= aujourd_hui.part("en_retard") <= 12
    assert aujourd_hui.n["echeances_en_retard"] <= 0.15 * aujourd_hui.n["echeances"]
    assert aujourd_hui.part("orientees") >= 97
    assert 0 < aujourd_hui.part("non_recue") <= 9


def test_les_delais_baissent() -> None:
    en_2022, en_2023, en_2025 = _flux(2022), _flux(2023), _flux(2025)
    assert 78 <= en_2022.delai_moyen <= 110  # 95 days before 2022
    assert 62 <= en_2023.delai_moyen <= 92  # 79 days
    assert en_2025.en_six_semaines >= 75
    assert en_2022.en_six_semaines < 20


def test_absences_et_sanctions() -> None:
    en_2023, en_2025 = _flux(2023), _flux(2025)
    for annee in (en_2023, en_2025):
        assert 15 <= annee.absences <= 35  # 18 to 45 % by channel
        assert 12 <= annee.excusees <= 40  # a quarter of absences
    assert en_2023.propositions > 2 * en_2025.propositions
    assert 0 < en_2023.mesures < en_2023.propositions


def test_l_experimentation_change_de_parcours() -> None:
    avant = flux(vies(personnes=PERSONNES), organisation(), du=date(2023, 3, 1), au=date(2024, 3, 1))
    depuis = flux(vies(personnes=PERSONNES), organisation(), du=date(2024, 3, 1), au=date(2026, 1, 1))
    assert 13 <= avant.parcours_emploi_experimentation <= 35  # 24 %
    assert 34 <= depuis.parcours_emploi_experimentation <= 51  # 42.6 %


def test_chaque_etat_du_cycle_est_traverse() -> None:
    rencontres = etats_rencontres(vie for _, vie in vies(personnes=PERSONNES))
    assert set(Etat) - HORS_HISTOIRE <= set(rencontres)


def test_chaque_taux_dit_d_ou_il_vient() -> None:
    assert len(tous()) > 20
    assert all(isinstance(taux.provenance, Provenance) and taux.quoi for taux in tous().values())


def test_un_taux_tient_jusqu_au_suivant() -> None:
    taux = Taux("exemple", Provenance.HYPOTHESE, {date(2022, 1, 1): 1.0, date(2024, 1, 1): 3.0})
    assert [taux.au(date(a, 6, 1)) for a in (2021, 2022, 2023, 2024)] == [1.0, 1.0, 1.0, 3.0]
    assert taux.tranches(date(2023, 5, 1)) == [(date(2024, 1, 1), 1.0), (date.max, 3.0)]
