"""One line understood: dates never completed, identities never guessed, what is odd set aside with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.echanges.fichiers.rejets import jeton
from cordee.echanges.partenaires.champs import Champ, GenreCorrespondance, OrdreDates, fautes
from cordee.echanges.partenaires.valeurs import (
    LigneEcartee,
    LigneLue,
    comprendre,
    ecrire_textes,
    lire_date,
    lire_textes,
)
from cordee.metier.personnes.enums import PrecisionNaissance, RoleFoyer

LIMITE = date(2026, 2, 10)
QUI = {Champ.NOM: "Exemple", Champ.PRENOM: "Léa", Champ.NAISSANCE: "12/03/1988"}
NIR = "2880399100001"


def lue(**valeurs: Any) -> LigneLue | LigneEcartee:
    return comprendre({**QUI, **{Champ(c): v for c, v in valeurs.items()}}, rang=1, ligne=2, limite=LIMITE)


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("", ""), ("   ", ""), ("0000-00-00", ""), ("00/00/0000", ""), ("NULL", ""), (None, ""), ("2020", "2020"),
        ("2020-03", "2020-03"), ("03/2020", "2020-03"), ("2020-03-00", "2020-03"), ("2020-00-00", "2020"),
        ("2026-01-08", "2026-01-08"), ("08/01/2026", "2026-01-08"), ("8.1.2026", "2026-01-08"),
        ("20260108", "2026-01-08"), ("2026-01-08T10:00:00", "2026-01-08"), (datetime(2026, 1, 8), "2026-01-08"),  # noqa: DTZ001
        (46030.0, "2026-01-08"), (2020, "2020"), (2020.0, "2020"),
    ],
)  # fmt: skip
def test_a_date_says_what_it_says(ecrit: Any, attendu: str) -> None:
    assert str(lire_date(ecrit)) == attendu


@pytest.mark.parametrize("ecrit", ["31/02/2026", "2026-13-01", "hier", "12", "08/01/26", True, "1802-01-01", 5])
def test_what_is_no_date_is_said_so(ecrit: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        lire_date(ecrit)


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.dates(), st.none(), st.booleans()))
def test_no_value_breaks_the_reader_of_dates(brut: Any) -> None:
    try:
        dite = lire_date(brut)
    except (ValueError, OverflowError) as faute:
        assert isinstance(faute, ValueError)  # noqa: PT017
    else:
        assert str(dite) == "" or dite.debut is not None


@given(
    st.dictionaries(st.sampled_from(list(Champ)), st.one_of(st.text(max_size=60), st.floats(), st.none()), max_size=9)
)
def test_a_line_is_understood_or_set_aside(valeurs: dict[Champ, Any]) -> None:
    resultat = comprendre(valeurs, rang=1, ligne=2, limite=LIMITE)
    assert isinstance(resultat, LigneLue) or resultat.motif


def test_an_impossible_signature_sets_the_line_aside_with_the_name_of_the_field() -> None:
    for ecrit, mot in (("31/02/2026", "n'est pas une date"), ("01/03/2026", "à venir"), ("2027", "à venir")):
        ecartee = lue(contrat=ecrit)
        assert isinstance(ecartee, LigneEcartee)
        assert ecartee.motif.startswith("« Contrat signé le »")
        assert mot in ecartee.motif


def test_the_birth_date_keeps_its_precision() -> None:
    for ecrit, precision in (("1988", PrecisionNaissance.ANNEE), ("03/1988", PrecisionNaissance.MOIS)):
        ligne = lue(naissance=ecrit)
        assert isinstance(ligne, LigneLue)
        assert ligne.etat_civil.precision is precision


@pytest.mark.parametrize(
    "manque", [{"prenom": ""}, {"naissance": ""}, {"nom": "", "numdemrsa": "123"}, {"nom": "", "nir": "inconnu"}]
)
def test_a_line_about_nobody_in_particular_is_set_aside(manque: dict[str, str]) -> None:
    ecartee = lue(**manque)
    assert isinstance(ecartee, LigneEcartee)
    assert ecartee.code == "identite_insuffisante"


def test_a_dossier_needs_its_role_and_a_first_name() -> None:
    ligne = lue(nom="", numdemrsa="00000000123", role="Conjointe")
    assert isinstance(ligne, LigneLue)
    assert ligne.role is RoleFoyer.CJT


def test_what_is_kept_of_a_line_holds_no_nir_and_is_read_back() -> None:
    ligne = lue(nir=NIR, contrat="2020")
    assert isinstance(ligne, LigneLue)
    garde = ecrire_textes(ligne.textes)
    assert NIR not in garde
    assert NIR not in repr(ligne)
    relue = comprendre(lire_textes(garde), rang=1, ligne=2, limite=LIMITE)
    assert isinstance(relue, LigneLue)
    assert (relue.jeton is not None, relue.nir, relue.contrat, relue.etat_civil) == (
        True, "", ligne.contrat, ligne.etat_civil,
    )  # fmt: skip
    assert jeton(NIR) in garde


def test_months_first_when_the_mapping_says_so() -> None:
    assert str(lire_date("02/01/2026", OrdreDates.MJA)) == "2026-02-01"


@pytest.mark.parametrize(
    ("chemin", "admis"),
    [
        ("nir", True), ("identification/nir", True), ("personne/@ide", True), ("@ide", True), ("a/b-c/d.e_f", True),
        ("//nir", False), ("../nir", False), ("a[1]", False), ("a[text()='x']", False), ("string(a)", False),
        ("/a", False), ("a//b", False), ("a/*", False), ("{http://x}a", False), ("a|b", False), ("a" * 300, False),
    ],
)  # fmt: skip
def test_paths_are_names_and_slashes(chemin: str, admis: bool) -> None:
    constats = fautes({"nir": chemin, "contrat": "ppae/date-signature"}, genre=GenreCorrespondance.OPERATEUR)
    assert ("nir" not in constats) is admis


def test_a_mapping_that_cannot_tell_of_whom_is_refused() -> None:
    genre = GenreCorrespondance.TABLEAU
    assert "" in fautes({"numdemrsa": "N°", "role": "Rôle", "contrat": "Signé"}, genre=genre)
    assert "" in fautes({"nir": "NIR"}, genre=genre)
    assert fautes({"nir": "NIR", "contact": "Vu le"}, genre=genre) == {}
    assert "contact" in fautes({"nir": "NIR", "contrat": "Date", "contact": "Date"}, genre=genre)
