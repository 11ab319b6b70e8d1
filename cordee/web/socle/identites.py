"""How people are named on the screens, and where they live, for the lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from cordee.metier.personnes.enums import PrecisionNaissance
from cordee.metier.personnes.models import Adresse, Personne


def nom_court(prenom: str, nom: str) -> str:
    """A name that an open screen may show.

    >>> nom_court("Amina", "TESTARD"), nom_court("", "TESTARD"), nom_court("Amina", "")
    ('Amina T.', 'T.', 'Amina')
    """
    initiale = f"{nom.strip()[:1].upper()}." if nom.strip() else ""
    return f"{prenom.strip().title()} {initiale}".strip()


def nom_complet(personne: Personne) -> str:
    """« TESTARD Amina », with the birth name when it differs."""
    naissance = personne.nom_naissance
    nee = f" (née {naissance.upper()})" if naissance and naissance.casefold() != personne.nom.casefold() else ""
    return f"{personne.nom.upper()} {personne.prenom.title()}{nee}"


def age(naissance: date | None, au: date) -> int | None:
    """Whole years.

    >>> age(date(1984, 2, 29), date(2026, 2, 28)), age(date(1984, 2, 29), date(2026, 3, 1)), age(None, date(2026, 1, 1))
    (41, 42, None)
    """
    if naissance is None:
        return None
    return au.year - naissance.year - ((au.month, au.day) < (naissance.month, naissance.day))


def naissance_en_mots(personne: Personne) -> str:
    """The birth date as far as it is known."""
    jour = personne.date_naissance
    if jour is None:
        return ""
    if personne.precision_naissance == PrecisionNaissance.ANNEE:
        return str(jour.year)
    if personne.precision_naissance == PrecisionNaissance.MOIS:
        return f"{jour:%m/%Y} (jour inconnu)"
    return f"{jour:%d/%m/%Y}"


def communes_de(ids: Iterable[int]) -> dict[int, str]:
    """Where people live now, by person: what an agent noted goes before what the household's file says. One query."""
    ids = list(ids)
    courantes = Adresse.objects.filter(fin__isnull=True).filter(
        Q(personne__in=ids) | Q(foyer__appartenances__personne__in=ids, foyer__appartenances__fin__isnull=True)
    )
    communes: dict[int, str] = {}
    propres = courantes.order_by("personne_id", "rang", "-debut").values_list(
        "personne_id", "foyer__appartenances__personne_id", "commune__nom", "ville", "pays"
    )
    for personne_id, membre_id, commune, ville, pays in propres:
        nom = commune or ville.title() or ("" if pays == "FRA" else "À l'étranger")
        qui = personne_id or membre_id
        if qui in communes and not personne_id:
            continue
        if nom:
            communes[qui] = nom
    return communes
