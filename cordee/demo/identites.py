"""Invented identities, recognisable at a glance and impossible to mistake for anyone.

- Surnames are compounds nobody bears (« TIREVENT », « ABELUNE »); first names are ordinary and drawn without regard to
  the surname, so that no origin can be read in a pair, and no outcome can be tied to a name.
- NIR: birthplace 99 (born abroad) followed by a country code below 100, or département 00. INSEE's country codes start
  at 99 100 and its départements at 01: such a number was never attributed and cannot be. Shape, sex, year and month are
  right, so that real code is exercised.
- E-mail under ``example.org`` (RFC 2606); telephones in 06 39 98 xx xx, which ARCEP reserves for fiction.
- Places of birth and streets are invented too; communes of residence are real.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import product
from random import Random
from typing import Final

_DEBUTS: Final = (
    "ABE", "AIGUE", "AMBRE", "AUBE", "BRUME", "CHANTE", "CLAIRE", "COULE", "DORE", "ECLA", "FILE", "FLEURE", "GIVRE",
    "HAUTE", "JOLI", "LARGE", "LOIN", "MARE", "MOUSSE", "NUE", "OMBRE", "PASSE", "PERCE", "PLUME", "RAME", "ROCHE",
    "SABLE", "SAUTE", "SONGE", "TIRE", "TOURNE", "VALE", "VENTE", "VERSE", "VOLE",
)  # fmt: skip
_FINS: Final = (
    "BRISE", "CHANT", "CIME", "CORDE", "ECLAIR", "ETOILE", "FEUILLE", "GRANGE", "HIVER", "LUNE", "MONT", "NEIGE",
    "ORAGE", "PIERRE", "PLAINE", "PLUIE", "RIVE", "SENTE", "SOURCE", "VAGUE", "VENT",
)  # fmt: skip
NOMS: Final = tuple(debut + fin for debut, fin in product(_DEBUTS, _FINS))
"""735 surnames, none of them borne."""
PRENOMS: Final = {
    "1": (
        "ADAM", "ALEXANDRE", "AMADOU", "ANTOINE", "ARTHUR", "BAKARY", "BRUNO", "CARLOS", "CHRISTOPHE", "DANIEL",
        "DAVID", "DRISS", "ELIAS", "ERIC", "FABRICE", "FRANCK", "GABRIEL", "HUGO", "IBRAHIM", "ISMAEL", "IVAN",
        "JEAN-MARC", "JEROME", "JOAO", "JULIEN", "KARIM", "KEVIN", "LIAM", "LUCAS", "MAMADOU", "MARC", "MAXIME",
        "MEHDI", "MICHEL", "MOUSSA", "NABIL", "NICOLAS", "NOAH", "OLIVIER", "OMAR", "PASCAL", "PAUL", "PHILIPPE",
        "RACHID", "RAPHAEL", "SAMUEL", "SEBASTIEN", "STEPHANE", "THEO", "THIERRY", "TUAN", "VICTOR", "YANIS", "YOUSSEF",
    ),
    "2": (
        "AICHA", "ALICE", "AMINATA", "ANA", "ANNE-MARIE", "AURELIE", "AWA", "BINTA", "CAMILLE", "CATHERINE", "CELINE",
        "CHLOE", "CLAIRE", "DALILA", "ELENA", "ELODIE", "EMMA", "ESTHER", "FATOU", "FLORENCE", "HAWA", "INES",
        "ISABELLE", "JADE", "JEANNE", "JULIE", "KARINE", "KHADIJA", "LAURA", "LEA", "LINA", "LINH", "LOUISE", "MAEVA",
        "MANON", "MARIAM", "MARIE", "MARTINE", "MELANIE", "NADIA", "NATHALIE", "NORA", "PATRICIA", "ROSE", "SABRINA",
        "SAMIRA", "SANDRINE", "SARAH", "SOFIA", "SONIA", "SYLVIE", "VALERIE", "VIRGINIE", "YASMINE", "ZOE",
    ),
}  # fmt: skip
COMMUNES_NAISSANCE: Final = (
    "BOURG-ENCORDE", "COL-DU-RELAIS", "HAUTE-ESCALE", "LA-LONGE", "PONT-IMAGINAIRE", "RIVE-INVENTEE", "SAINT-PITON",
    "TROIS-MOUSQUETONS", "VALFICTIF", "VILLE-EXEMPLE",
)  # fmt: skip
VOIES: Final = (
    ("RUE", "DE LA CORDEE"), ("RUE", "DU PREMIER RELAIS"), ("RUE", "DES MOUSQUETONS"), ("RUE", "DU PITON"),
    ("AV", "DE LA LONGE"), ("AV", "DES GRANDES VOIES"), ("BD", "DU HAUT COL"), ("ALL", "DES BAUDRIERS"),
    ("IMP", "DU SURPLOMB"), ("PL", "DU BIVOUAC"), ("SQ", "DE L'ARETE"), ("CHE", "DE LA MORAINE"),
    ("RUE", "DU RAPPEL"), ("RUE", "DE LA VIRE"), ("QU", "DES CRAMPONS"), ("RES", "LES CAIRNS"),
)  # fmt: skip
_LETTRES: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"


def nom(alea: Random) -> str:
    return alea.choice(NOMS)


def prenom(alea: Random, sexe: str) -> str:
    return alea.choice(PRENOMS[sexe])


def est_invente(nom_de_famille: str) -> bool:
    """Is this one of our surnames?

    >>> est_invente("TIREVENT"), est_invente("MARTIN")
    (True, False)
    """
    return nom_de_famille in _ENSEMBLE_NOMS


_ENSEMBLE_NOMS: Final = frozenset(NOMS)


def nir(sexe: str, naissance: date, ordre: int) -> str:
    """A 13-character NIR outside every attributed range, unique for each ``ordre`` below 1,100,000.

    The place is 99 0xx (no such country) for the first 100,000, then 00 xxx (no such département). Beyond, the month is
    one of those kept for unknown births: unique up to 6,600,000, no longer equal to the month of birth.

    >>> nir("2", date(1988, 6, 21), 23456), nir("2", date(1988, 6, 21), 123456)
    ('2880699023456', '2880600023456')
    >>> nir("2", date(1988, 6, 21), 1_123_456)
    '2883699023456'
    """
    tour, rang = divmod(ordre, _PAR_MOIS)
    lieu = f"99{rang:06d}" if rang < _AU_PAYS_ZERO else f"00{rang - _AU_PAYS_ZERO:06d}"
    mois = naissance.month + _MOIS_FICTIFS[tour % len(_MOIS_FICTIFS)]
    return f"{sexe}{naissance:%y}{mois:02d}{lieu}"


_AU_PAYS_ZERO: Final = 100_000
_PAR_MOIS: Final = 1_100_000
_MOIS_FICTIFS: Final = (0, 30, 50, 62, 74, 86)


def est_nir_invente(nir13: str) -> bool:
    """Is this NIR in the ranges used here?

    >>> est_nir_invente("2880699023456"), est_nir_invente("2880600023456"), est_nir_invente("2820251108030")
    (True, True, False)
    """
    return nir13[5:8] == "990" or nir13[5:7] == "00"


def identifiant_operateur_emploi(ordre: int) -> str:
    """Eight characters, seven digits and a letter, in 99xxxxx: unique for 2,300,000 people.

    >>> identifiant_operateur_emploi(42)
    '9900042W'
    """
    return f"99{ordre % 100_000:05d}{_LETTRES[ordre % len(_LETTRES)]}"


def courriel(prenom_usuel: str, nom_de_famille: str, ordre: int) -> str:
    """An address that cannot exist.

    >>> courriel("ANNE-MARIE", "TIREVENT", 7)
    'anne-marie.tirevent.7@example.org'
    """
    plat = unicodedata.normalize("NFKD", f"{prenom_usuel}.{nom_de_famille}").encode("ascii", "ignore").decode()
    return f"{plat.lower().replace(' ', '-').replace(chr(39), '')}.{ordre}@example.org"


def telephone(ordre: int) -> str:
    """A mobile number reserved for fiction; 10,000 of them, then they repeat.

    >>> telephone(12345)
    '0639982345'
    """
    return f"063998{ordre % 10_000:04d}"
