"""Every rule in force, ready for the page « règles en vigueur »."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cordee.reglementation.delais import delais_en_vigueur, expliquer
from cordee.reglementation.enums import Confiance, Nature, TypeValeur
from cordee.reglementation.parametres import Parametre, parametres_en_vigueur
from cordee.socle.enums import EnumLibelle


class FamilleRegle(EnumLibelle):
    """What kind of rule a line of the page shows."""

    DELAI = "delai", "Délai"
    PARAMETRE = "parametre", "Paramètre"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegleAffichee:
    """One line of the page, in the words of its reader."""

    id: str
    famille: FamilleRegle
    libelle: str
    valeur: str
    nature: Nature
    reference: str
    confiance: Confiance
    depuis: date
    jusqu_a: date | None
    perimetre: str = ""
    si_manque: str = ""


def toutes_les_regles(au: date) -> list[RegleAffichee]:
    """Deadlines then parameters in force on a day, each in the order of its file.

    >>> regle = toutes_les_regles(date(2026, 11, 21))[0]
    >>> regle.libelle, regle.nature.libelle, regle.reference
    ("Décider l'orientation", 'délai légal', 'CASF D262-65-2')
    """
    delais = [
        RegleAffichee(
            id=d.id,
            famille=FamilleRegle.DELAI,
            libelle=d.libelle,
            valeur=expliquer(d, avec_reference=False),
            nature=d.nature,
            reference=d.reference,
            confiance=d.confiance,
            depuis=d.depuis,
            jusqu_a=d.jusqu_a,
            perimetre=d.perimetre,
            si_manque=d.si_manque,
        )
        for d in delais_en_vigueur(au)
    ]
    parametres = [
        RegleAffichee(
            id=p.id,
            famille=FamilleRegle.PARAMETRE,
            libelle=p.libelle,
            valeur=valeur_en_mots(p),
            nature=p.nature,
            reference=p.reference,
            confiance=p.confiance,
            depuis=p.depuis,
            jusqu_a=p.jusqu_a,
        )
        for p in parametres_en_vigueur(au)
    ]
    return delais + parametres


def valeur_en_mots(parametre: Parametre) -> str:
    """The value of a parameter as French is written.

    >>> from cordee.reglementation.parametres import parametre
    >>> noms = ("rsa_montant_forfaitaire", "heures_hebdo_min", "mensuel_baisse_retenue", "aller_vers_max")
    >>> [valeur_en_mots(parametre(nom, au=date(2026, 11, 21))) for nom in noms]
    ['651,69 €', '15 heures par semaine', '5 %', '3']
    """
    valeur = parametre.valeur
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, tuple):
        return ", ".join(code.replace("_", " ") for code in valeur)
    if isinstance(valeur, Decimal):
        suffixe = " €" if parametre.type is TypeValeur.EUROS else " %"
        nombre = valeur if parametre.type is TypeValeur.EUROS else valeur * 100
        texte = f"{nombre:f}"
        if parametre.type is TypeValeur.TAUX and "." in texte:
            texte = texte.rstrip("0").rstrip(".")
        return texte.replace(".", ",") + suffixe
    return str(valeur) if parametre.type is TypeValeur.NOMBRE else f"{valeur} {parametre.type.libelle}"
