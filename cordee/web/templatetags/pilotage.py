"""``{% load pilotage %}``: what the pages of figures share."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse

from cordee.web.pilotage.onglets import gardable, onglets

register = template.Library()


@register.simple_tag(takes_context=True)
def onglets_pilotage(context: Context) -> list[dict[str, Any]]:
    """The tabs of steering for who reads this page."""
    return onglets(context["request"])


@register.simple_tag(takes_context=True)
def garder_cette_vue(context: Context) -> str:
    """Where this page is kept as a view; empty on a page without figures."""
    request = context["request"]
    if request.method != "GET" or request.resolver_match is None or not gardable(request.resolver_match.url_name):
        return ""
    return f"{reverse('pilotage_vue_garder')}?{urlencode({'adresse': request.get_full_path()})}"
