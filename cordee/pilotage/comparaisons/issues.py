"""What structures are compared on: one SQL file each (``sql/issues``), its words, how it reads. No statistics here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cordee.pilotage.comparaisons.enums import NatureIssue
from cordee.pilotage.enums import Sens

DOSSIER: Final = Path(__file__).resolve().parent / "sql"
SEUIL_STRUCTURE: Final = 20
"""Fewer people than that: the structure is not shown. Its people still count in what is expected."""
PART_CONNUE: Final = 0.7
"""Under that share of people of whom it is known, nothing may be said of a structure."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One outcome. ``secteur``: by the structure of the sector she lives in, not by the one she was given to."""

    code: str
    libelle: str
    definition: str
    inconnues: str
    nature: NatureIssue
    sens: Sens
    secteur: bool = False

    @property
    def unite(self) -> str:
        return "jours" if self.nature is NatureIssue.JOURS else "points"

    @property
    def sql(self) -> str:
        return lire(f"issues/{self.code}")


_N, _S = NatureIssue, Sens
ISSUES: Final[dict[str, Issue]] = {
    i.code: i
    for i in (
        Issue(
            "contrat_un_mois", "Contrat dans le mois",
            "Part des personnes dont le contrat est signé dans les 31 jours qui suivent la notification de "
            "l'orientation "
            "vers la structure (orientations notifiées il y a un à douze mois).",
            "orientation close ou droit fini avant le terme sans contrat, organisme extérieur qui n'a rien dit",
            _N.TAUX, _S.HAUSSE,
        ),
        Issue(
            "premier_contact", "Premier échange dans le mois",
            "Part des personnes qui ont eu un échange direct avec leur structure dans les 31 jours qui suivent "
            "l'orientation (notifiée il y a un à douze mois). Un message laissé n'en est pas un.",
            "orientation close ou droit fini avant le terme sans échange, organisme extérieur qui n'a rien dit",
            _N.TAUX, _S.HAUSSE,
        ),
        Issue(
            "presence", "Venue au rendez-vous",
            "Part des personnes venues au premier rendez-vous que la structure leur a donné dans les douze derniers "
            "mois.",
            "absence excusée, rendez-vous passé dont la suite n'est pas notée", _N.TAUX, _S.HAUSSE,
        ),
        Issue(
            "contact_trois_mois", "Accompagnée activement",
            "Part des personnes soumises, suivies depuis plus de trois mois, avec qui un échange direct a eu lieu "
            "dans les "
            "trois derniers mois.",
            "organisme extérieur qui n'a rien dit", _N.TAUX, _S.HAUSSE,
        ),
        Issue(
            "activite_six_mois", "En activité à six mois",
            "Part des personnes en emploi ou en activité indépendante six mois après l'orientation (notifiée il y a "
            "six à "
            "dix-huit mois).",
            "plus soumise ce jour-là sans que l'on sache pourquoi", _N.TAUX, _S.HAUSSE,
        ),
        Issue(
            "heures_faites", "Heures faites",
            "Part moyenne des heures convenues qui ont été faites, sur les semaines renseignées des trente derniers "
            "jours.",
            "aucune semaine renseignée", _N.POINTS, _S.HAUSSE,
        ),
        Issue(
            "delai_convocation", "Délai de convocation",
            "Nombre moyen de jours entre la réception de l'information et la première convocation, compté jusqu'à 60 "
            "(informations reçues il y a trois à douze mois), par structure du secteur.",
            "sortie avant d'être convoquée", _N.JOURS, _S.BAISSE, True,
        ),
        Issue(
            "delai_orientation", "Délai d'orientation",
            "Nombre moyen de jours entre la réception de l'information et l'orientation, compté jusqu'à 90 "
            "(informations "
            "reçues il y a trois à douze mois), par structure du secteur.",
            "sortie avant d'être orientée", _N.JOURS, _S.BAISSE, True,
        ),
    )
}  # fmt: skip


@cache
def lire(nom: str) -> str:
    """One of our SQL files: « issues/presence », « publics »."""
    return (DOSSIER / f"{nom}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
