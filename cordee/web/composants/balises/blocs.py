"""Blocks of a page: cards, notices, figures, panels, the rope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cordee.socle import horloge
from cordee.web.composants.balises.registre import register, rendu
from cordee.web.composants.noeuds import Noeud, decouper


@register.simple_block_tag
def carte(
    content: str,
    titre: str = "",
    *,
    icone: str = "",
    niveau: int = 2,
    ton: str = "",
    lien: str = "",
    lien_libelle: str = "Tout voir",
) -> SafeString:
    """A surface with a heading of the level given."""
    return rendu(
        "carte",
        contenu=content,
        titre=titre,
        icone=icone,
        niveau=str(niveau),
        ton=ton,
        lien=lien,
        lien_libelle=lien_libelle,
    )


@register.simple_block_tag
def avis(content: str, titre: str = "", ton: str = "info") -> SafeString:
    """A notice inside a page: info, succes, attention or danger."""
    symboles = {"info": "info", "succes": "succes", "attention": "alerte", "danger": "retard"}
    return rendu("avis", contenu=content, titre=titre, ton=ton, icone=symboles.get(ton, "info"))


@register.simple_block_tag
def etat_vide(content: str, titre: str, texte: str = "", icone: str = "file") -> SafeString:
    """An empty screen says what to do: the block holds the buttons."""
    return rendu("etat_vide", contenu=content if content.strip() else "", titre=titre, texte=texte, icone=icone)


@register.inclusion_tag("composants/chiffre.html")
def chiffre(
    valeur: Any, libelle: str, *, url: str = "", ton: str = "", icone: str = "", unite: str = "", note: str = ""
) -> dict[str, Any]:
    """A figure that opens its list. ``valeur`` None is shown as unknown."""
    return {"valeur": valeur, "libelle": libelle, "url": url, "ton": ton, "icone": icone, "unite": unite, "note": note}


@register.inclusion_tag("composants/definitions.html")
def definitions(paires: Iterable[tuple[str, Any]], colonnes: bool = False) -> dict[str, Any]:
    """Pairs (term, value); an empty value reads « non renseigné »."""
    return {"paires": list(paires), "colonnes": colonnes}


@register.inclusion_tag("composants/progression.html")
def progression(
    valeur: int | None,
    *,
    maximum: int = 100,
    libelle: str = "Progression",
    detail: str = "",
    url: str = "",
    intervalle: str = "2s",
    identifiant: str = "progression",
) -> dict[str, Any]:
    """A bar; with ``url`` it asks again every ``intervalle`` and the answer replaces it (without ``url`` to end)."""
    pourcent = round(100 * valeur / maximum) if valeur is not None and maximum else None
    return {
        "valeur": None if valeur is None else str(valeur),
        "maximum": str(maximum),
        "pourcent": pourcent,
        "libelle": libelle,
        "detail": detail,
        "url": url,
        "intervalle": intervalle,
        "identifiant": identifiant,
    }


@register.inclusion_tag("composants/panneau.html")
def panneau(url: str, titre: str = "", identifiant: str = "") -> dict[str, Any]:
    """A part of the page loaded alone, with what to say while it comes."""
    return {"url": url, "titre": titre, "identifiant": identifiant}


@register.simple_block_tag(takes_context=True)
def onglets(
    context: template.Context,
    content: str,
    *,
    liste: Sequence[dict[str, Any]],
    actif: str,
    libelle: str,
    identifiant: str = "onglets",
) -> SafeString:
    """Panels behind links ``{cle, libelle, url, compteur?, icone?}``; the block is the panel of the active one."""
    return rendu(
        "onglets", context, contenu=content, liste=liste, actif=actif, libelle=libelle, identifiant=identifiant
    )


@register.inclusion_tag("composants/fil_etapes.html")
def fil_etapes(etapes: Sequence[dict[str, Any]], courante: str) -> dict[str, Any]:
    """A stepper: ``{cle, libelle, url?}``; what stands before ``courante`` is done."""
    cles = [etape["cle"] for etape in etapes]
    rang = cles.index(courante)
    rendues = [
        {**etape, "etat": "fait" if i < rang else "courante" if i == rang else "a_venir"}
        for i, etape in enumerate(etapes)
    ]
    return {"etapes": rendues}


@register.inclusion_tag("composants/cordee.html")
def cordee(
    noeuds: Iterable[Noeud], libelle: str = "La cordée", visibles: int = 0, le: date | None = None
) -> dict[str, Any]:
    """The rope: an ordered list, oldest first. ``visibles`` > 0 folds the older events away."""
    replies, montres = decouper(noeuds, visibles)
    return {"replies": replies, "noeuds": montres, "libelle": libelle, "le": le or horloge.aujourdhui()}
