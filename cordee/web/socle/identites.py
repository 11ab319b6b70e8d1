"""How people are named on the screens, and where they live, for the lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cordee.metier.personnes.enums import PrecisionNaissance, Sexe
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
    naissance, accord = personne.nom_naissance, "né" if personne.sexe == Sexe.HOMME else "née"
    ne = f" ({accord} {naissance.upper()})" if naissance and naissance.casefold() != personne.nom.casefold() else ""
    return f"{personne.nom.upper()} {personne.prenom.title()}{ne}"


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
    """Where people live now, by person: what an agent noted goes before what the household's file says. Two queries."""
    ids = list(ids)
    colonnes = ("commune__nom", "ville", "pays")
    courantes = Adresse.objects.filter(fin__isnull=True)
    du_foyer = courantes.filter(foyer__appartenances__personne__in=ids, foyer__appartenances__fin__isnull=True)
    communes = {
        qui: _commune(*lieu)
        for qui, *lieu in du_foyer.order_by("-rang", "debut").values_list(
            "foyer__appartenances__personne_id", *colonnes
        )
    }
    siennes = courantes.filter(personne__in=ids).order_by("debut").values_list("personne_id", *colonnes)
    return communes | {qui: _commune(*lieu) for qui, *lieu in siennes}


def _commune(commune: str | None, ville: str, pays: str) -> str:
    return commune or ville.title() or ("" if pays == "FRA" else "À l'étranger")
