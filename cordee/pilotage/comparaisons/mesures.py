"""What is followed quarter by quarter, structure by structure: delays (REQ-27) and practices (REQ-28). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cordee.pilotage.comparaisons.issues import lire

ATTEND: Final = 9999
"""What somebody who still waits counts for: more than any delay."""
MIN_PAR_TRIMESTRE: Final = 10
"""Fewer people in a quarter: no value, neither shown nor used."""
TRIMESTRES: Final = 12


@dataclass(frozen=True, slots=True)
class MesureSuivie:
    """One series. ``requete``: its SQL in ``sql/derive``; ``champ``: the column of its lines; ``agregat``: median, p90,
    mean. ``mur``: days after the end of a quarter before it may be read (a delay needs time to be over).
    """

    code: str
    libelle: str
    definition: str
    famille: str
    requete: str
    champ: str
    agregat: str
    unite: str
    mur: int = 0
    secteur: bool = False

    @property
    def sql(self) -> str:
        return lire(f"derive/{self.requete}")


_D, _P = "Délais", "Pratiques"
_ATTENTE = (
    "Celles qui attendent encore comptent pour un délai sans fin : une médiane qui les oublierait serait flatteuse."
)
MESURES: Final[dict[str, MesureSuivie]] = {
    m.code: m
    for m in (
        MesureSuivie(
            "convocation", "Délai de convocation (médiane)",
            "Jours entre la réception de l'information et la première convocation, par trimestre de réception, "
            "selon la "
            f"structure du secteur. {_ATTENTE}",
            _D, "delais_d_arrivee", "convocation", "mediane", "jours", 45, True,
        ),
        MesureSuivie(
            "convocation_p90", "Délai de convocation (neuf sur dix)",
            "Le délai que neuf personnes sur dix ne dépassent pas, entre la réception et la première convocation.",
            _D, "delais_d_arrivee", "convocation", "p90", "jours", 45, True,
        ),
        MesureSuivie(
            "entretien", "Délai du premier rendez-vous (médiane)",
            f"Jours entre la réception de l'information et le premier entretien tenu, selon la structure du "
            f"secteur. {_ATTENTE}",
            _D, "delais_d_arrivee", "entretien", "mediane", "jours", 60, True,
        ),
        MesureSuivie(
            "orientation", "Délai d'orientation (médiane)",
            f"Jours entre la réception de l'information et l'orientation, selon la structure du secteur. {_ATTENTE}",
            _D, "delais_d_arrivee", "orientation", "mediane", "jours", 60, True,
        ),
        MesureSuivie(
            "contrat", "Délai du contrat (médiane)",
            "Jours entre la notification de l'orientation et le premier contrat, selon la structure référente. "
            "Organisme "
            "extérieur qui n'a rien dit, orientation close sans contrat : hors du compte.",
            _D, "delai_contrat", "contrat", "mediane", "jours", 60,
        ),
        MesureSuivie(
            "frequence", "Échanges par personne et par trimestre",
            "Échanges directs d'accompagnement (rendez-vous tenus, contacts aboutis, signatures) par personne suivie.",
            _P, "echanges", "frequence", "moyenne", "échanges",
        ),
        MesureSuivie(
            "presence", "Rendez-vous honorés",
            "Part des rendez-vous où la personne est venue, parmi ceux où elle est venue ou absente sans excuse.",
            _P, "rendez_vous", "presence", "moyenne", "%",
        ),
        MesureSuivie(
            "action", "Contrats avec au moins une action",
            "Part des contrats entrés en vigueur qui portent une action dont la nature est connue.",
            _P, "contrats", "action", "moyenne", "%",
        ),
        MesureSuivie(
            "natures", "Natures d'actions par contrat",
            "Nombre moyen de natures d'actions différentes (nomenclature de la DREES) par contrat entré en vigueur.",
            _P, "contrats", "natures", "moyenne", "natures",
        ),
        MesureSuivie(
            "formation", "Contrats avec une action de formation",
            "Part des contrats entrés en vigueur qui portent une activité, un stage ou une formation.",
            _P, "contrats", "formation", "moyenne", "%",
        ),
        MesureSuivie(
            "emploi", "Contrats avec une action vers l'emploi",
            "Part des contrats entrés en vigueur qui portent une recherche d'emploi, une insertion par l'activité, une "
            "création d'entreprise ou un emploi.",
            _P, "contrats", "emploi", "moyenne", "%",
        ),
        MesureSuivie(
            "difficultes", "Contrats avec une difficulté à lever",
            "Part des contrats entrés en vigueur qui portent une action sur la santé, le logement, la mobilité, "
            "la famille, les savoirs, les droits ou une autre difficulté.",
            _P, "contrats", "difficultes", "moyenne", "%",
        ),
        MesureSuivie(
            "heures", "Heures convenues par semaine",
            "Heures d'activité par semaine, en moyenne, des contrats entrés en vigueur qui en disent.",
            _P, "heures", "heures", "moyenne", "heures",
        ),
        MesureSuivie(
            "reorientation", "Réorientations",
            "Part des personnes suivies dans le trimestre qu'une autre structure a reçues à la suite.",
            _P, "echanges", "reorientation", "moyenne", "%",
        ),
    )
}  # fmt: skip
