"""Contracts in detail, for the official tables: ranks, terms, natures of actions, reorientations and their motives.

An action is known here by the nature that the DREES and the ministry count it under (``contrats.regles.familles``),
never by its own code: « soigner » says less of somebody than the care that was agreed upon (V3).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cordee.metier.contrats.regles.familles import Correspondance, familles
from cordee.pilotage.lac.tables.base import FIN, PARIS, Table, colonnes

_DE_L_ACTIVITE: Final[Mapping[str, tuple[str, str]]] = {
    "mise_en_situation": ("formation", "01"),
    "formation": ("formation", "01"),
    "recherche": ("recherche", "02"),
    "activite": ("creation", "04"),
}
"""Nature (DREES, ministry) of a commitment without a code, by its family of R5411-15, where the family has but one.
« Accompagnement » and « accès aux droits » cover several natures: they stay unknown."""
_DU_CONTRAT: Final = "(SELECT c.{0} FROM contrats_contrat c WHERE c.id = t.contrat_id)"
_EN_VIGUEUR: Final = "EXISTS (SELECT FROM contrats_contrat c WHERE c.id = t.contrat_id AND c.debut IS NOT NULL)"


def _nature(rang: int, defaut: str = "NULL") -> str:
    """The PostgreSQL expression of a nature: the action's own, else its objective's, else its theme's.

    Args:
        rang: 0 for the DREES, 1 for the ministry.
        defaut: when there is no code.
    """
    f = familles()
    precis = {**f.objectifs, **f.actions}
    exacts = " ".join(f"WHEN '{code}' THEN '{_de(c, rang)}'" for code, c in sorted(precis.items()))
    themes = " ".join(f"WHEN '{theme}' THEN '{_de(c, rang)}'" for theme, c in sorted(f.themes.items()))
    du_theme = f"CASE split_part(t.code, '.', 1) {themes} END"
    return f"CASE WHEN t.code <> '' THEN CASE t.code {exacts} ELSE {du_theme} END ELSE {defaut} END"


def _de(correspondance: Correspondance, rang: int) -> str:
    return (correspondance.drees, correspondance.ministere)[rang]


def _de_l_activite(rang: int) -> str:
    cas = " ".join(f"WHEN '{famille}' THEN '{natures[rang]}'" for famille, natures in _DE_L_ACTIVITE.items())
    return f"CASE t.famille {cas} END"


def _natures(nom: str, source: str, description: str, *, activite: bool) -> Table:
    drees = _nature(0, _de_l_activite(0) if activite else "NULL")
    ministere = _nature(1, _de_l_activite(1) if activite else "NULL")
    ou = "(t.code <> '' OR t.famille <> '')" if activite else "t.code <> ''"
    return Table(
        nom, source,
        colonnes(f"""
            contrat_id BIGINT
            drees VARCHAR = {drees}
            ministere VARCHAR = {ministere}
            debut DATE = {_DU_CONTRAT.format("debut")}
        """),
        description, debut="debut", ou=f"{ou} AND {_EN_VIGUEUR}",
    )  # fmt: skip


TABLES: Final[tuple[Table, ...]] = (
    Table(
        "contrats_details", "contrats_contrat",
        colonnes(f"""
            contrat_id BIGINT = t.id
            personne_id BIGINT
            genre VARCHAR
            structure_id BIGINT
            orientation_id BIGINT
            precedent_id BIGINT
            signe_le DATE = coalesce(greatest(t.signe_personne_le, t.signe_referent_le), t.debut)
            actualisation_le DATE = t.prochaine_actualisation
            debut DATE
            fin DATE = {FIN}
        """),
        "Les contrats entrés en vigueur, un par un : signature, orientation, contrat qu'il actualise, actualisation "
        "convenue.",
        personne="personne_id", debut="debut", fin="fin", ou="t.debut IS NOT NULL",
    ),
    _natures("objectifs_contrats", "contrats_objectif",
             "La nature des objectifs d'un contrat, selon la DREES et selon le ministère.", activite=False),
    _natures("actions_contrats", "contrats_engagement",
             "La nature des actions d'un contrat, selon la DREES et selon le ministère ; vide : non codée.",
             activite=True),
    Table(
        "reorientations", "orientation_demandereorientation",
        colonnes(f"""
            personne_id BIGINT
            demandeur VARCHAR
            motif VARCHAR
            issue VARCHAR
            orientation_id BIGINT
            demandee_le DATE = (t.demandee_le {PARIS})::date
            decidee_le DATE = (t.decidee_le {PARIS})::date
        """),
        "Les demandes de réorientation, leur motif codé, leur issue, l'orientation qui les suit.",
        personne="personne_id", debut="demandee_le",
    ),
    Table(
        "revues_conjointes", "suivi_revueconjointe",
        colonnes("""
            personne_id BIGINT
            resultat VARCHAR
            jour DATE = t.tenue_le
        """),
        "Les diagnostics conjoints du parcours social (CASF L262-31) et leur résultat.",
        personne="personne_id", debut="jour", ou="t.annule_le IS NULL",
    ),
)  # fmt: skip
