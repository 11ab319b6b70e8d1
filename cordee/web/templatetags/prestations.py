"""``{% load prestations %}``: amounts and months as the estimates write them."""

from django import template

from cordee.web.prestations.mots import euros, mois_en_mots

register = template.Library()
register.filter("euros", euros)
register.filter("mois_annee", mois_en_mots)


@register.filter
def lower_first(texte: str) -> str:
    """A sentence that follows a colon."""
    return texte[:1].lower() + texte[1:]
