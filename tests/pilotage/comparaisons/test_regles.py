"""Words, rules on series of quarters, scores of files: nothing but numbers given by hand."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
import sqlglot
from sqlglot.errors import ErrorLevel

from cordee.pilotage.comparaisons.champs import CHAMPS, SCORE, score
from cordee.pilotage.comparaisons.derive import trimestres
from cordee.pilotage.comparaisons.derive_regles import habitude, rapprochement
from cordee.pilotage.comparaisons.issues import DOSSIER, ISSUES
from cordee.pilotage.comparaisons.mesures import MESURES
from cordee.pilotage.etudes.registre import GENRES, moteur_de
from cordee.pilotage.lac.lecture import sources_des_vues
from cordee.pilotage.lac.tables import PAR_NOM
from cordee.web.pilotage import structures

FICHIERS = sorted(DOSSIER.rglob("*.sql"))


def _nom(fichier: Path) -> str:
    return fichier.stem


@pytest.mark.parametrize("fichier", FICHIERS, ids=_nom)
def test_the_sql_reads_the_lake_only_and_translates_to_spark(fichier: Path) -> None:
    """No date of its own but « for ever »; French words first; nothing but the lake, its views, the people compared."""
    sql = fichier.read_text("utf-8")
    assert sql.startswith("-- ")
    assert "DATE '2" not in sql
    arbre = sqlglot.parse_one(sql, read="duckdb")
    locales = {cte.alias for cte in arbre.find_all(sqlglot.exp.CTE)}
    tables = {t.name for t in arbre.find_all(sqlglot.exp.Table)} - locales
    assert tables <= {*sources_des_vues(), *PAR_NOM, "contexte", "suivies"}
    assert sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)


def _colonnes(sql: str) -> set[str]:
    arbre = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(arbre, sqlglot.exp.Query)
    return set(arbre.named_selects)


def test_each_outcome_and_each_series_has_its_sql() -> None:
    for issue in ISSUES.values():
        colonnes = _colonnes(issue.sql)
        assert colonnes == {"personne_id", "structure_id", "jour", "voie", "valeur", "inconnu"}, issue.code
    for mesure in MESURES.values():
        assert {"structure_id", "jour", mesure.champ} <= _colonnes(mesure.sql)


def test_the_studies_are_registered_and_a_page_loads_no_statistics() -> None:
    """The pages import what is pure; the engines and their libraries are named in the table of studies only."""
    for code in ("comparaison", "derive", "dossiers"):
        assert callable(moteur_de(GENRES[code]))
    pages = Path(structures.__file__).parent
    vus, a_voir = set[str](), [m for f in pages.glob("*.py") for m in _importes(f)]
    while a_voir:
        module = a_voir.pop()
        assert module.partition(".")[0] not in {"statsmodels", "scipy", "pandas", "numpy", "lifelines"}, module
        if module.startswith("cordee.pilotage.comparaisons") and module not in vus:
            vus.add(module)
            a_voir += _importes(Path(__file__).parents[3] / (module.replace(".", "/") + ".py"))
    assert "cordee.pilotage.comparaisons.issues" in vus


def _importes(fichier: Path) -> list[str]:
    if not fichier.exists():  # a package
        fichier = fichier.with_suffix("") / "__init__.py"
    noeuds = ast.walk(ast.parse(fichier.read_text("utf-8")))
    return [
        nom for n in noeuds for nom in ([a.name for a in n.names] if isinstance(n, ast.Import) else
                                         [n.module or ""] if isinstance(n, ast.ImportFrom) else [])
    ]  # fmt: skip


def test_a_quarter_is_read_once_its_delays_may_be_over() -> None:
    assert trimestres(date(2026, 6, 30), 0, date(2025, 7, 1))[-1] == date(2026, 4, 1)
    assert trimestres(date(2026, 6, 30), 60, date(2025, 7, 1)) == [
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 1, 1),
    ]


@pytest.mark.parametrize(
    ("recents", "sens"),
    [((12.0, 18.0), 0), ((17.0, 18.0), 1), ((5.0, 4.0), -1), ((18.0, 4.0), 0), ((16.3, 16.31), 0), ((16.33, 16.4), 1)],
)
def test_two_quarters_in_a_row_outside_its_own_range(recents: tuple[float, float], sens: int) -> None:
    """Usual: 11, moving range 2, so 11 ± 5.32."""
    lue = habitude([10.0, 12.0] * 4 + list(recents))
    assert lue is not None
    assert lue.sens == sens


def test_an_unknown_quarter_says_nothing() -> None:
    assert habitude([10.0, 12.0] * 4 + [18.0, None]) is None
    assert habitude([None, None, None, 12.0, 10.0, 12.0, 10.0, 12.0, 17.0, 18.0]) is None
    lue = habitude([None, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 12.0, 30.0, 31.0])
    assert lue is not None
    assert lue.sens == 1


def test_drawing_nearer_is_said_only_when_it_is_sure() -> None:
    stable = rapprochement([(float(x), float((x * 7) % 20)) for x in range(20)])
    assert stable is not None
    assert stable.phrase.startswith("Rien ne permet de dire")
    ecarte = rapprochement([(10 + x / 4, float(x)) for x in range(20)])
    assert ecarte is not None
    assert (ecarte.rapport, ecarte.phrase) == (4.0, "Les structures s'éloignent les unes des autres")
    assert rapprochement([(1.0, 2.0)] * 7) is None


def test_a_score_weighs_what_is_expected_only() -> None:
    assert sum(c.poids for c in SCORE) == 100
    assert len({c.code for c in CHAMPS}) == len(CHAMPS)
    assert score(dict.fromkeys((c.code for c in SCORE), True)) == 100
    assert score({"diagnostic": None, "joignable": True, "etape": False}) == 50
    assert score({}) is None
