"""Words and marks: icons, chips, due dates, a masked identity."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cordee.socle import horloge
from cordee.web.composants import delais, etats, icones
from cordee.web.composants.balises.registre import en_jour, register


@register.simple_tag
def icone(nom: str, taille: int = 20, titre: str = "", classe: str = "") -> SafeString:
    """An icon of the sprite; decorative unless ``titre`` says what it means."""
    return _dessin(static(icones.PLANCHE), nom, taille, titre, classe)


@lru_cache(maxsize=1024, typed=True)
def _dessin(planche: str, nom: str, taille: int, titre: str, classe: str) -> SafeString:
    """Words of the product only, never of a person: as many drawings as the templates hold."""
    reference = f"{planche}#{icones.verifier(nom)}"
    role = format_html('role="img" aria-label="{}"', titre) if titre else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icone {}" width="{}" height="{}" {} focusable="false"><use href="{}"></use></svg>',
        classe,
        str(taille),
        str(taille),
        role,
        reference,
    )


@register.simple_tag
def puce(libelle: str, ton: str = "neutre", icone: str = "", titre: str = "") -> SafeString:
    """A chip: always a word, with an icon where there is one."""
    return _rendre("puce", libelle=libelle, ton=etats.Ton(ton), icone=icone, titre=titre)


@register.simple_tag
def chip_etat(valeur: Any) -> SafeString:
    """The chip of a state: a member with ``libelle``; its tone and icon come from ``composants.etats``."""
    aspect = etats.aspect(valeur)
    titre = getattr(valeur, "description", "")
    return _rendre("puce", libelle=etats.libelle(valeur), ton=aspect.ton, icone=aspect.icone, titre=titre)


@register.simple_tag
def nature(valeur: Any) -> SafeString:
    """What kind of rule sets a delay: délai légal, règlement local, objectif, indicateur."""
    libelle, aspect = etats.NATURES.get(str(valeur), (etats.libelle(valeur), etats.NEUTRE))
    return _rendre("puce", libelle=libelle, ton=aspect.ton, icone=aspect.icone, titre="", discrete=True)


@register.simple_tag
def echeance(
    jour: date | datetime | None,
    nature: Any = "",
    regle: str = "",
    le: date | None = None,
    bref: bool = False,
) -> SafeString:
    """A due date, how far it is, which rule sets it and of what nature. ``bref`` leaves rule and nature out."""
    echue = en_jour(jour)
    aujourdhui = le or horloge.aujourdhui()
    if echue is None:
        return _rendre("echeance", jour=None, nature=nature, regle=regle, bref=bref)
    urgence = delais.urgence(echue, aujourdhui)
    tardif = urgence == delais.Urgence.RETARD
    return _rendre(
        "echeance",
        jour=echue,
        urgence=urgence.value,
        distance=delais.retard(echue, aujourdhui) if tardif else delais.distance(echue, aujourdhui),
        retard=tardif,
        nature=nature,
        regle=regle,
        bref=bref,
    )


def _rendre(composant: str, **valeurs: Any) -> SafeString:
    """The component's template. The same words give the same mark: a list asks for it fifty times."""
    return _rendu(static(icones.PLANCHE), composant, **valeurs)


@lru_cache(maxsize=4096, typed=True)
def _rendu(planche: str, composant: str, **valeurs: Any) -> SafeString:
    """``planche``: the icons' address, which changes with each version of the sprite. By type as well as by value: what
    is marked safe and what is not are equal, and escaped differently.
    """
    return mark_safe(render_to_string(f"composants/{composant}.html", valeurs))  # noqa: S308


@register.filter
def distance(jour: date | datetime | None) -> str:
    """``{{ jour|distance }}`` → « dans 6 jours », « hier »."""
    valeur = en_jour(jour)
    return "" if valeur is None else delais.distance(valeur, horloge.aujourdhui())


@register.inclusion_tag("composants/identite_masquee.html")
def identite_masquee(url: str, masque: str = "Identité masquée") -> dict[str, Any]:
    """A masked identity and the button that reveals it: POSTs to ``url`` (which logs), shows what it answers."""
    return {"url": url, "masque": masque}


@register.filter
def accord(nombre: Any, formes: str) -> str:
    """The word that agrees with a number, as French does (nothing and one and a half are singular).

    >>> [f"{n} {accord(n, 'personne suivie|personnes suivies')}" for n in (0, 1, 2)]
    ['0 personne suivie', '1 personne suivie', '2 personnes suivies']
    >>> accord(3, "commune")
    'communes'
    """
    singulier, _, pluriel = formes.partition("|")
    return (pluriel or f"{singulier}s") if nombre is not None and abs(nombre) >= 2 else singulier
