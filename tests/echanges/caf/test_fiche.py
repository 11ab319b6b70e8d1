"""A household as a form: what is typed is what the reader reads, nothing else moves, no text breaks it."""

from __future__ import annotations

import contextlib
import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cordee.echanges.caf.fiche import composer, corriger, en_xml, presenter, reparer
from cordee.echanges.caf.foyer import FoyerLu
from cordee.echanges.caf.lecture import lire_bloc
from cordee.echanges.fichiers.fiches import BlocIllisible, CorrectionInvalide
from cordee.echanges.fichiers.rejets import sans_nir
from tests.echanges.caf.blocs import FOYER, foyer
from tests.echanges.caf.scenes import CONJOINT, ENFANT, avec

LIMITE = date(2026, 1, 5)
FAMILLE = foyer("00000010094", avec(CONJOINT, ENFANT))
# What a person may type in a name: no control character, no blank at its ends.
NOMS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=60).filter(
    lambda nom: nom.strip() == nom and not nom.isspace()
)


def lu(texte: str) -> FoyerLu:
    resultat = lire_bloc(texte.encode(), limite=LIMITE)
    assert isinstance(resultat, FoyerLu)
    return resultat


@given(NOMS)
@example("<&>\"'&amp;]]>")
def test_a_name_typed_is_the_name_read(nom: str) -> None:
    corrige = corriger(FAMILLE, {"p1-PRENOM": nom}, limite=LIMITE)
    assert lu(corrige).personnes[1].prenom == nom
    assert next(c for c in composer(corrige, limite=LIMITE).champs if c.cle == "p1-PRENOM").valeur == nom


def test_nothing_typed_nothing_moves() -> None:
    montre = {c.cle: c.valeur for c in composer(FAMILLE, limite=LIMITE).champs}
    assert lu(corriger(FAMILLE, montre, limite=LIMITE)) == lu(FAMILLE)
    assert corriger(FAMILLE, montre, limite=LIMITE) == corriger(FAMILLE, {}, limite=LIMITE)


def test_indented_it_reads_the_same() -> None:
    assert lu(presenter(FAMILLE)) == lu(FAMILLE)
    assert lu(presenter(FAMILLE)).empreinte == lu(FAMILLE).empreinte
    assert presenter("<a>") == "<a>"


def test_what_is_missing_is_put_where_the_schema_wants_it() -> None:
    sans = re.sub(r"<(DTNAI|TOPPERSDRODEVORSA|NUMDEMRSA)>[^<]*</\1>\s*", "", FOYER)
    sans = re.sub(r"<Prestations><NATPREST>RSA.*?</Prestations>\s*", "", sans)
    fautes = composer(sans, limite=LIMITE).fautes
    assert len(fautes) == 3
    assert any("demandeur" in faute for faute in fautes)
    saisies = {"p0-DTNAI": "21.6.1988", "p0-TOPPERSDRODEVORSA": "1", "d-NUMDEMRSA": "00000010094", "p0-ROLEPERS": "DEM"}
    corrige = lu(corriger(sans, saisies, limite=LIMITE))
    juste = lu(FOYER)
    assert corrige.numdemrsa == juste.numdemrsa
    assert corrige.personnes[0].naissance == juste.personnes[0].naissance
    assert (corrige.personnes[0].role, corrige.personnes[0].soumis) == ("DEM", True)
    balises = [str(e.tag) for e in en_xml(corriger(sans, saisies, limite=LIMITE)).iter()]
    assert balises.index("NOMCOMNAI") < balises.index("DTNAI") < balises.index("NIR")


@pytest.mark.parametrize(
    ("cle", "saisi"),
    [
        ("p0-DTNAI", "31/02/1988"),
        ("p0-DTNAI", "hier"),
        ("p0-NIR", "123"),
        ("p0-NOM", "a\x00b"),
        ("d-DTDEMRSA", "0/0/0"),
    ],
)
def test_what_cannot_be_is_refused_field_by_field(cle: str, saisi: str) -> None:
    with pytest.raises(CorrectionInvalide) as refus:
        corriger(FAMILLE, {cle: saisi}, limite=LIMITE)
    assert refus.value.cle == cle


def test_a_nir_is_never_shown_and_stays_when_nothing_is_typed() -> None:
    garde = sans_nir(FAMILLE)
    champs = [c for c in composer(garde, limite=LIMITE).champs if c.genre == "nir"]
    assert [(c.valeur, c.renseigne) for c in champs] == [("", True)] * 3
    assert corriger(garde, {"p0-NIR": " "}, limite=LIMITE).count("jeton-") == garde.count("jeton-")
    assert "<NIR>2880699023456</NIR>" in corriger(garde, {"p0-NIR": "2880699023456"}, limite=LIMITE)


@given(st.text(max_size=300))
@example("0000:")
def test_no_text_breaks_the_page(texte: str) -> None:
    for essai in (texte, FOYER[: len(texte) * 4] + texte, FOYER.replace("NORA", texte, 1)):
        assert isinstance(presenter(essai), str)
        repare = reparer(essai)
        if repare is not None:
            en_xml(repare)
        with contextlib.suppress(BlocIllisible):
            composer(essai, limite=LIMITE)
