"""The rights and duties as dated law (E17–E27): which regime, which intervals, whether a measure is lawful.

Pure Python over ``regimes.yaml``. It answers *what the law allows*; it holds no score and proposes no share: a human
decides, with motives. The command line, the simulator page and the procedure all read this package.
"""

from cordee.reglementation.regimes.cadre import (
    Blocage,
    Cadre,
    FinDeDroit,
    Niveau,
    NiveauxLocaux,
    cadre,
    plafond_du_foyer,
)
from cordee.reglementation.regimes.choix import ChoixRegime, choisir_regime
from cordee.reglementation.regimes.enums import Assiette, FormeRang, NatureMesure, TypeManquement, VoieFinDeDroit
from cordee.reglementation.regimes.etapes import CleEtape, EtapeLegale, etapes_legales, premier_jour_de_decision
from cordee.reglementation.regimes.mesure import (
    Contexte,
    MesureAnterieure,
    ProjetMesure,
    Refus,
    pour_cent,
    verifier_mesure,
)
from cordee.reglementation.regimes.modele import BaremeLocal, Foyer, Manquement, Regime, RegimeInconnu
from cordee.reglementation.regimes.plafonds import (
    MesureDuFoyer,
    PlafondDuMois,
    foyer_du_mois,
    mois_de,
    plafonds_par_mois,
    premier_du_mois,
    quotites_applicables,
)
from cordee.reglementation.regimes.rang import Antecedent, Rang, rang_du_manquement
from cordee.reglementation.regimes.registre import Article, article, regime, regime_au, regimes

__all__ = [
    "Antecedent", "Article", "Assiette", "BaremeLocal", "Blocage", "Cadre", "ChoixRegime", "CleEtape", "Contexte",
    "EtapeLegale", "FinDeDroit", "FormeRang", "Foyer", "Manquement", "MesureAnterieure", "MesureDuFoyer",
    "NatureMesure", "Niveau", "NiveauxLocaux", "PlafondDuMois", "ProjetMesure", "Rang", "Refus", "Regime",
    "RegimeInconnu", "TypeManquement", "VoieFinDeDroit", "article", "cadre", "choisir_regime", "etapes_legales",
    "foyer_du_mois", "mois_de", "plafond_du_foyer", "plafonds_par_mois", "pour_cent", "premier_du_mois",
    "premier_jour_de_decision", "quotites_applicables", "rang_du_manquement", "regime", "regime_au", "regimes",
    "verifier_mesure",
]  # fmt: skip
