"""Small French grammar for the sentences that explain a rule."""

from __future__ import annotations

from datetime import date

from cordee.reglementation.enums import Unite

NOMBRES = {
    1: "un", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix",
    11: "onze", 12: "douze", 14: "quatorze", 15: "quinze", 18: "dix-huit", 20: "vingt", 24: "vingt-quatre",
    30: "trente", 60: "soixante", 90: "quatre-vingt-dix",
}  # fmt: skip
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def date_en_toutes_lettres(jour: date, *, annee: bool = True) -> str:
    """A date as French is written.

    >>> date_en_toutes_lettres(date(2027, 1, 1)), date_en_toutes_lettres(date(2027, 3, 31), annee=False)
    ('1er janvier 2027', '31 mars')
    """
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme} {MOIS[jour.month - 1]}" + (f" {jour.year}" if annee else "")


def duree_en_mots(n: int, unite: Unite) -> str:
    """A length of time in words, where there is a short word for its number.

    >>> duree_en_mots(1, Unite.MOIS), duree_en_mots(10, Unite.JOURS_OUVRES), duree_en_mots(45, Unite.JOURS)
    ('un mois', 'dix jours ouvrés', '45 jours')
    >>> duree_en_mots(1, Unite.JOURS_OUVRES)
    'un jour ouvré'
    """
    mots = (
        unite.libelle if n > 1 or unite is Unite.MOIS else unite.libelle.replace("jours", "jour").replace("rés", "ré")
    )
    return f"{NOMBRES.get(n, n)} {mots}"


def a_compter_de(depart: str) -> str:
    """« à compter de … », contracted before the article.

    >>> a_compter_de("le dernier contact"), a_compter_de("la demande"), a_compter_de("l'ouverture du droit")
    ('à compter du dernier contact', 'à compter de la demande', "à compter de l'ouverture du droit")
    """
    if depart.startswith("le "):
        return f"à compter du {depart[3:]}"
    if depart.startswith("les "):
        return f"à compter des {depart[4:]}"
    return f"à compter de {depart}"
