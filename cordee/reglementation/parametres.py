"""Dated figures and choices: ``entier("heures_hebdo_min", au=…)``, ``decimale(…)``, ``booleen(…)``, ``liste(…)``.

Values stand in ``parametres.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from cordee.reglementation.chargement import Fiche, ReglesInvalides, exiger, lire_yaml, verifier_periodes
from cordee.reglementation.enums import Confiance, Nature, TypeValeur
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.erreurs import ErreurMetier

FICHIER = "parametres.yaml"
OBLIGATOIRES = ("id", "libelle", "type", "nature", "reference", "confiance", "valeurs")
PERMIS = ("jusqu_a",)
Valeur = Decimal | int | bool | tuple[str, ...]


class ParametreInconnu(ErreurMetier):
    """No parameter of that name, or no value on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parametre:
    """One value of a parameter, in force from ``depuis`` to ``jusqu_a`` excluded (``None``: still in force)."""

    id: str
    libelle: str
    type: TypeValeur
    nature: Nature
    reference: str
    confiance: Confiance
    depuis: date
    jusqu_a: date | None
    valeur: Valeur

    def en_vigueur(self, au: date) -> bool:
        """Whether this value applies on that day."""
        return self.depuis <= au and (self.jusqu_a is None or au < self.jusqu_a)


def parametre(id: str, *, au: date) -> Parametre:
    """The value in force on a day, with what makes it citable.

    >>> p = parametre("rsa_montant_forfaitaire", au=date(2026, 3, 31))
    >>> p.valeur, p.depuis, p.jusqu_a
    (Decimal('646.52'), datetime.date(2025, 4, 1), datetime.date(2026, 4, 1))

    Raises:
        ParametreInconnu: unknown name, or no value on that day.
    """
    valeurs = _registre().get(id)
    if valeurs is None:
        raise ParametreInconnu(f"Aucun paramètre ne porte le nom « {id} ». Signalez-le à l'administrateur.")
    for valeur in valeurs:
        if valeur.en_vigueur(au):
            return valeur
    jour = date_en_toutes_lettres(au)
    raise ParametreInconnu(f"« {valeurs[-1].libelle} » n'a pas de valeur au {jour}. Vérifiez la date saisie.")


def entier(id: str, *, au: date) -> int:
    """A whole number: count, hours, days, months or years.

    >>> entier("heures_hebdo_min", au=date(2026, 1, 1))
    15
    """
    valeur = parametre(id, au=au).valeur
    if isinstance(valeur, bool) or not isinstance(valeur, int):
        raise TypeError(f"{id} is not a whole number")
    return valeur


def decimale(id: str, *, au: date) -> Decimal:
    """An exact amount in euros, or a rate between 0 and 1 (coefficients may exceed 1).

    >>> decimale("mensuel_baisse_retenue", au=date(2026, 1, 1))
    Decimal('0.05')
    """
    valeur = parametre(id, au=au).valeur
    if not isinstance(valeur, Decimal):
        raise TypeError(f"{id} is not a decimal")
    return valeur


def booleen(id: str, *, au: date) -> bool:
    """A choice between two readings of a rule.

    >>> booleen("reorientation_refusee_repart", au=date(2026, 1, 1))
    True
    """
    valeur = parametre(id, au=au).valeur
    if not isinstance(valeur, bool):
        raise TypeError(f"{id} is not a boolean")
    return valeur


def liste(id: str, *, au: date) -> tuple[str, ...]:
    """A closed list of codes.

    >>> len(liste("dispense_heures_motifs", au=date(2026, 1, 1)))
    4
    """
    valeur = parametre(id, au=au).valeur
    if not isinstance(valeur, tuple):
        raise TypeError(f"{id} is not a list")
    return valeur


def parametres_en_vigueur(au: date) -> list[Parametre]:
    """Every parameter that has a value on a day, in the order of the file."""
    return [valeur for valeurs in _registre().values() for valeur in valeurs if valeur.en_vigueur(au)]


def charger(fiches: Iterable[Fiche]) -> dict[str, tuple[Parametre, ...]]:
    """Checked parameters by name, oldest value first.

    Raises:
        ReglesInvalides: missing or unknown key, unknown nature, value that does not fit its type, name used twice.
    """
    registre: dict[str, tuple[Parametre, ...]] = {}
    for fiche in fiches:
        exiger(fiche, obligatoires=OBLIGATOIRES, permis=PERMIS)
        nom = fiche["id"]
        if nom in registre:
            raise ReglesInvalides(f"{nom} : nom déjà pris.")
        registre[nom] = _valeurs(fiche)
        verifier_periodes(nom, [(v.depuis, v.jusqu_a) for v in registre[nom]])
    return registre


def _valeurs(fiche: Fiche) -> tuple[Parametre, ...]:
    debuts: list[date] = sorted(fiche["valeurs"])
    fins: list[date | None] = [*debuts[1:], fiche.get("jusqu_a")]
    try:
        genre, nature, confiance = TypeValeur(fiche["type"]), Nature(fiche["nature"]), Confiance(fiche["confiance"])
        return tuple(
            Parametre(
                id=fiche["id"],
                libelle=fiche["libelle"],
                type=genre,
                nature=nature,
                reference=fiche["reference"],
                confiance=confiance,
                depuis=debut,
                jusqu_a=fin,
                valeur=_convertir(genre, fiche["valeurs"][debut]),
            )
            for debut, fin in zip(debuts, fins, strict=True)
        )
    except (ValueError, InvalidOperation) as erreur:
        raise ReglesInvalides(f"{fiche['id']} : {erreur}") from erreur


def _convertir(genre: TypeValeur, brut: object) -> Valeur:
    attendu = {TypeValeur.EUROS: str, TypeValeur.TAUX: str, TypeValeur.BOOLEEN: bool, TypeValeur.LISTE: list}
    if not isinstance(brut, attendu.get(genre, int)) or (isinstance(brut, bool) and genre is not TypeValeur.BOOLEEN):
        raise ValueError(f"la valeur {brut!r} ne va pas avec le type « {genre} ».")
    if isinstance(brut, list):
        return tuple(map(str, brut))
    return Decimal(brut) if isinstance(brut, str) else brut  # type: ignore[return-value]  # int or bool, checked above


@cache
def _registre() -> dict[str, tuple[Parametre, ...]]:
    return charger(lire_yaml(FICHIER))
