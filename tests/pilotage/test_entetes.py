"""The published methodology is the code: every file says what it counts, and its SQL travels."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot.errors import ErrorLevel

from cordee.pilotage.calcul import agregation
from cordee.pilotage.entetes import DOSSIER, FAMILLES, Definition, IndicateurInconnu, definition, definitions, lire
from cordee.pilotage.enums import Agregat, Unite
from cordee.pilotage.lac.lecture import sources_des_vues
from cordee.pilotage.lac.tables import PAR_NOM
from cordee.reglementation.sdd import PerimetreSdd

TOUS = list(definitions().values())
_SEED = re.compile(r"\bF\d{3}\b")
_TABLES_DU_CONTEXTE = {"contexte", "lignes"}


def _codes(d: Definition) -> str:
    return d.code


def test_every_file_is_an_indicator_and_every_family_has_some() -> None:
    assert {d.code for d in TOUS} == {f.stem for f in DOSSIER.glob("*.sql")}
    assert {d.famille for d in TOUS} == set(FAMILLES)
    assert len({d.libelle for d in TOUS}) == len(TOUS)


@pytest.mark.parametrize("d", TOUS, ids=_codes)
def test_the_header_is_whole(d: Definition) -> None:
    """Definition in a sentence, numerator, denominator, source, perimeter: printed beside the figure (E30)."""
    assert len(d.definition) > 30
    assert d.definition.endswith(".")
    assert d.numerateur
    assert d.source
    assert (d.denominateur == "aucun") == (d.agregat is Agregat.EFFECTIF)
    assert d.agregat is not Agregat.TAUX or d.unite is Unite.POUR_CENT
    assert d.perimetre in set(PerimetreSdd) or d.perimetre[0].isupper()
    assert d.partition is None or d.partition[0] in definitions()


@pytest.mark.parametrize("d", TOUS, ids=_codes)
def test_the_sql_gives_a_line_for_each_person(d: Definition) -> None:
    """The columns every indicator has, and nothing read but the lake and its views."""
    arbre = sqlglot.parse_one(d.sql, read="duckdb")
    assert set(arbre.named_selects) == {"au", "personne_id", "numerateur", "denominateur", "inconnu"}
    locales = {cte.alias for cte in arbre.find_all(sqlglot.exp.CTE)}
    tables = {t.name for t in arbre.find_all(sqlglot.exp.Table)} - locales
    assert tables <= {*sources_des_vues(), *PAR_NOM, *_TABLES_DU_CONTEXTE}


@pytest.mark.parametrize("nom", [*definitions(), *sources_des_vues()])
def test_it_translates_to_spark(nom: str) -> None:
    sql = definitions()[nom].sql if nom in definitions() else sources_des_vues()[nom]
    assert _en_spark(sql)


@pytest.mark.parametrize("agregat", list(Agregat))
def test_gathering_by_territory_translates_to_spark(agregat: Agregat) -> None:
    exemple = next(d for d in TOUS if d.agregat is agregat)
    assert "GROUPING SETS" in _en_spark(agregation(exemple)).upper()


def test_the_published_figures_are_cited() -> None:
    """Those of the source documents on rights, contracts, orientation and loads each have their indicator."""
    cites = {code for d in TOUS for code in _SEED.findall(d.source)}
    assert cites >= {"F001", "F002", "F003", "F004", "F005", "F007", "F008", "F009", "F010", "F011", "F012", "F013",
                     "F027", "F028", "F029", "F030", "F033", "F034", "F035", "F036", "F038", "F040", "F043", "F044",
                     "F055", "F056"}  # fmt: skip


@pytest.mark.parametrize(
    ("avant", "apres"),
    [("-- source: F001\n", ""), ("unite: personnes", "unite: gens"), ("code: x", "code: y"),
     ("sens: neutre", "sens: neutre\n-- couleur: bleu"), ("sens: neutre", "sens: neutre\n-- cible: beaucoup")],
)  # fmt: skip
def test_a_wrong_header_is_refused(avant: str, apres: str) -> None:
    bon = (DOSSIER / "personnes_sdd.sql").read_text("utf-8").replace("code: personnes_sdd\n", "code: x\n")
    bon = re.sub(r"source: .*", "source: F001", bon)
    assert lire(bon, nom="x").code == "x"
    with pytest.raises(ValueError, match=r"x|gens"):
        lire(bon.replace(avant, apres), nom="x")


def test_an_unknown_code_is_told_in_french() -> None:
    with pytest.raises(IndicateurInconnu, match="n'existe pas"):
        definition("bonheur")


def _en_spark(sql: str) -> str:
    (traduit,) = sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    return traduit


def test_the_page_of_indicators_is_written_from_the_headers() -> None:
    racine = Path(__file__).resolve().parents[2]
    spec = importlib.util.spec_from_file_location("documenter_i", racine / "outils" / "documenter_indicateurs.py")
    assert spec is not None
    assert spec.loader is not None
    outil = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(outil)
    assert outil.PAGE.read_text("utf-8") == outil.page(), "run .venv/bin/python outils/documenter_indicateurs.py"
