"""Households drawn at random from the declarations of ``foyer``: every typed field, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from cordee.echanges.caf import schema
from cordee.echanges.caf.foyer import FoyerLu, PersonneLu
from cordee.metier.personnes.regles import lire_matricule, voiler_matricule
from cordee.socle.nir import nir13

# What ISO-8859-1 can carry and stripping leaves alone; & and < are there on purpose.
LETTRES = st.characters(codec="latin-1", min_codepoint=0x21, exclude_categories=["Cc", "Zs", "Cf"])
TEXTES = st.text(LETTRES, max_size=12)
JOURS = st.dates(date(1950, 1, 1), date(2026, 1, 1))
MONTANTS = st.decimals(Decimal("-99999.99"), Decimal("9999999.99"), places=2, allow_nan=False)
NIRS = st.sampled_from(["", "2880699023456", "1751299001122", "280062A001002"])


def _valeur(genre: Any, balise: str) -> st.SearchStrategy[Any]:
    if genre is str:
        return TEXTES
    if genre is int:
        return st.integers(0, 10 ** schema.ENTIERS.get(balise, 1) - 1)
    return {date: JOURS, bool: st.booleans(), Decimal: MONTANTS}[genre]


def _champ(annotation: Any) -> st.SearchStrategy[Any]:
    chemin: str = annotation.__metadata__[0]
    balise = chemin.rpartition("/")[2]
    genre = annotation.__origin__
    if get_origin(genre) is tuple:
        return st.lists(objets(get_args(genre)[0]), max_size=2).map(tuple)
    if get_origin(genre) in {Union, UnionType}:
        genre = get_args(genre)[0]
        if genre in {int, date, bool, Decimal}:
            return st.none() | _valeur(genre, balise)
        return st.none() | objets(genre)
    return _valeur(genre, balise)


def objets(classe: Callable[..., Any], **imposes: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Instances of a dataclass of ``foyer``, blocks that would be empty left out."""
    types = get_type_hints(classe, include_extras=True)
    champs = {
        champ.name: _champ(types[champ.name])
        for champ in fields(classe)  # type: ignore[arg-type]
        if hasattr(types[champ.name], "__metadata__")
    }
    vide = None if imposes else classe() if classe not in {FoyerLu, PersonneLu} else None
    return st.builds(classe, **(champs | imposes)).filter(lambda objet: objet != vide)


def _personne(role: str) -> st.SearchStrategy[PersonneLu]:
    personnes = objets(
        PersonneLu,
        nom=TEXTES.filter(bool),
        naissance=JOURS,
        nir_brut=NIRS,
        role=st.just(role),
        a_charge=st.booleans(),
        role_pfa=st.just("RDO"),
        a_charge_pfa=st.booleans(),
    )
    return personnes.map(_avec_nir)


def _avec_nir(personne: PersonneLu) -> PersonneLu:
    return replace(personne, nir=nir13(personne.nir_brut) or "")


def foyers() -> st.SearchStrategy[FoyerLu]:
    """Households with a claimant, perhaps a spouse and a child."""
    autres = st.lists(st.sampled_from(["CJT", "ENF"]), max_size=2, unique=True)
    personnes = autres.flatmap(lambda roles: st.tuples(*(_personne(role) for role in ["DEM", *roles])))
    matricules = st.integers(0, 10**15 - 1).map(lambda n: f"{n:015d}")
    return objets(
        FoyerLu,
        numdemrsa=st.text(LETTRES, min_size=1, max_size=11),
        matricule_brut=matricules,
        personnes=personnes,
        anomalies=st.lists(TEXTES.filter(bool), max_size=2).map(tuple),
    ).map(_avec_matricule)


def _avec_matricule(foyer: FoyerLu) -> FoyerLu:
    """The numbers as they are read: never a NIR (V1)."""
    cedant = foyer.cedant and replace(foyer.cedant, matricule=voiler_matricule(foyer.cedant.matricule))
    brut = voiler_matricule(foyer.matricule_brut)
    return replace(foyer, matricule=lire_matricule(brut), matricule_brut=brut, cedant=cedant)
