"""Where the paying body's file and our records disagree, and the acts that settle it (E31, R67)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cordee.metier.parcours.cycle import ECHEANCES, PROLONGEABLES
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement, SuiteCloture
from cordee.metier.parcours.regles.fichier import oublier_contrat
from cordee.metier.parcours.regles.situation import Fait, Situation
from cordee.metier.parcours.regles.taches import ouvrir_echeance
from cordee.reglementation import delais

E, H = GenreEvenement, GenreEcheance


def _decision_attendue(s: Situation, fait: Fait) -> bool:
    """Somebody waits for the Département, soumise or not: the échéance is there all the same."""
    ouvrir_echeance(s, H.DECISION_ATTENDUE_CAF, fait)
    return False


def _sanction_constatee(s: Situation, fait: Fait) -> bool:
    ouvrir_echeance(s, H.SANCTION_A_RAPPROCHER, fait, objet=fait.donnees.get("mesure"))
    return False


def _majoration_en_doute(s: Situation, fait: Fait) -> bool:
    if s.statut is None:
        ouvrir_echeance(s, H.MAJORATION_A_REVOIR, fait, objet=fait.donnees.get("enfant"))
    return False


def _cloture_decidee(s: Situation, fait: Fait) -> bool:
    if s.statut is None:
        return False
    oublier_contrat(s)
    if fait.donnees.get("suite") == SuiteCloture.SUIVI_EMPLOI and s.referent_structure:
        ouvrir_echeance(s, H.SUIVI_EMPLOI, fait)
    return False


def _attente_prolongee(s: Situation, fait: Fait) -> bool:
    """Checked, still waiting: the next check has a date, and the échéance keeps its age."""
    genre = next((g for g in PROLONGEABLES if g == fait.donnees.get("echeance")), None)
    tache = s.echeances.get(genre) if genre else None
    if genre is not None and tache is not None:
        fin = delais.echeance(ECHEANCES[genre].regle, depuis=fait.jour)
        s.echeances[genre] = replace(tache, echeance=fin.date, terme=fin.terme)
    return False


def _ferme(s: Situation, fait: Fait) -> bool:
    return False


TRAITEMENTS: dict[GenreEvenement, Callable[[Situation, Fait], bool]] = {
    E.DECISION_ATTENDUE: _decision_attendue,
    E.SANCTION_CONSTATEE: _sanction_constatee,
    E.MAJORATION_EN_DOUTE: _majoration_en_doute,
    E.ECART_LEVE: _ferme,
    E.CLOTURE_DECIDEE: _cloture_decidee,
    E.DECISION_TRANSMISE: _ferme,
    E.SANCTION_RAPPROCHEE: _ferme,
    E.MESURE_REPRISE: _ferme,
    E.ATTENTE_PROLONGEE: _attente_prolongee,
}
