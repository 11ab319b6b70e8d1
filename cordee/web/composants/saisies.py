"""Form widgets whose value the browser's own pickers understand whatever the language of the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


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


class SaisieNeutre(forms.Textarea):
    """A text about a person: words that judge are pointed out while it is typed, never refused (RGPD art. 15)."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__({"rows": rows})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The text and, under it, the place of what is suggested."""
        cible = f"lexique-{name}"
        htmx = {
            "hx-post": reverse("note_lexique_suggerer") + f"?champ={name}", "hx-trigger": "input delay:700ms",
            "hx-target": f"#{cible}", "hx-swap": "innerHTML", "data-discret": "",
        }  # fmt: skip
        saisie = super().render(name, value, {**(attrs or {}), **htmx}, renderer)
        return format_html('{}<div class="lexique" id="{}" aria-live="polite"></div>', saisie, cible)
