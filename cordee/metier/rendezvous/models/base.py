"""What the tables of this room share."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import Func


class IntervalleHoraire(Func):
    """``tstzrange(debut, fin)``: half-open."""

    function = "tstzrange"
    output_field = DateTimeRangeField()
