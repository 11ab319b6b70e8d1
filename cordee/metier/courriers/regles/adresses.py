"""The lines of an envelope, as sorting machines read them."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from types import MappingProxyType

from cordee.socle.erreurs import ErreurMetier


class AdresseIllisible(ErreurMetier):
    """The address cannot be written in the lines a window envelope shows."""


LARGEUR_LIGNE = 38
LIGNES_MAXIMUM = 7  # six of the standard, and one for the country or a name on two lines: all fit the window
_ABREVIATIONS = MappingProxyType(
    {
        "ALLEE": "ALL", "APPARTEMENT": "APT", "AVENUE": "AV", "BATIMENT": "BAT", "BOULEVARD": "BD",
        "CHEMIN": "CHE", "DOCTEUR": "DR", "FAUBOURG": "FG", "GENERAL": "GAL", "IMPASSE": "IMP", "LOTISSEMENT": "LOT",
        "MARECHAL": "MAL", "PASSAGE": "PAS", "PLACE": "PL", "PRESIDENT": "PDT", "PROFESSEUR": "PR",
        "RESIDENCE": "RES", "ROUTE": "RTE", "SAINT": "ST", "SAINTE": "STE", "SQUARE": "SQ",
    }
)  # fmt: skip


def capitales(texte: str) -> str:
    """Capitals without accents or punctuation, as sorting machines read them (Œ becomes OE)."""
    deplie = texte.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    sans_accent = "".join(c for c in unicodedata.normalize("NFKD", deplie) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^A-Z0-9'/-]+", " ", sans_accent.upper().replace("’", "'")).split())


def _plier(ligne: str) -> list[str]:
    """The line in pieces of 38 characters at most, cut between words when it can be."""
    return textwrap.wrap(ligne, LARGEUR_LIGNE, break_on_hyphens=True) if len(ligne) > LARGEUR_LIGNE else [ligne]


def _abreger(ligne: str) -> str:
    """Usual abbreviations, only where the line is too long without them."""
    return " ".join(_ABREVIATIONS.get(m, m) for m in ligne.split()) if len(ligne) > LARGEUR_LIGNE else ligne


def bloc_adresse(
    *,
    destinataire: str,
    voie: str = "",
    code_postal: str = "",
    commune: str = "",
    chez: str = "",
    point_remise: str = "",
    batiment: str = "",
    lieu_dit: str = "",
    pays: str = "",
) -> list[str]:
    """The address in lines of 38 characters (AFNOR XP Z10-011), seven at most with the country.

    The name stays as the person writes it; the lines a machine reads are in capitals. ``chez`` is the organisation
    that domiciles the person (CASF L264-1) or the one who houses her.

    Raises:
        AdresseIllisible: nothing to write after the name, or too many lines even abbreviated.

    >>> bloc_adresse(destinataire="Mme Zoé Œuvrard", chez="CCAS de Créteil", voie="3, place Salvador-Allende",
    ...              code_postal="94000", commune="Créteil")
    ['Mme Zoé Œuvrard', 'Chez CCAS DE CRETEIL', '3 PLACE SALVADOR-ALLENDE', '94000 CRETEIL']
    """
    localite = capitales(f"{code_postal} {commune}")
    if not localite or not destinataire.strip():
        raise AdresseIllisible("L'adresse est incomplète : indiquez le nom, le code postal et la commune.")
    lignes = _plier(" ".join(destinataire.split()))
    if chez.strip():
        lignes += _plier(f"Chez {capitales(chez)}")
    for partie in (point_remise, batiment, voie, lieu_dit):
        if texte := capitales(partie):
            lignes += _plier(_abreger(texte))
    lignes += _plier(localite) + ([capitales(pays)] if pays.strip() else [])
    if len(lignes) > LIGNES_MAXIMUM:
        raise AdresseIllisible(
            f"L'adresse compte {len(lignes)} lignes et l'enveloppe en montre {LIGNES_MAXIMUM} : raccourcissez-la."
        )
    return lignes
