"""Form widgets whose value the browser's own pickers understand whatever the language of the site."""

from __future__ import annotations

from typing import Any

from django import forms


class SaisieDate(forms.DateInput):
    """A date picker. (French formats would leave ``<input type=date>`` empty: the value travels as AAAA-MM-JJ.)"""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class SaisieHeure(forms.TimeInput):
    """A time picker, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class SaisieDateHeure(forms.DateTimeInput):
    """A local date and time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
