"""Forms and dialogs."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from cordee.web.composants.balises.registre import register, rendu
from cordee.web.composants.htmx import est_tiroir


def _dans_tiroir(context: template.Context, formulaire: BaseForm) -> bool:
    """Whether the form stands in the drawer: its fields then take ids of their own, unlike the page behind."""
    request = context.get("request")
    dedans = request is not None and est_tiroir(request)
    if dedans and formulaire.auto_id and not str(formulaire.auto_id).startswith("tiroir_"):
        formulaire.auto_id = f"tiroir_{formulaire.auto_id}"
    return dedans


@register.inclusion_tag("composants/champ.html", takes_context=True)
def champ(
    context: template.Context, champ: BoundField, libelle: str = "", aide: str = "", classe: str = ""
) -> dict[str, Any]:
    """One field: label, help, error, all tied together for screen readers."""
    _dans_tiroir(context, champ.form)
    widget = champ.field.widget
    genre = getattr(widget, "input_type", "") or ("select" if hasattr(widget, "choices") else "texte")
    groupe = champ.use_fieldset
    if genre == "checkbox" and not groupe:
        forme, style = "case", "form-check-input"
    elif groupe and genre in ("radio", "checkbox"):
        forme, style = "groupe", ""
    else:
        forme, style = "ligne", "form-select" if genre == "select" else "form-control"
    if champ.errors:
        style += " is-invalid"
    attributs: dict[str, str | bool] = (
        {"class": " ".join(filter(None, [widget.attrs.get("class", ""), style]))} if style else {}
    )
    return {
        "champ": champ,
        "forme": forme,
        "saisie": champ.as_widget(attrs=attributs),
        "libelle": libelle or champ.label,
        "aide": aide or champ.help_text,
        "aide_propre": bool(aide) and not champ.help_text,
        "classe": classe,
    }


@register.inclusion_tag("composants/champs.html", takes_context=True)
def champs(context: template.Context, formulaire: BaseForm) -> dict[str, Any]:
    """Every field of a form, hidden ones included."""
    _dans_tiroir(context, formulaire)
    return {"formulaire": formulaire, "request": context.get("request")}


@register.inclusion_tag("composants/resume_erreurs.html", takes_context=True)
def resume_erreurs(context: template.Context, formulaire: BaseForm) -> dict[str, Any]:
    """The summary on top: what is wrong and a link to each field."""
    _dans_tiroir(context, formulaire)
    return {"formulaire": formulaire}


@register.simple_block_tag(takes_context=True)
def formulaire(
    context: template.Context,
    content: str,
    form: BaseForm,
    *,
    envoyer: str = "Enregistrer",
    url: str = "",
    annuler: str = "",
    brouillon: str = "",
    icone: str = "",
    ton: str = "primary",
) -> SafeString:
    """A whole form: error summary, fields (all when the block is empty), buttons, draft kept on this computer."""
    request = context.get("request")
    return rendu(
        "formulaire",
        context,
        contenu=content if content.strip() else "",
        formulaire=form,
        envoyer=envoyer,
        url=url or (request.get_full_path() if request is not None else ""),
        annuler=annuler,
        brouillon=brouillon,
        icone=icone,
        ton=ton,
        tiroir=_dans_tiroir(context, form),
    )


@register.simple_block_tag(takes_context=True)
def confirmation(
    context: template.Context,
    content: str,
    *,
    identifiant: str,
    bouton: str,
    titre: str,
    confirmer: str = "Confirmer",
    url: str = "",
    formulaire: str = "",
    nom: str = "",
    valeur: str = "",
    ton: str = "primary",
    icone: str = "",
    classe: str = "",
) -> SafeString:
    """A button and the dialog that says what will happen before it does.

    Posts to ``url``; or, with ``formulaire``, submits that form (grouped acts), with ``nom=valeur``.
    """
    return rendu(
        "confirmation",
        context,
        contenu=content,
        identifiant=identifiant,
        bouton=bouton,
        titre=titre,
        confirmer=confirmer,
        url=url,
        formulaire=formulaire,
        nom=nom,
        valeur=valeur,
        ton=ton,
        icone=icone,
        classe=classe or f"btn-{ton}",
    )
