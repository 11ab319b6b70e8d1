"""The questions of who steers, in the order they are asked (screen 8), and the figures that answer each.

A figure that this installation does not compute is left out; what is missing is said, nothing is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cordee.pilotage.entetes import definitions
from cordee.socle.enums import EnumLibelle


class Forme(EnumLibelle):
    """How the answer is drawn."""

    MESURES = "mesures", "Un chiffre en grand, les autres à côté"
    PARTS = "parts", "Avec la durée partagée entre ceux qui la font"
    ECHEANCE = "echeance", "Avec l'échéance de la loi"
    DENOMINATEURS = "denominateurs", "Chaque taux avec ceux sur qui il porte"
    ISSUES = "issues", "Des résultats distincts, jamais additionnés"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the figures that answer it: the first known for the territory in large, the others beside.

    ``lieux``: and where. ``note``: what must be known to read them. ``bref``: how it is called at the top of the page.
    """

    cle: str
    texte: str
    icone: str
    codes: tuple[str, ...]
    forme: Forme = Forme.MESURES
    lieux: bool = False
    note: str = ""
    bref: str = ""


STOCK: Final = "stock_sans_contrat_engagement"
PAR_JOUR: Final = "contrats_par_jour_ouvre"
SIGNES: Final = "contrats_signes_mois"
PARTS: Final = (
    ("delai_caisse", "La caisse", "Le temps que met la caisse à transmettre l'information."),
    ("delai_service", "Nos services", "De la réception de l'information à la décision, absences déduites."),
    ("delai_absences", "Les absences aux rendez-vous", "Le temps qu'ajoutent les rendez-vous manqués."),
)
"""Who makes the mean delay: the three add up to it."""
QUESTIONS: Final = (
    Question(
        "attente", "Combien attendent, et où ?", "attente",
        ("en_attente_orientation", "attente_orientation", "taux_orientation", "etapes_legales_en_retard",
         "jamais_accompagnees"),
        lieux=True, bref="attendent une orientation",
    ),
    Question(
        "delais", "Au bout de combien de temps, et à cause de qui ?", "heure",
        ("delai_orientation", "delai_orientation_moyen", "orientation_delai_legal", "delai_orientation_p90"),
        forme=Forme.PARTS, bref="du droit à l'orientation",
        note="Mesuré sur les personnes entrées il y a trois à neuf mois : plus récentes, celles qui attendent encore "
        "feraient croire à un délai court.",
    ),
    Question(
        "echeance", "L'échéance du 1er janvier 2027 sera-t-elle tenue ?", "echeance", (STOCK,), forme=Forme.ECHEANCE,
        bref="encore sans contrat d'engagement",
    ),
    Question(
        "contrats", "Qui a un contrat ?", "signature",
        ("taux_contrat", "taux_contrat_departement", "taux_contrat_operateur", "taux_contrat_drees",
         "taux_contrat_stock", "taux_contrat_flux", "contrat_30_jours_droit", "contrat_1_mois_orientation",
         "contrats_en_cours", SIGNES, "operateur_information_recue"),
        forme=Forme.DENOMINATEURS, bref="ont un contrat",
        note="Une personne dont l'organisme extérieur n'a rien dit compte à part, ni avec ni sans contrat.",
    ),
    Question(
        "emploi", "Qui a retrouvé un emploi, et l'a gardé ?", "emploi",
        ("acces_emploi_6_mois", "en_activite_6_mois", "emploi_accompagnement_global", "sorties_emploi",
         "maintien_six_mois", "retours_6_mois", "en_emploi_soumises"),
        forme=Forme.ISSUES, bref="ont eu un emploi dans les six mois de l'entrée",
        note="Avoir eu un emploi une fois, être en activité un jour donné, sortir d'un accompagnement vers un emploi : "
        "trois résultats, trois publics. Ils ne s'additionnent pas et ne se comparent pas. Les déclarations d'embauche "
        "ne sont pas reçues : ce sont des minimums.",
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
    Question("depense", "Combien cela coûte-t-il ?", "euro", ("allocation_du_mois",),
             note="Le coût des actions d'insertion n'est pas encore suivi ici : rien n'est estimé."),
)  # fmt: skip


def connus(codes: tuple[str, ...]) -> list[str]:
    """Those that this installation computes."""
    return [code for code in codes if code in definitions()]


def codes() -> list[str]:
    """Every indicator of the page, once."""
    tous = [*(code for q in QUESTIONS for code in q.codes), *(code for code, _, _ in PARTS), STOCK, PAR_JOUR, SIGNES]
    return connus(tuple(dict.fromkeys(tous)))


def principaux() -> list[str]:
    """The figure in large of each question: what an e-mail carries."""
    premiers = (next(iter(connus(q.codes)), "") for q in QUESTIONS)
    return [code for code in premiers if code]
