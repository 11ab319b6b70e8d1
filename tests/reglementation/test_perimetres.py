"""E30: three perimeters of « soumis », nested, and an unknown flag that never becomes a no; E11: which bodies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.reglementation.catalogue import toutes_les_regles
from cordee.reglementation.delais import delai
from cordee.reglementation.enums import Nature
from cordee.reglementation.organismes_referents import (
    GenreOrganismeReferent,
    delai_legal_du_contrat,
    regle_du_contrat,
)
from cordee.reglementation.sdd import DrapeauRetenu, drapeau_retenu, sdd_drees, sdd_operationnel, sdd_payes

ETATS = st.sampled_from([None, "Z", "0", "1", "2", "3", "4", "5", "6"])
DRAPEAUX = st.sampled_from([True, False, None])
MOTIFS = st.sampled_from([None, "01", "05", "06", "35", "36", "44", "70", "CV"])
LE = date(2026, 3, 2)


@given(DRAPEAUX, ETATS, MOTIFS)
def test_les_perimetres_s_emboitent(drapeau: bool | None, etat: str | None, motif: str | None) -> None:
    operationnel = sdd_operationnel(drapeau=drapeau, etat=etat)
    payes = sdd_payes(drapeau=drapeau, etat=etat, motif=motif)
    drees = sdd_drees(drapeau=drapeau, etat=etat)
    assert drees <= payes <= operationnel


@pytest.mark.parametrize(
    ("etat", "motif", "attendu"),
    [
        ("2", None, (True, True, True)),
        ("3", None, (True, True, False)),
        ("4", "44", (True, True, False)),
        ("4", "36", (True, False, False)),
        ("5", None, (False, False, False)),
    ],
)
def test_table_des_perimetres(etat: str, motif: str | None, attendu: tuple[bool, bool, bool]) -> None:
    assert (
        sdd_operationnel(drapeau=True, etat=etat),
        sdd_payes(drapeau=True, etat=etat, motif=motif),
        sdd_drees(drapeau=True, etat=etat),
    ) == attendu


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_un_drapeau_absent_garde_le_dernier_connu(connu_le: date, ecart: int) -> None:
    au = date.fromordinal(connu_le.toordinal() + ecart)
    retenu = drapeau_retenu(recu=None, dernier_connu=True, dernier_connu_le=connu_le, au=au)
    assert retenu.valeur is True
    assert retenu.a_verifier == (ecart > 62) or 59 <= ecart <= 62  # two months are 59 to 62 days


def test_un_drapeau_jamais_connu_est_a_verifier() -> None:
    attendu = DrapeauRetenu(None, a_verifier=True)
    assert drapeau_retenu(recu=None, dernier_connu=None, dernier_connu_le=None, au=LE) == attendu


@pytest.mark.parametrize("genre", list(GenreOrganismeReferent))
@pytest.mark.parametrize("apres", [True, False])
def test_la_regle_du_contrat_a_la_nature_que_dit_l_organisme(genre: GenreOrganismeReferent, apres: bool) -> None:
    regle = delai(regle_du_contrat(genre, apres_reorientation=apres), au=LE)
    assert (regle.nature is Nature.LEGALE) == delai_legal_du_contrat(genre)
    assert (regle.valeur, regle.unite.value) == (1, "mois")


def test_la_page_des_regles_montre_tout_en_francais() -> None:
    regles = toutes_les_regles(date(2026, 11, 21))
    assert len({(regle.famille, regle.id) for regle in regles}) == len(regles)
    for regle in regles:
        assert regle.libelle, regle.id
        assert regle.valeur, regle.id
        assert regle.reference, regle.id
        assert regle.depuis <= date(2026, 11, 21)


def test_la_page_des_regles_suit_la_date() -> None:
    avant = {regle.id: regle.valeur for regle in toutes_les_regles(date(2024, 6, 1))}
    apres = {regle.id: regle.valeur for regle in toutes_les_regles(date(2026, 6, 1))}
    assert avant["orientation"].startswith("deux mois")
    assert apres["orientation"].startswith("six semaines")
    assert "heures_hebdo_min" not in avant
