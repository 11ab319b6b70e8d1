"""Shapes: what a piece of XML says once its tags are known, so that only its values remain to be read.

A file has few shapes and many households: the claimants without resources, the spouses with two months of wages… The
tags of a piece (its *shape*) are parsed once, by the parser, and become a recipe: which value goes into which field,
which must be a date, how the JSON is written around them. The next piece of the same shape costs the reading of its
values only. What a shape cannot take (an element out of place, an unreadable value) is left to the full reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, Final, TypeAlias

from lxml import etree

from cordee.echanges.caf.assemblage import Balise, Portee
from cordee.echanges.caf.valeurs import lire_date, lire_entier, lire_indicateur, lire_montant
from cordee.echanges.fichiers.flux_xml import OPTIONS

Valeurs: TypeAlias = list[str]
Objet: TypeAlias = dict[str, Any]
"""Field name → place of its value, or the objects it holds."""

FEUILLE: Final = re.compile(r">([^<>\s][^<>]*)</")
"""A value between its tags. Splitting a text on it gives tags, value, tags, value… tags."""
ABSENTE: Final = -1
"""Place of a value that this shape does not have: the empty text put after the others."""
_MARQUE: Final = "\ue000"
_MAX: Final = 20_000
_BORNE: Final = 50_000
_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PARSEUR: Final = etree.XMLParser(**OPTIONS)


class _Connues:
    """Texts already found right, within a bound: checking a value that comes back is looking it up."""

    def __init__(self, juste: Callable[[str], bool]) -> None:
        self.textes: set[str] = set()
        self._juste = juste

    def toutes(self, textes: tuple[str, ...]) -> bool:
        if self.textes.issuperset(textes):
            return True
        if not all(map(self._juste, textes)):
            return False
        if len(self.textes) > _BORNE:
            self.textes.clear()
        self.textes.update(textes)
        return True


def _est_une_date(texte: str) -> bool:
    if not _DATE.fullmatch(texte):
        return False
    try:
        date.fromisoformat(texte)
    except ValueError:
        return False
    return True


# As the files write them; other forms that can be read (a comma, a time zone) are left to the full reading.
_JUSTES: Final = {
    lire_date: _Connues(_est_une_date),
    lire_montant: _Connues(re.compile(r"[+-]?\d{1,7}\.\d\d", re.ASCII).fullmatch),  # type: ignore[arg-type]
    lire_entier: _Connues(re.compile(r"\d{1,4}", re.ASCII).fullmatch),  # type: ignore[arg-type]
    lire_indicateur: _Connues({"0", "1"}.__contains__),
}


class PasDeForme(Exception):
    """This piece is for the full reading."""


@dataclass(slots=True)
class Modele:
    """A text with holes: ``remplir(valeurs)`` puts the values in."""

    texte: str
    prendre: Callable[[Valeurs], tuple[str, ...]] | None

    @classmethod
    def de(cls, texte: str) -> Modele:
        places = [int(n) for n in re.findall(f"{_MARQUE}(-?\\d+){_MARQUE}", texte)]
        trou = re.sub(f"{_MARQUE}-?\\d+{_MARQUE}", "%s", texte.replace("%", "%%"))
        return cls(trou if places else texte, choisir(places) if places else None)

    def remplir(self, valeurs: Valeurs) -> str:
        return self.texte if self.prendre is None else self.texte % self.prendre(valeurs)


def choisir(places: list[int]) -> Callable[[Valeurs], tuple[str, ...]]:
    """A function that takes these values, in this order."""
    if len(places) == 1:
        seule = places[0]
        return lambda valeurs: (valeurs[seule],)
    return itemgetter(*places)


@dataclass(slots=True)
class Forme:
    """The recipe of one shape.

    ``champs``: the fields. ``detail``: the nested text, values as marked places (see :meth:`modele`). ``canonique``:
    see ``empreintes.canonique``. ``nombre``: of values.
    """

    nombre: int
    champs: Objet
    detail: dict[str, Any]
    canonique: Modele
    controles: list[tuple[_Connues, Callable[[Valeurs], tuple[str, ...]]]] = field(default_factory=list)
    codes: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    recette: Any = None
    """What the caller made of ``champs`` and ``detail``, once."""

    def juste(self, valeurs: Valeurs) -> bool:
        """Can every value be read, and is every code known?"""
        for connues, prendre in self.controles:
            if not connues.toutes(prendre(valeurs)):
                return False
        return all([valeurs[place] in codes for place, codes in self.codes])  # noqa: C419 - faster so


def modele_json(detail: Any) -> Modele:
    """A part of ``Forme.detail`` as JSON text."""
    return Modele.de(_JSON(detail))


def modele_membres(detail: dict[str, Any]) -> Modele:
    """The same, without its braces."""
    return Modele.de(_JSON(detail)[1:-1])


def marquer(numero: int) -> str:
    """What stands for the value of that place in ``Forme.detail``."""
    return f"{_MARQUE}{numero}{_MARQUE}"


def place(marque: str) -> int:
    """The place that a leaf of ``Forme.detail`` marks."""
    return int(marque.strip(_MARQUE)) if marque else ABSENTE


class Formes:
    """The shapes met, of one kind of piece: ``former(texte)`` gives the shape and the values.

    Args:
        enveloppe: the element that the piece is the inside of.
        preparer: makes ``Forme.recette`` of a new shape; may raise :class:`PasDeForme`.
    """

    def __init__(self, portee: Portee, enveloppe: str, preparer: Callable[[Forme], Any]) -> None:
        self._portee, self._preparer = portee, preparer
        self._ouvrante, self._fermante = f"<{enveloppe}>", f"</{enveloppe}>"
        self._formes: dict[tuple[str, ...], Forme | None] = {}

    def former(self, texte: str) -> tuple[Forme, Valeurs]:
        """Raises:
        PasDeForme: this piece is for the full reading.
        """
        morceaux = FEUILLE.split(texte)
        balises = tuple(morceaux[::2])
        try:
            forme = self._formes[balises]
        except KeyError:
            forme = self._apprendre(balises)
        if forme is None:
            raise PasDeForme
        valeurs = list(map(str.rstrip, morceaux[1::2]))
        valeurs.append("")
        if not forme.juste(valeurs):
            raise PasDeForme
        return forme, valeurs

    def _apprendre(self, balises: tuple[str, ...]) -> Forme | None:
        if len(self._formes) >= _MAX:
            self._formes.clear()
        try:
            forme = self._lire(balises)
            forme.recette = self._preparer(forme)
        except (PasDeForme, etree.XMLSyntaxError):
            forme = None
        self._formes[balises] = forme
        return forme

    def _lire(self, balises: tuple[str, ...]) -> Forme:
        if any(_MARQUE in morceau for morceau in balises):
            raise PasDeForme
        texte = balises[0] + "".join(f">{marquer(n)}</{suite}" for n, suite in enumerate(balises[1:]))
        element = etree.fromstring(f"{self._ouvrante}{texte}{self._fermante}".encode(), _PARSEUR)
        lue = _Lecture(len(balises) - 1)
        champs: Objet = {}
        if (element.text or "").strip() or element.attrib:
            raise PasDeForme
        detail = lue.bloc(element, self._portee, champs)
        if sorted(lue.places) != list(range(len(balises) - 1)):
            raise PasDeForme  # a value that is not the whole text of a leaf of the schema
        return lue.forme(champs, detail)


class _Lecture:
    """``assemblage._lire_bloc`` for a shape: places where that function reads values."""

    def __init__(self, nombre: int) -> None:
        self._nombre = nombre
        self.places: list[int] = []
        self._codes: list[tuple[int, frozenset[str]]] = []
        self._lectures: dict[Any, list[int]] = {}
        self._canonique: list[str] = []

    def bloc(self, element: etree._Element, portee: Portee, champs: Objet) -> dict[str, Any]:
        bloc: dict[str, Any] = {}
        for enfant in element:
            balise = str(enfant.tag)
            connue = portee.balises.get(balise)
            if connue is None or enfant.attrib:
                raise PasDeForme
            self._canonique.append(f"<{balise}>")
            if connue.codes is not None:
                if balise in bloc or len(enfant):
                    raise PasDeForme
                bloc[balise] = self._feuille(enfant, connue, champs)
            else:
                if (enfant.text or "").strip():
                    raise PasDeForme
                self._enfant(enfant, connue, bloc, portee, champs)
            self._canonique.append(f"</{balise}>")
        return bloc

    def _feuille(self, feuille: etree._Element, connue: Balise, champs: Objet) -> str:
        texte = (feuille.text or "").strip()
        if not texte:
            return ""
        if not re.fullmatch(f"{_MARQUE}\\d+{_MARQUE}", texte):
            raise PasDeForme
        numero = place(texte)
        self.places.append(numero)
        self._canonique.append(texte)
        if connue.codes:
            self._codes.append((numero, connue.codes))
        if connue.champ is not None:
            champs[connue.champ] = numero
            if connue.lecture is not None:
                self._lectures.setdefault(connue.lecture, []).append(numero)
        return texte

    def _enfant(
        self, enfant: etree._Element, connue: Balise, bloc: dict[str, Any], portee: Portee, champs: Objet
    ) -> None:
        balise, sous = str(enfant.tag), connue.portee
        if sous is None:
            if balise in bloc:
                raise PasDeForme
            bloc[balise] = self.bloc(enfant, portee, champs)
            return
        siens: Objet = {}
        if sous.repetee:
            bloc.setdefault(balise, []).append(self.bloc(enfant, sous, siens))
            if connue.champ is not None:
                champs.setdefault(connue.champ, []).append(siens)
            return
        if balise in bloc:
            raise PasDeForme
        bloc[balise] = self.bloc(enfant, sous, siens)
        if connue.champ is not None:
            champs[connue.champ] = siens

    def forme(self, champs: Objet, detail: dict[str, Any]) -> Forme:
        return Forme(
            nombre=self._nombre,
            champs=champs,
            detail=detail,
            canonique=Modele.de("".join(self._canonique)),
            controles=[(_JUSTES[lecture], choisir(places)) for lecture, places in self._lectures.items()],
            codes=self._codes,
        )
