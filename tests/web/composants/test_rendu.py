"""Drop-down lists drawn in one go are those of Django, and escape as it does."""

from __future__ import annotations

import re

from django import forms
from django.forms.renderers import DjangoTemplates

from cordee.web.composants.rendu import RenduDesChamps


class Essai(forms.Form):
    """Groups, a chosen option, names that must be escaped, attributes with and without value."""

    choix = forms.ChoiceField(
        choices=[("", "Toutes"), ("a&b", "L'été <script>"), ("Groupe « & »", [("1", "Un"), ("2", "Deux")])],
        widget=forms.Select(attrs={"class": "x", "data-vide": True, "hidden": False, "title": '"<&>"'}),
    )
    plusieurs = forms.MultipleChoiceField(choices=[("1", "Un"), ("2", "Deux")])


def _balises(html: str) -> list[str]:
    """Without the white space between marks, which means nothing in a list."""
    return re.split(r"\s*\n\s*", re.sub(r">\s+<", ">\n<", html.strip()))


def test_the_same_marks_as_django() -> None:
    donnees = {"choix": "2", "plusieurs": ["1", "2"]}
    notre, la_leur = Essai(donnees, renderer=RenduDesChamps()), Essai(donnees, renderer=DjangoTemplates())
    for champ in ("choix", "plusieurs"):
        assert _balises(str(notre[champ])) == _balises(str(la_leur[champ]))
    assert "<script>" not in str(notre["choix"])
    assert str(notre["choix"]).count(" selected") == 1
