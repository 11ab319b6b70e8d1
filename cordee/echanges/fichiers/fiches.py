"""A piece set aside, as people read it: labelled fields, the wrong ones told; what is corrected is written back.

Each kind of file says how (``guichet.rejeu``); lines of a table, or of « name : value », are the same for all. Pure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from cordee.echanges.fichiers.rejets import est_jeton
from cordee.socle.nir import nir13

SEPARATEURS: Final = ";\t|,"
_PAIRE: Final = re.compile(r"([^:]{1,80}?)\s*:\s?(.*)")
_INTERDITS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NIR_FAUX: Final = "Ce numéro n'a pas la forme d'un NIR : 13 caractères, ou 15 avec la clé."
CARACTERE_INTERDIT: Final = "Cette saisie contient un caractère interdit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """``cle`` names the field in the form; ``valeur`` as shown (dates in French, no NIR); ``faute``: a sentence.

    ``genre``: texte, date, code (one of ``choix``) or nir (never shown; ``renseigne`` says that there is one).
    """

    cle: str
    balise: str
    libelle: str
    genre: str
    valeur: str
    faute: str = ""
    choix: tuple[tuple[str, str], ...] = ()
    renseigne: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Groupe:
    """The household, one of its people, its address, one line."""

    cle: str
    titre: str
    champs: tuple[Champ, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiche:
    """``generales``: what is wrong of the whole and stands in no field."""

    groupes: tuple[Groupe, ...] = ()
    generales: tuple[str, ...] = ()

    @property
    def champs(self) -> Iterator[Champ]:
        return (champ for groupe in self.groupes for champ in groupe.champs)

    @property
    def fautes(self) -> tuple[str, ...]:
        """Every sentence, with where it is."""
        champs = [f"{g.titre} : {c.faute}" for g in self.groupes for c in g.champs if c.faute]
        return (*self.generales, *champs)


class BlocIllisible(Exception):
    """The text is not one piece of its kind. ``str(e)`` says why and where, in French, and quotes nobody."""


class CorrectionInvalide(Exception):
    """A field cannot hold what was typed: ``cle``, and the sentence."""

    def __init__(self, cle: str, phrase: str) -> None:
        super().__init__(phrase)
        self.cle = cle


def verifier_saisie(champ: Champ, saisi: str) -> None:
    """Refuse what no file can hold, and a NIR that is none.

    Raises:
        CorrectionInvalide: with its field.
    """
    if _INTERDITS.search(saisi):
        raise CorrectionInvalide(champ.cle, CARACTERE_INTERDIT)
    if champ.genre == "nir" and saisi and nir13(saisi) is None:
        raise CorrectionInvalide(champ.cle, NIR_FAUX)


def de_table(texte: str) -> Fiche:
    """The fields of a line kept with its header.

    >>> [(c.libelle, c.valeur, c.genre) for c in de_table("NIR;NOM\\njeton-illisible;Exemple").champs]
    [('NIR', '', 'nir'), ('NOM', 'Exemple', 'texte')]
    """
    entetes, cellules, _ = _table(texte)
    champs = tuple(_champ(n, nom, cellules[n] if n < len(cellules) else "") for n, nom in enumerate(entetes))
    return Fiche(groupes=(Groupe(cle="l", titre="Ligne du fichier", champs=champs),))


def corriger_table(texte: str, saisies: Mapping[str, str]) -> str:
    """The same line, with what was typed.

    >>> corriger_table("NIR;NOM\\njeton-illisible;Exemple", {"l-0": "", "l-1": "A;B"})
    'NIR;NOM\\njeton-illisible;"A;B"'
    """
    entetes, cellules, separateur = _table(texte)
    cellules += [""] * (len(entetes) - len(cellules))
    for n, saisi in _changes(de_table(texte), saisies):
        cellules[n] = saisi
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=separateur, lineterminator="").writerow(cellules)
    return f"{texte.splitlines()[0]}\n{tampon.getvalue()}"


def de_paires(texte: str) -> Fiche:
    """The fields of a line kept as « name : value ».

    >>> [(c.libelle, c.valeur) for c in de_paires("Nom : Exemple\\nContrat signé le : 31/02/2026").champs]
    [('Nom', 'Exemple'), ('Contrat signé le', '31/02/2026')]
    """
    champs = tuple(_champ(n, nom, valeur) for n, (nom, valeur) in enumerate(_paires(texte)))
    return Fiche(groupes=(Groupe(cle="l", titre="Ligne du fichier", champs=champs),))


def corriger_paires(texte: str, saisies: Mapping[str, str]) -> str:
    """The same line, with what was typed.

    >>> corriger_paires("Nom : Exemple", {"l-0": "Autre"})
    'Nom : Autre'
    """
    paires = _paires(texte)
    for n, saisi in _changes(de_paires(texte), saisies):
        paires[n] = (paires[n][0], " ".join(saisi.split()))
    return "\n".join(f"{nom} : {valeur}" for nom, valeur in paires)


def _champ(n: int, nom: str, valeur: str) -> Champ:
    genre = "nir" if est_jeton(valeur) or nom.strip().upper().startswith("NIR") else "texte"
    visible = "" if genre == "nir" else valeur
    return Champ(
        cle=f"l-{n}", balise=nom, libelle=nom or f"Colonne {n + 1}", genre=genre, valeur=visible,
        renseigne=genre == "nir" and bool(valeur.strip()),
    )  # fmt: skip


def _changes(fiche: Fiche, saisies: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for n, champ in enumerate(fiche.champs):
        saisi = saisies.get(champ.cle, champ.valeur).strip()
        verifier_saisie(champ, saisi)
        if saisi != champ.valeur.strip() and not (champ.genre == "nir" and not saisi):
            yield n, saisi


def _table(texte: str) -> tuple[list[str], list[str], str]:
    lignes = [ligne for ligne in texte.splitlines() if ligne.strip()]
    if len(lignes) != 2:
        raise BlocIllisible("Gardez deux lignes : celle des titres, telle quelle, puis la ligne corrigée.")
    separateur = max(SEPARATEURS, key=lignes[0].count)
    entetes, cellules = (next(csv.reader([ligne], delimiter=separateur)) for ligne in lignes)
    return [nom.strip() for nom in entetes], cellules, separateur


def _paires(texte: str) -> list[tuple[str, str]]:
    paires = [forme.groups() for ligne in texte.splitlines() if (forme := _PAIRE.fullmatch(ligne.strip()))]
    if not paires:
        raise BlocIllisible("Gardez un champ par ligne : son nom, deux points, sa valeur.")
    return [(nom, valeur) for nom, valeur in paires]
