"""What steering asks (K01–K25), and which indicators answer: what no data feeds yet is said, never faked.

An indicator names the questions it answers in its header (``repond``). Those of rooms that are not built yet (offer,
employers, money, clauses, FSE+, satisfaction) have none, and say what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from cordee.pilotage.entetes import Definition, definitions


@dataclass(frozen=True, slots=True)
class Attendu:
    """One question. ``manque``: what would be needed to answer it, or to answer it whole."""

    code: str
    texte: str
    manque: str = ""

    @property
    def indicateurs(self) -> tuple[Definition, ...]:
        """Those that answer it."""
        return _par_question().get(self.code, ())


ATTENDUS: Final = (
    Attendu("K01", "Part des personnes accompagnées activement"),
    Attendu("K02", "Délais du droit à la convocation, à l'entretien, à l'orientation, au référent, au contrat"),
    Attendu("K03", "Contrats sous trente jours du droit, et dans le mois de l'orientation"),
    Attendu("K04", "Taux de contrat, selon ses dénominateurs"),
    Attendu("K05", "Parcours décidés, comparés à l'année précédente"),
    Attendu(
        "K06", "Absences selon le canal, premier rendez-vous sous quinze jours",
        "Le canal des annonces faites hors de Cordée.",
    ),
    Attendu("K07", "Personnes par référent et saturation", "La capacité déclarée par les organismes extérieurs."),
    Attendu("K08", "Heures prévues, faites, dites, justifiées ; dispenses et minorations selon leur raison"),
    Attendu("K09", "Difficultés ouvertes et levées, temps pour les lever"),
    Attendu("K10", "Prescriptions, motifs de refus, remplissage des actions", "L'offre d'insertion et ses places."),
    Attendu(
        "K11", "Accès à l'emploi, sous trois définitions distinctes",
        "Les déclarations d'embauche (DPAE) et sociales (DSN) ; les actions, pour lire ces parts par levier.",
    ),
    Attendu("K12", "Sorties selon leur cause, maintien, retours", "La suite, pour celles qui quittent le département."),
    Attendu("K13", "Mesures proposées, décidées, levées, contestées, annulées ; égalité de traitement"),
    Attendu("K14", "Personnes jamais accompagnées"),
    Attendu("K15", "Représentation des publics", "Les participations aux actions financées."),
    Attendu("K16", "Heures de clauses sociales au bénéfice du RSA", "Les marchés, leurs lots et leurs heures."),
    Attendu("K17", "Objectifs des opérateurs atteints", "Les conventions et leurs objectifs chiffrés."),
    Attendu("K18", "Coût par participant et par emploi", "Les budgets, les dépenses et les actions."),
    Attendu("K19", "Indicateurs du FSE+", "Les opérations, leurs participants et leurs questionnaires."),
    Attendu("K20", "Satisfaction et parole des personnes", "Les enquêtes et leurs réponses."),
    Attendu("K21", "Remplissage des dossiers et âge des informations, par source"),
    Attendu("K22", "Conversion des opérations emploi", "Les employeurs, les offres et les opérations."),
    Attendu(
        "K23", "Équité pour les habitants des quartiers prioritaires",
        "Le quartier de chaque adresse : aucune adresse n'est située, aucun contour de quartier n'est chargé.",
    ),
    Attendu("K24", "Droits perdus et autres droits examinés", "Ce que chaque droit retrouvé a rapporté."),
    Attendu("K25", "Part des contrôles tirés au sort"),
)  # fmt: skip


@cache
def _par_question() -> dict[str, tuple[Definition, ...]]:
    par_code: dict[str, list[Definition]] = {}
    for definition in definitions().values():
        for code in definition.repond:
            par_code.setdefault(code, []).append(definition)
    return {code: tuple(trouvees) for code, trouvees in par_code.items()}


def exigences() -> dict[str, tuple[Definition, ...]]:
    """Requirements of the programme that indicators answer (REQ-53 …), in order."""
    return {c: d for c, d in sorted(_par_question().items()) if c.startswith("REQ-")}
