"""The columns of a contacts file, found by their names in any order (flux_caf.md §9). Pure."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cordee.echanges.fichiers.ouverture import debut

SEPARATEURS: Final = ";,\t|"
_NOMS: Final = {
    "matricule": ("MATRICULE",),
    "role": ("ROLE PERSONNE",),
    "type_personne": ("TYPE PERSONNE",),
    "nir": ("NIR",),
    "numdemrsa": ("NUMERO DEMANDE RSA",),
    "demande_le": ("DATE DEMANDE RSA",),
    "debut_le": ("DATE DEBUT DROITS - DEVOIRS",),
    "nom_responsable": ("NOM RESPONSABLE DOSSIER",),
    "prenom_responsable": ("PRENOM RESPONSABLE DOSSIER",),
    "telephone": ("NUMERO TELEPHONE DOSSIER",),
    "telephone_2": ("NUMERO TELEPHONE 2 DOSSIER",),
    "courriel": ("ADRESSE ELECTRONIQUE DOSSIER",),
    "tags": ("TAGS",),
    # Not in the header that is public: the names of the same facts in the instruction flow (A, R or I).
    "autorisation_telephone": ("AUTORUTITEL", "AUTORISATION TELEPHONE DOSSIER"),
    "autorisation_courriel": ("AUTORUTIADRELEC", "AUTORISATION ADRESSE ELECTRONIQUE DOSSIER"),
}
_PAR_NOM: Final = {re.sub(r"\W", "", nom): champ for champ, noms in _NOMS.items() for nom in noms}
_CLES: Final = ("nir", "matricule", "numdemrsa")
_MOYENS: Final = ("telephone", "telephone_2", "courriel")


@dataclass(frozen=True, slots=True)
class Colonnes:
    """Where each fact stands in a line.

    Attributes:
        rangs: fact → index in the line.
        inconnues: names of the columns nothing is made of; reported.
        ligne: the header as written, for the lines that are set aside.
    """

    separateur: str
    rangs: dict[str, int]
    nombre: int
    ligne: str
    inconnues: tuple[str, ...] = field(default=())

    def champs(self, ligne: str) -> list[str]:
        """The cells of one line."""
        if '"' not in ligne:
            return ligne.split(self.separateur)
        return next(csv.reader([ligne], delimiter=self.separateur))


def lire_entete(ligne: str) -> Colonnes | None:
    """Read a header; ``None`` when it is not that of a contacts file.

    >>> lue = lire_entete("Numéro téléphone dossier;ROLE PERSONNE;MATRICULE;Remarque")
    >>> lue.rangs, lue.inconnues
    ({'telephone': 0, 'role': 1, 'matricule': 2}, ('Remarque',))
    >>> lire_entete("nom;prenom;telephone") is None
    True
    """
    separateur = max(SEPARATEURS, key=ligne.count)
    if not ligne.count(separateur):
        return None
    noms = [nom.strip().strip('"').strip() for nom in ligne.split(separateur)]
    rangs: dict[str, int] = {}
    inconnues = []
    for rang, nom in enumerate(noms):
        champ = _PAR_NOM.get(_cle(nom))
        if champ is None or champ in rangs:
            inconnues.append(nom)
        else:
            rangs[champ] = rang
    connue = "role" in rangs and any(c in rangs for c in _CLES) and any(c in rangs for c in _MOYENS)
    if not connue:
        return None
    return Colonnes(separateur, rangs, len(noms), ligne, tuple(nom[:40] for nom in inconnues if nom))


def reconnaitre(chemin: Path) -> Colonnes | None:
    """The header of a contacts file, or ``None`` when the file is something else.

    Raises:
        FichierRefuse: the file cannot be opened.
    """
    octets = debut(chemin)
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", "replace")
    premiere = next((ligne for ligne in texte.splitlines() if ligne.strip()), "")
    return lire_entete(premiere)


def _cle(nom: str) -> str:
    decompose = unicodedata.normalize("NFKD", nom.upper())
    return re.sub(r"[^A-Z0-9]", "", decompose)
