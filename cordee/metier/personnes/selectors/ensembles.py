"""A set of ids already known, as a condition: ``champ__parmi=Ids(…)``.

One constant for PostgreSQL, which then knows how many rows to expect; ``__in`` would send each id apart, and a
subquery would be worked out again by every query of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Lookup


class Ids:
    """Ids as PostgreSQL writes an array. Not iterable on purpose: Django would look at each."""

    __slots__ = ("texte",)

    def __init__(self, ids: Iterable[int]) -> None:
        self.texte = "{" + ",".join(map(str, sorted(set(ids)))) + "}"

    def __bool__(self) -> bool:
        return self.texte != "{}"


@models.IntegerField.register_lookup
@models.ForeignObject.register_lookup
class Parmi(Lookup):  # type: ignore[type-arg]
    """Whether a column holds one of ``Ids``."""

    lookup_name = "parmi"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        gauche, parametres = self.process_lhs(compiler, connection)
        return f"{gauche} = ANY(%s::bigint[])", (*parametres, self.rhs.texte)
