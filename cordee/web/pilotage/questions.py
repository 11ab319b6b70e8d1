"""The first page of who steers: its questions, in the order they are asked (screen 8).

Jobs and money are answered with the little that is known today; the page says what is missing, nothing is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the figures that answer it: the first known for the territory in large, the others beside.

    ``lieux``: and where. ``rebours``: with the countdown of the law. ``note``: what must be known to read them.
    """

    cle: str
    texte: str
    icone: str
    codes: tuple[str, ...]
    lieux: bool = False
    rebours: bool = False
    note: str = ""


QUESTIONS: Final = (
    Question(
        "attente", "Combien attendent, et où ?", "attente",
        ("en_attente_orientation", "attente_orientation", "taux_orientation", "etapes_legales_en_retard",
         "jamais_accompagnees"),
        lieux=True,
    ),
    Question(
        "delais", "Au bout de combien de temps sont-elles orientées ?", "heure",
        ("delai_orientation", "orientation_delai_legal", "delai_orientation_p90", "delai_caisse", "delai_service",
         "delai_absences"),
        note="Mesuré sur les personnes entrées il y a trois à neuf mois. Le délai moyen se partage entre la caisse "
        "(transmission), le service et les absences aux rendez-vous.",
    ),
    Question(
        "contrats", "Qui a un contrat ?", "signature",
        ("taux_contrat", "taux_contrat_departement", "taux_contrat_flux", "taux_contrat_stock", "contrats_en_cours",
         "operateur_information_recue"),
        rebours=True,
        note="Une personne dont l'organisme extérieur n'a rien dit compte à part, ni avec ni sans contrat.",
    ),
    Question(
        "mouvements", "Qui est entré, qui est sorti ?", "echange",
        ("personnes_sdd", "entrants", "retours", "sorties", "foyers_allocataires"),
        note="Une sortie n'est pas un succès : sa raison peut être un déménagement, une sanction, une retraite.",
    ),
    Question(
        "charge", "Que portent les référents ?", "referent",
        ("charge_referent", "referents_nommes", "referents_surcharges", "accompagnement_intensif",
         "intensif_contact_30_jours", "absences_rendez_vous"),
    ),
    Question(
        "emploi", "Que sait-on déjà de l'emploi et de la dépense ?", "emploi",
        ("sorties_emploi", "maintien_six_mois", "en_emploi_soumises", "allocation_du_mois"),
        note="Un minimum : seules les sorties dites par la caisse ou par une équipe y sont. L'accès à l'emploi, son "
        "maintien et le coût des actions viendront avec les outils qui les mesureront ; rien n'est estimé ici.",
    ),
)  # fmt: skip
STOCK: Final = "stock_sans_contrat_engagement"
PAR_JOUR: Final = "contrats_par_jour_ouvre"
SIGNES: Final = "contrats_signes_mois"


def codes() -> list[str]:
    """Every indicator of the page, once."""
    return list(dict.fromkeys([*(code for q in QUESTIONS for code in q.codes), STOCK, PAR_JOUR, SIGNES]))
