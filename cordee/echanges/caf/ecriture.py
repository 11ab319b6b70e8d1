"""Writing VRSB0801 beneficiaries files, for the demonstration and for tests.

The order of elements follows ``schema``; numbers and amounts are padded with zeros, mandatory blanks are a space, as in
files met so far. A household is written from its typed fields; what only stands in ``detail`` is written as it was
read. What ``hors_schema`` holds is not written: the result stays valid against the public schema as long as mandatory
values are there.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final, cast
from xml.sax.saxutils import escape

from cordee.echanges.caf import schema
from cordee.echanges.caf.assemblage import PLAN_FOYER, PLAN_PERSONNE, Plan
from cordee.echanges.caf.foyer import Detail, FoyerLu, PersonneLu
from cordee.echanges.caf.resultats import Entete

ENCODAGE: Final = "iso-8859-1"
_RETRAIT: Final = "  "


def ecrire(sortie: Path, entete: Entete, foyers: Iterable[FoyerLu], *, annonces: int | None = None) -> int:
    """Write a file, compressed when its name ends with ``.gz``. Same input, same bytes.

    Args:
        annonces: number of households to announce in the last block; the number written when ``None``.

    Returns:
        The number of households written.
    """
    ecrits = 0
    with _ouvrir(sortie) as fichier:
        fichier.write(_debut(entete))
        for foyer in foyers:
            fichier.write(bloc(foyer))
            ecrits += 1
        fichier.write(_fin(ecrits if annonces is None else annonces))
    return ecrits


def assembler(sortie: Path, entete: Entete, morceaux: Iterable[Path], *, annonces: int) -> None:
    """Write a file from files of blocks, made apart by :func:`bloc`. ``annonces``: how many households they hold."""
    with _ouvrir(sortie) as fichier:
        fichier.write(_debut(entete))
        for morceau in morceaux:
            with morceau.open("rb") as blocs:
                shutil.copyfileobj(blocs, fichier)
        fichier.write(_fin(annonces))


def bloc(foyer: FoyerLu) -> bytes:
    """One household, as the file holds it."""
    return _xml(schema.FOYER, composer(foyer))


def _debut(entete: Entete) -> bytes:
    tete = f'<?xml version="1.0" encoding="{ENCODAGE.upper()}"?>\n<{schema.RACINE}>\n'.encode()
    return tete + _xml(schema.IDENTIFICATION, _bloc_entete(entete))


def _fin(annonces: int) -> bytes:
    total = {"NBTOTDOSRSATRANSM": annonces, "NBTOTDOSRSATRANSMANO": 0}
    textes = {balise: _texte(valeur, balise) for balise, valeur in total.items()}
    return _xml(schema.TRANSMISSION, textes) + f"</{schema.RACINE}>\n".encode()


def composer(foyer: FoyerLu) -> Detail:
    """The nested text of a household, by element name, from its typed fields and its ``detail``."""
    bloc = _composer(PLAN_FOYER, foyer, schema.FOYER, foyer.detail)
    bloc["Personne"] = [_personne(personne) for personne in foyer.personnes]
    if foyer.anomalies:
        bloc["Anomalie"] = [{"LIBANO": libelle} for libelle in foyer.anomalies]
    return bloc


def _personne(personne: PersonneLu) -> Detail:
    bloc = _composer(PLAN_PERSONNE, personne, "Personne", personne.detail)
    if personne.nir and not personne.nir_brut:
        bloc["Identification"]["NIR"] = personne.nir
    roles = (("PFA", personne.role_pfa, personne.a_charge_pfa), ("RSA", personne.role, personne.a_charge))
    bloc["Prestations"] = [
        {"NATPREST": nature, "ROLEPERS": role, "TOPCHAPERS": _texte(bool(charge), "TOPCHAPERS")}
        for nature, role, charge in roles
        if role
    ]
    return bloc


def _composer(plan: Plan, objet: Any, racine: str, detail: Detail) -> Detail:
    bloc = _copier(detail)
    for nom_bloc, champs in plan.feuilles:
        valeurs = {balise: _texte(getattr(objet, nom), balise) for nom, balise, _ in champs}
        presentes = {balise: texte for balise, texte in valeurs.items() if texte}
        if presentes:
            _descendre(bloc, nom_bloc or racine, racine).update(presentes)
    for nom, balise, sous_plan in plan.listes:
        elements = getattr(objet, nom)
        if elements:
            parent = _descendre(bloc, schema.PARENTS[balise], racine)
            anciens = parent.get(balise, ())
            base = anciens if len(anciens) == len(elements) else [{}] * len(elements)
            parent[balise] = [
                _composer(sous_plan, element, balise, ancien) for element, ancien in zip(elements, base, strict=True)
            ]
    for nom, balise, sous_plan in plan.blocs:
        element = getattr(objet, nom)
        if element is not None:
            parent = _descendre(bloc, schema.PARENTS[balise], racine)
            parent[balise] = _composer(sous_plan, element, balise, parent.get(balise, {}))
    return bloc


def _descendre(bloc: Detail, nom: str, racine: str) -> Detail:
    """The nested block ``nom`` under ``bloc`` (which is ``racine``), created on the way."""
    if nom == racine:
        return bloc
    parent = _descendre(bloc, schema.PARENTS[nom], racine)
    return cast(Detail, parent.setdefault(nom, {}))


def _copier(detail: Detail) -> Detail:
    return {
        cle: _copier(valeur) if isinstance(valeur, dict) else list(valeur) if isinstance(valeur, list) else valeur
        for cle, valeur in detail.items()
    }


def _texte(valeur: str | date | bool | int | Decimal | None, balise: str) -> str:
    """A value as the file writes it.

    >>> _texte(Decimal("1675"), "MTRSAVERS"), _texte(2, "NBENFAUTCHA"), _texte(False, "TOPRESPDOS"), _texte(None, "NIR")
    ('0001675.00', '02', '0', '')
    """
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "1" if valeur else "0"
    if isinstance(valeur, int):
        return f"{valeur:0{schema.ENTIERS.get(balise, 1)}d}"
    if isinstance(valeur, Decimal):
        return f"{valeur:0{schema.LARGEUR_MONTANT}.2f}"
    if isinstance(valeur, date):
        return valeur.isoformat()
    return f"{valeur:<3}" if balise == "TYPEPARTE" else valeur


def _bloc_entete(entete: Entete) -> Detail:
    return {
        "APPLIEME": entete.appli,
        "NUMVERSIONAPPLIEME": entete.version_appli,
        "TYPEFLUX": entete.type_flux,
        "NATFLUX": entete.nature,
        "DTCREAFLUX": entete.cree_le.date().isoformat(),
        "HEUCREAFLUX": f"{entete.cree_le:%H:%M:%S}.0000",
        "DTREF": entete.reference.isoformat(),
    }


def _xml(nom: str, bloc: Detail) -> bytes:
    lignes: list[str] = []
    _deplier(nom, bloc, 1, lignes)
    return "".join(lignes).encode(ENCODAGE, "xmlcharrefreplace")


def _deplier(nom: str, bloc: Detail, profondeur: int, lignes: list[str]) -> None:
    """Append the lines of a block, its children in the order of the schema."""
    marge = _RETRAIT * profondeur
    lignes.append(f"{marge}<{nom}>\n")
    for balise, obligatoire, _ in schema.BLOCS[nom]:
        contenu = bloc.get(balise)
        if balise in schema.BLOCS:
            blocs = contenu if isinstance(contenu, list) else [contenu] if contenu is not None else []
            for sous_bloc in blocs:
                _deplier(balise, sous_bloc, profondeur + 1, lignes)
        elif contenu or obligatoire:
            lignes.append(f"{marge}{_RETRAIT}<{balise}>{escape(contenu or ' ')}</{balise}>\n")
    lignes.append(f"{marge}</{nom}>\n")


@contextmanager
def _ouvrir(sortie: Path) -> Iterator[BinaryIO]:
    with sortie.open("wb") as fichier:
        if sortie.suffix != ".gz":
            yield fichier
            return
        with gzip.GzipFile(filename="", fileobj=fichier, mode="wb", mtime=0, compresslevel=6) as compresse:
            yield cast(BinaryIO, compresse)
