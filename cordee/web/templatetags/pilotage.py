"""``{% load pilotage %}``: what the pages of figures share."""

from typing import Any

from django import template
from django.template import Context

from cordee.web.pilotage.onglets import onglets

register = template.Library()


@register.simple_tag(takes_context=True)
def onglets_pilotage(context: Context) -> list[dict[str, Any]]:
    """The tabs of steering for who reads this page."""
    return onglets(context["request"])
