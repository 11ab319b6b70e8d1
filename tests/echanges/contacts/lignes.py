"""Lines of contacts files, as the public header has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cordee.echanges.fichiers.rapport import RapportLignes

ENTETE = (
    "MATRICULE;ROLE PERSONNE;TYPE PERSONNE;NIR;NUMERO DEMANDE RSA;DATE DEMANDE RSA;DATE DEBUT DROITS - DEVOIRS;"
    "NOM RESPONSABLE DOSSIER;PRENOM RESPONSABLE DOSSIER;NUMERO TELEPHONE DOSSIER;NUMERO TELEPHONE 2 DOSSIER;"
    "ADRESSE ELECTRONIQUE DOSSIER;TAGS"
)
NIR_DEM, NIR_CJT = "2850199123001", "1870199123002"
Ecrire = Callable[..., Path]
Importer = Callable[..., RapportLignes]


def ligne(
    telephone: str = "", courriel: str = "", *, role: str = "DEM", matricule: str = "9900001",
    numdemrsa: str = "00000010099", nir: str = "", nom: str = "EXEMPLE", prenom: str = "CAMILLE", autre: str = "",
) -> str:  # fmt: skip
    """One line of the public header."""
    return (
        f"{matricule};{role};ADULTE;{nir};{numdemrsa};12/03/2024;01/04/2024;{nom};{prenom};{telephone};{autre};"
        f"{courriel};"
    )
