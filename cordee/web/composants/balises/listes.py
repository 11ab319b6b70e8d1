"""Lists: sortable table, selection, pages, filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.utils.safestring import SafeString

from cordee.web.composants import tableaux
from cordee.web.composants.balises.registre import parametres_url, register, rendu


@register.simple_block_tag(takes_context=True)
def tableau(
    context: template.Context,
    content: str,
    *,
    colonnes: Sequence[tableaux.Colonne],
    legende: str,
    tri: Any = None,
    selection: str = "",
    legende_visible: bool = False,
    parametre: str = tableaux.PARAMETRE,
    ancre: str = "",
) -> SafeString:
    """A sortable table; the block holds the ``<tr>``. ``selection`` is the id of an ``actions_groupees`` form.

    Where a page holds several: ``parametre`` is what each sorts by in the address, ``ancre`` where one comes back to.
    """
    lignes = []
    for entete in tableaux.entetes(colonnes, tri):
        parametres = parametres_url(context)
        parametres[parametre] = entete.suivant
        parametres.pop("page", None)
        url = f"?{parametres.urlencode()}" + (f"#{ancre}" if ancre else "")
        lignes.append({"entete": entete, "colonne": entete.colonne, "url": url})
    return rendu(
        "tableau",
        context,
        contenu=content,
        entetes=lignes,
        legende=legende,
        selection=selection,
        legende_visible=legende_visible,
    )


@register.inclusion_tag("composants/case_selection.html")
def case_selection(valeur: Any, libelle: str, formulaire: str = "selection", nom: str = "ids") -> dict[str, Any]:
    """The check box of one row; ``libelle`` says whose row it is, for those who cannot see it."""
    return {"valeur": str(valeur), "libelle": libelle, "formulaire": formulaire, "nom": nom}


@register.simple_block_tag(takes_context=True)
def actions_groupees(
    context: template.Context,
    content: str,
    *,
    total: int,
    identifiant: str = "selection",
    url: str = "",
    unite: str = "personnes",
) -> SafeString:
    """The form of grouped acts (buttons in the block). ``tout=1`` is posted when all ``total`` results are meant."""
    return rendu(
        "actions_groupees", context, contenu=content, total=total, identifiant=identifiant, url=url, unite=unite
    )


@register.inclusion_tag("composants/pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Any, unite: str = "résultats", parametre: str = "page"
) -> dict[str, Any]:
    """Pages of a Django ``Page``, keeping filters and sort in the URL."""

    def url(numero: int) -> str:
        parametres = parametres_url(context)
        parametres[parametre] = str(numero)
        return f"?{parametres.urlencode()}"

    numeros = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    liens = [
        {"numero": numero, "url": url(numero) if isinstance(numero, int) else "", "courante": numero == page.number}
        for numero in numeros
    ]
    return {
        "page": page,
        "liens": liens,
        "unite": unite,
        "precedente": url(page.previous_page_number()) if page.has_previous() else "",
        "suivante": url(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("composants/filtres.html", takes_context=True)
def filtres(
    context: template.Context, formulaire: BaseForm, titre: str = "Filtrer", ouvert: bool = True
) -> dict[str, Any]:
    """A GET form whose state is the URL, and one chip per active filter."""
    actifs = []
    for champ in formulaire.visible_fields():
        for brut in _valeurs(champ):
            parametres = parametres_url(context)
            parametres.setlist(champ.html_name, [v for v in parametres.getlist(champ.html_name) if v != brut])
            parametres.pop("page", None)
            actifs.append({"champ": champ.label, "valeur": _lisible(champ, brut), "url": f"?{parametres.urlencode()}"})
    tri = parametres_url(context).get(tableaux.PARAMETRE, "")
    vide = "?" + (urlencode({tableaux.PARAMETRE: tri}) if tri else "")
    return {"formulaire": formulaire, "titre": titre, "ouvert": ouvert, "actifs": actifs, "tri": tri, "url_vide": vide}


def _valeurs(champ: BoundField) -> list[str]:
    """What the URL holds for a field, empties left out."""
    donnees = champ.form.data
    lues = donnees.getlist(champ.html_name) if hasattr(donnees, "getlist") else [donnees.get(champ.html_name, "")]
    return [str(valeur) for valeur in lues if valeur not in ("", None)]


def _lisible(champ: BoundField, brut: str) -> str:
    """The label of a choice, « oui » for a ticked box, the typed text otherwise."""
    if isinstance(champ.field.widget, CheckboxInput):
        return "oui"
    for valeur, libelle in getattr(champ.field, "choices", []):
        if str(valeur) == brut:
            return str(libelle)
    try:
        return date.fromisoformat(brut).strftime("%d/%m/%Y")
    except ValueError:
        return brut
