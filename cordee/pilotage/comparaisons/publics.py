"""What the expected figure takes into account, with its words; and what it leaves out, with why (ADR 34). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INCONNU: Final = "inconnu"


@dataclass(frozen=True, slots=True)
class Caractere:
    """One trait of people, as ``sql/publics.sql`` writes it. ``reference``: what the others are compared with."""

    nom: str
    libelle: str
    reference: str
    modalites: dict[str, str]


AGE: Final = Caractere("age", "Âge", "30_39", {
    "moins_25": "Moins de 25 ans", "25_29": "25 à 29 ans", "30_39": "30 à 39 ans", "40_49": "40 à 49 ans",
    "50_59": "50 à 59 ans", "60_plus": "60 ans et plus", INCONNU: "Non connu",
})  # fmt: skip
FAMILLE: Final = Caractere("famille", "Foyer", "seul_sans", {
    "seul_sans": "Seule, sans enfant", "seul_avec": "Seule, avec enfant", "couple_sans": "En couple, sans enfant",
    "couple_avec": "En couple, avec enfant", INCONNU: "Non connu",
})  # fmt: skip
ANCIENNETE: Final = Caractere("anciennete", "Ancienneté dans le RSA", "2_5_ans", {
    "moins_6_mois": "Moins de 6 mois", "6_12_mois": "6 à 12 mois", "1_2_ans": "1 à 2 ans", "2_5_ans": "2 à 5 ans",
    "5_ans_plus": "5 ans et plus", INCONNU: "Non connue",
})  # fmt: skip
FREINS: Final = Caractere("freins", "Difficultés établies par l'entretien", INCONNU, {
    "aucun": "Aucune qui pèse", "faible": "Au moins une, sans impact fort", "fort": "Au moins une à fort impact",
    INCONNU: "Pas d'entretien avant ce jour",
})  # fmt: skip
TRAVAIL: Final = Caractere("travail", "Travail récent", INCONNU, {
    "en_activite": "En activité", "deux_ans": "A travaillé depuis moins de deux ans",
    "plus_deux_ans": "A travaillé il y a plus de deux ans", "jamais": "N'a jamais travaillé", INCONNU: "Non connu",
})  # fmt: skip
NIVEAU: Final = Caractere("niveau", "Niveau de formation", INCONNU, {
    "superieur": "Au-dessus du bac", "bac": "Baccalauréat", "qualifiant": "CAP, BEP ou titre", "sans": "Sans diplôme",
    INCONNU: "Non connu",
})  # fmt: skip
VOIE: Final = Caractere("voie", "Parcours décidé", "socio_pro", {
    "emploi": "Professionnel", "socio_pro": "Socioprofessionnel", "social": "Social", "avant": "Avant l'orientation",
    INCONNU: "Non connu",
})  # fmt: skip
SEXE: Final = Caractere("sexe", "Sexe", "femme", {"femme": "Femmes", "homme": "Hommes", INCONNU: "Non connu"})
PERSONNES: Final = (AGE, FAMILLE, ANCIENNETE, FREINS, TRAVAIL, NIVEAU, VOIE)
"""Traits of a person, whose weight is measured inside structures. The quarter she came in goes with them."""
RARE: Final = 30
"""A trait shared by fewer people joins the reference."""
