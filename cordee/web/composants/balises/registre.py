"""The tag library itself, and what all its tags use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cordee.socle import horloge

register = template.Library()


def rendu(composant: str, /, context: template.Context | None = None, **valeurs: Any) -> SafeString:
    """The component's own template, with the request when the page has one (CSRF, URL parameters)."""
    request = context.get("request") if context is not None else None
    if context is not None:
        valeurs.setdefault("csrf_token", context.get("csrf_token"))
    return mark_safe(render_to_string(f"composants/{composant}.html", {"request": request, **valeurs}))  # noqa: S308


def en_jour(quand: date | datetime | None) -> date | None:
    if isinstance(quand, datetime):
        return horloge.jour(quand) if quand.tzinfo else quand.date()
    return quand


def parametres_url(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)
