"""Pure rules: what is supposed of a household, its months, what is shown of a result."""

from cordee.metier.prestations.regles.exact import rsa_exact
from cordee.metier.prestations.regles.hypotheses import (
    Adulte,
    Emploi,
    Hypotheses,
    HypothesesImpossibles,
    Revenu,
    publics_du_foyer,
)
from cordee.metier.prestations.regles.resultats import MoisEstime, MoisMesure, Resultat, apres_mesure, perte

__all__ = [
    "Adulte", "Emploi", "Hypotheses", "HypothesesImpossibles", "MoisEstime", "MoisMesure", "Resultat", "Revenu",
    "apres_mesure", "perte", "publics_du_foyer", "rsa_exact",
]  # fmt: skip
