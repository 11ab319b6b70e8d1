"""Lines and columns that several tables share: each class of an axis is printed, « non connu » like the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from cordee.metier.contrats.regles.familles import familles

TOTAL: Final = "total"
CUMUL: Final = "cumul"
NC: Final = "nc"
MOIS: Final = {
    "01": "Janvier", "02": "Février", "03": "Mars", "04": "Avril", "05": "Mai", "06": "Juin", "07": "Juillet",
    "08": "Août", "09": "Septembre", "10": "Octobre", "11": "Novembre", "12": "Décembre", CUMUL: "Année",
}  # fmt: skip
"""The columns of a monthly table: those of any year, none written for one."""
_SEULS: Final = (
    ("seul_sans", "seul·e sans enfant"), ("seul_majore", "seul·e avec enfant, RSA majoré"),
    ("seul_non_majore", "seul·e avec enfant, RSA non majoré"), ("couple_sans", "en couple sans enfant"),
    ("couple_avec", "en couple avec enfant"),
)  # fmt: skip
AXES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "age": (
        "Âge au 31 décembre",
        {"0_24": "Moins de 25 ans", "25_29": "25 à 29 ans", "30_39": "30 à 39 ans", "40_49": "40 à 49 ans",
         "50_59": "50 à 59 ans", "60_plus": "60 ans et plus", NC: "Âge non connu"},
    ),
    "sexe": ("Sexe", {"femme": "Femmes", "homme": "Hommes", NC: "Sexe non connu"}),
    "famille": (
        "Situation familiale",
        {"seul_sans": "Personne seule sans enfant", "seul_avec": "Personne seule avec enfant",
         "couple_sans": "Couple sans enfant", "couple_avec": "Couple avec enfant", NC: "Situation non connue"},
    ),
    "famille_ministere": (
        "Situation familiale",
        {**{f"{sexe}_{code}": f"{nom} {libelle.replace('·e', accord)}"
            for sexe, nom, accord in (("femme", "Femme", "e"), ("homme", "Homme", ""))
            for code, libelle in _SEULS},
         NC: "Situation non connue"},
    ),
    "anciennete": (
        "Ancienneté dans le RSA",
        {"moins_6_mois": "Moins de 6 mois", "6_12_mois": "6 mois à moins de 1 an", "1_2_ans": "1 à moins de 2 ans",
         "2_5_ans": "2 à moins de 5 ans", "5_ans_plus": "5 ans et plus", NC: "Ancienneté non connue"},
    ),
    "formation": (
        "Niveau de formation",
        {"vi_vbis": "Niveaux VI et V bis (sans diplôme)", "v": "Niveau V (CAP, BEP)", "iv": "Niveau IV (bac)",
         "iii_i": "Niveaux III à I (au-delà du bac)", NC: "Niveau non connu"},
    ),
}  # fmt: skip
"""The axes of the profile: code → (heading, code of a class → label). Children: « à charge au sens du RSA »."""


@cache
def natures(liste: str) -> Mapping[str, str]:
    """The natures of actions of the DREES (``drees``) or of the ministry (``ministere``): code → label.

    >>> len(natures("drees")), natures("ministere")["03"]
    (15, "Insertion par l'activité économique")
    """
    return (familles().drees if liste == "drees" else familles().ministere).natures
