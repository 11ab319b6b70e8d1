"""Rights to look at with a person (prime d'activité, complémentaire santé, aide au logement…): ``autres_droits.yaml``.

Seed 002 « gagnant-gagnant… juste droit », REQ-42: rights not used are shown before any step of a procedure. The list
asks questions and says where to go; it never says that a right exists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from cordee.reglementation.chargement import Fiche, ReglesInvalides, exiger, lire_yaml
from cordee.reglementation.enums import Confiance
from cordee.socle.enums import EnumLibelle

FICHIER = "autres_droits.yaml"
OBLIGATOIRES = ("id", "libelle", "phrase", "question", "demarche", "organisme", "reference", "confiance", "pour")
PERMIS = ("estimee",)


class PublicDroit(EnumLibelle):
    """Who is asked first about a right."""

    TOUS = "tous", "Tout le monde"
    EN_EMPLOI = "en_emploi", "Un adulte du foyer travaille"
    ENCEINTE = "enceinte", "Grossesse en cours"
    PARENT_ISOLE = "parent_isole", "Une seule personne élève un enfant"
    JEUNE_ENFANT = "jeune_enfant", "Un enfant de moins de six ans"
    DEUX_ENFANTS = "deux_enfants", "Deux enfants ou plus"
    TROIS_ENFANTS = "trois_enfants", "Trois enfants ou plus"
    ENFANT_SCOLARISE = "enfant_scolarise", "Un enfant de six à dix-huit ans"
    LOCATAIRE = "locataire", "Un loyer est payé, ou le logement n'est pas connu"
    PROCHE_RETRAITE = "proche_retraite", "Un adulte de soixante ans ou plus"


class SuiteDroit(EnumLibelle):
    """What was found of a right with the person, never without her."""

    DEJA = "deja", "Déjà perçu"
    A_DEMANDER = "a_demander", "À demander", "La personne va faire la démarche."
    AIDE = "aide", "Démarche accompagnée", "Un rendez-vous ou une aide lui est proposé."
    NON_CONCERNEE = "non_concernee", "Ne la concerne pas"
    NE_SOUHAITE_PAS = "ne_souhaite_pas", "Ne souhaite pas en parler"


@dataclass(frozen=True, slots=True, kw_only=True)
class AutreDroit:
    """One right: what it brings, what to ask, where to go. ``estimee``: the simulator gives a figure for it."""

    id: str
    libelle: str
    phrase: str
    question: str
    demarche: str
    organisme: str
    reference: str
    confiance: Confiance
    pour: frozenset[PublicDroit]
    estimee: bool = False


def autres_droits() -> tuple[AutreDroit, ...]:
    """Every right, in the order of the file.

    >>> autres_droits()[0].libelle, autres_droits()[0].estimee
    ("Prime d'activité", True)
    """
    return tuple(_registre().values())


def autre_droit(id: str) -> AutreDroit:
    """The right of that name.

    >>> autre_droit("soutien_familial").organisme
    'CAF ou MSA'

    Raises:
        KeyError: no right of that name.
    """
    return _registre()[id]


def droits_a_examiner(publics: Iterable[PublicDroit] = ()) -> tuple[AutreDroit, ...]:
    """Rights, those that concern such a household first; nothing is left out, since files do not know everything.

    >>> [d.id for d in droits_a_examiner([PublicDroit.PARENT_ISOLE])[:3]]
    ['rsa_majore', 'complementaire_sante', 'soutien_familial']
    """
    concernes = {PublicDroit.TOUS, *publics}
    return tuple(sorted(autres_droits(), key=lambda droit: not (droit.pour & concernes)))


def charger(fiches: Iterable[Fiche]) -> dict[str, AutreDroit]:
    """Checked rights by name.

    Raises:
        ReglesInvalides: missing or unknown key or public, name used twice.
    """
    registre: dict[str, AutreDroit] = {}
    for fiche in fiches:
        exiger(fiche, obligatoires=OBLIGATOIRES, permis=PERMIS)
        if fiche["id"] in registre:
            raise ReglesInvalides(f"{fiche['id']} : nom déjà pris.")
        try:
            publics = frozenset(PublicDroit(code) for code in fiche["pour"])
            confiance = Confiance(fiche["confiance"])
        except ValueError as erreur:
            raise ReglesInvalides(f"{fiche['id']} : {erreur}") from erreur
        registre[fiche["id"]] = AutreDroit(**{**fiche, "pour": publics, "confiance": confiance})
    return registre


@cache
def _registre() -> dict[str, AutreDroit]:
    return charger(lire_yaml(FICHIER))
