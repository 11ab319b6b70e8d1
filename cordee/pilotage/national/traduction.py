"""From DuckDB's SQL to Spark's, by sqlglot."""

from __future__ import annotations

from typing import Any

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.dialects.spark import Spark


def _percentile(generateur: Any, noeud: exp.WithinGroup) -> str:
    """``percentile_disc`` as it is: sqlglot would make an approximation of it, and two engines two medians."""
    mesure, ordre = noeud.this, noeud.expression.expressions[0].this
    if not isinstance(mesure, exp.PercentileDisc):
        raise sqlglot.UnsupportedError(f"WITHIN GROUP of {mesure.sql()}")
    return f"PERCENTILE_DISC({generateur.sql(mesure, 'this')}) WITHIN GROUP (ORDER BY {generateur.sql(ordre)})"


class SparkExact(Spark):
    """Spark 4, where it computes exactly."""

    class Generator(Spark.Generator):  # type: ignore[misc,valid-type] # sqlglot gives a dialect its generator late
        TRANSFORMS = {**Spark.Generator.TRANSFORMS, exp.WithinGroup: _percentile}


def en_spark(sql: str) -> str:
    """DuckDB's SQL in Spark's words.

    Raises:
        sqlglot.errors.UnsupportedError: a construct that Spark does not have: the file is a mistake of ours.

    >>> en_spark("SELECT datediff('day', a, b) AS n FROM t")
    'SELECT DATEDIFF(DAY, a, b) AS n FROM t'
    """
    (traduit,) = sqlglot.transpile(sql, read="duckdb", write=SparkExact, unsupported_level=ErrorLevel.RAISE)
    return str(traduit)
