"""The droits et devoirs beside the path: a procedure opens échéances, it never moves the étape principale (E03).

Only a *notified* measure changes the étape: under a suspension it is « remobiliser » (the accompaniment goes on,
L262-37), under a suppression « maintenir le lien ». It ends with the measure. What makes a step lawful is checked by
the duties room; here, only what the path itself can tell.
"""

from __future__ import annotations

from collections.abc import Callable

from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.regles.erreurs import TransitionInterdite
from cordee.metier.parcours.regles.fichier import reprendre, suspendre
from cordee.metier.parcours.regles.situation import Fait, Situation, Tache
from cordee.metier.parcours.regles.taches import ouvrir_echeance

E, H = GenreEvenement, GenreEcheance
EXAMENS = (H.PROCEDURE_REFUS, H.INSTRUIRE_MANQUEMENT)
"""Échéances that one breach reported keeps open."""
_SUSPENSIFS = {"suspension": Etat.REMOBILISATION, "reduction": Etat.REMOBILISATION, "suppression": Etat.SUPPRIMEE}
# Acts that go on for somebody who is no longer soumise: her appeal, the end of a measure, what the payer must know.
MEME_SORTIE = frozenset({
    E.PROCEDURE_CLOSE, E.MESURE_LEVEE, E.MESURE_TERMINEE, E.MESURE_ANNULEE, E.MESURE_TRANSMISE, E.RECOURS_DEPOSE,
    E.RECOURS_STATUE, E.OBSERVATION_RECUE, E.CONFORMITE_CONSTATEE,
})  # fmt: skip
# R262-68-7: no droits et devoirs, no breach and no measure.
SOUMISE_SEULEMENT = frozenset({
    E.MANQUEMENT_SIGNALE, E.PROCEDURE_OUVERTE, E.GRIEFS_ENVOYES, E.GRIEFS_RECUS, E.AUDITION_TENUE, E.MESURE_DECIDEE,
    E.MESURE_NOTIFIEE, E.DROIT_FINI, E.MOTIF_EXAMINE,
})  # fmt: skip


# What each event does ------------------------------------------------------------------------------------------------
def _manquement_signale(s: Situation, fait: Fait) -> bool:
    """A second report keeps the date of the first."""
    if H.INSTRUIRE_MANQUEMENT not in s.echeances:
        ouvrir_echeance(s, H.INSTRUIRE_MANQUEMENT, fait, objet=fait.donnees.get("manquement"))
    return False


def _procedure_ouverte(s: Situation, fait: Fait) -> bool:
    ouvrir_echeance(s, H.CONDUIRE_CONTRADICTOIRE, fait, objet=fait.donnees.get("procedure"))
    return False


def _griefs_envoyes(s: Situation, fait: Fait) -> bool:
    if H.CONDUIRE_CONTRADICTOIRE in s.echeances:
        ouvrir_echeance(
            s, H.CONDUIRE_CONTRADICTOIRE, fait, regle="etablir_reception_griefs", objet=fait.donnees.get("procedure")
        )
    return False


def _griefs_recus(s: Situation, fait: Fait) -> bool:
    """E27: the days to answer run from the certain reception; a local rule may give more of them."""
    if H.CONDUIRE_CONTRADICTOIRE in s.echeances:
        ouvrir_echeance(
            s, H.CONDUIRE_CONTRADICTOIRE, fait, regle="contradictoire_convenu", objet=fait.donnees.get("procedure"),
            convenue=fait.date("jusquau"),
        )  # fmt: skip
    return False


def _contradictoire_clos(s: Situation, fait: Fait) -> bool:
    """The days have run out: silence is no admission, the legitimate reason is still to be looked for."""
    if H.CONDUIRE_CONTRADICTOIRE in s.echeances:
        ouvrir_echeance(s, H.DECIDER_MESURE, fait, objet=s.echeances[H.CONDUIRE_CONTRADICTOIRE].objet)
    return False


def _avis_ep(s: Situation, fait: Fait) -> bool:
    """R27: whoever accompanies her is told the same day. An opinion decides nothing."""
    if fait.donnees.get("avis"):
        ouvrir_echeance(s, H.LIRE_AVIS_EP, fait, objet=fait.donnees.get("passage"))
    return False


def _mesure_decidee(s: Situation, fait: Fait) -> bool:
    ouvrir_echeance(s, H.NOTIFIER_MESURE, fait, objet=fait.donnees.get("mesure"))
    return False


def _mesure_notifiee(s: Situation, fait: Fait) -> bool:
    """Known to her at a certain date, the measure takes effect: the étape is to bring her back, not to punish."""
    mesure, fin = fait.donnees.get("mesure"), fait.date("fin")
    ouvrir_echeance(s, H.TRANSMETTRE_MESURE, fait, objet=mesure)
    if fin is not None:
        ouvrir_echeance(s, H.SUIVRE_TERME_MESURE, fait, convenue=fin, objet=mesure)
    etat = _SUSPENSIFS.get(str(fait.donnees.get("nature")))
    if etat is None or s.statut is not None:
        return False
    reprendre(s, Etat.REMOBILISATION, Etat.SUPPRIMEE)
    s.revue_le = None
    suspendre(s, etat)
    return True


def _conformite_constatee(s: Situation, fait: Fait) -> bool:
    if H.LEVER_MESURE not in s.echeances:
        ouvrir_echeance(s, H.LEVER_MESURE, fait, depuis=fait.date("le"), objet=fait.donnees.get("mesure"))
    return False


def _mesure_finie(s: Situation, fait: Fait) -> bool:
    """Lifted, over or undone. ``en_cours``: another measure still runs. ``a_transmettre``: the payer must know."""
    if fait.donnees.get("a_transmettre"):
        ouvrir_echeance(s, H.TRANSMETTRE_MESURE, fait, regle="transmettre_levee", objet=fait.donnees.get("mesure"))
    if fait.donnees.get("en_cours"):
        return False
    return reprendre(s, Etat.REMOBILISATION, Etat.SUPPRIMEE)


def _droit_fini(s: Situation, fait: Fait) -> bool:
    """Decided and notified: the path ends when the paying body's file says so, not before (E02)."""
    ouvrir_echeance(s, H.TRANSMETTRE_MESURE, fait, objet=fait.donnees.get("mesure"))
    return False


def _mesure_transmise(s: Situation, fait: Fait) -> bool:
    """Told; or sent back by the paying body (``rejetee``): it is to be told again."""
    if fait.donnees.get("rejetee"):
        ouvrir_echeance(s, H.TRANSMETTRE_MESURE, fait, objet=fait.donnees.get("mesure"))
    return False


def _recours_depose(s: Situation, fait: Fait) -> bool:
    if fait.donnees.get("genre") == "rapo":
        ouvrir_echeance(s, H.STATUER_RAPO, fait, depuis=fait.date("le"), objet=fait.donnees.get("recours"))
    return False


def _noter(s: Situation, fait: Fait) -> bool:
    return False


def garder_ouvertes(s: Situation, fait: Fait, avant: dict[GenreEcheance, Tache]) -> None:
    """What this event closed too soon: a breach among several, a reason looked for and not found, another measure."""
    restent = bool(fait.donnees.get("restent"))
    if fait.genre is E.MOTIF_EXAMINE:
        restent = restent or not fait.donnees.get("retenu")
    gardees: tuple[GenreEcheance, ...] = ()
    if fait.genre in (E.MOTIF_EXAMINE, E.PROCEDURE_OUVERTE, E.PROCEDURE_CLOSE) and restent:
        gardees = EXAMENS
    elif fait.genre in (E.MESURE_LEVEE, E.MESURE_TERMINEE, E.MESURE_ANNULEE) and fait.donnees.get("en_cours"):
        gardees = (H.SUIVRE_TERME_MESURE, H.LEVER_MESURE, H.TRANSMETTRE_MESURE)
    elif fait.genre is E.RECOURS_STATUE and fait.donnees.get("genre") == "tribunal":
        gardees = (H.STATUER_RAPO,)
    for genre in gardees:
        if genre in avant and genre not in s.echeances:
            s.echeances[genre] = avant[genre]


TRAITEMENTS: dict[GenreEvenement, Callable[[Situation, Fait], bool]] = {
    E.MANQUEMENT_SIGNALE: _manquement_signale,
    E.MOTIF_EXAMINE: _noter,
    E.PROCEDURE_OUVERTE: _procedure_ouverte,
    E.GRIEFS_ENVOYES: _griefs_envoyes,
    E.GRIEFS_RECUS: _griefs_recus,
    E.OBSERVATION_RECUE: _noter,
    E.AUDITION_TENUE: _noter,
    E.CONTRADICTOIRE_CLOS: _contradictoire_clos,
    E.PROCEDURE_CLOSE: _noter,
    E.EP_INSCRITE: _noter,
    E.EP_RETIREE: _noter,
    E.AVIS_EP: _avis_ep,
    E.MESURE_DECIDEE: _mesure_decidee,
    E.MESURE_NOTIFIEE: _mesure_notifiee,
    E.CONFORMITE_CONSTATEE: _conformite_constatee,
    E.MESURE_LEVEE: _mesure_finie,
    E.MESURE_TERMINEE: _mesure_finie,
    E.MESURE_ANNULEE: _mesure_finie,
    E.MESURE_TRANSMISE: _mesure_transmise,
    E.DROIT_FINI: _droit_fini,
    E.RECOURS_DEPOSE: _recours_depose,
    E.RECOURS_STATUE: _noter,
}


# What each act needs -------------------------------------------------------------------------------------------------
def _signaler(s: Situation, fait: Fait) -> None:
    """E07: nothing before an orientation is a breach."""
    if s.orientation is None:
        raise TransitionInterdite("Cette personne n'est pas encore orientée : aucune absence n'est un manquement.")


def _examiner(s: Situation, fait: Fait) -> None:
    if not any(genre in s.echeances for genre in (*EXAMENS, H.CONDUIRE_CONTRADICTOIRE, H.DECIDER_MESURE)):
        raise TransitionInterdite("Aucun manquement n'est à examiner pour cette personne.")


def _ouvrir(s: Situation, fait: Fait) -> None:
    _exiger_representant(s)
    if not any(genre in s.echeances for genre in EXAMENS) and not fait.donnees.get("fin_de_droit"):
        raise TransitionInterdite("Aucun manquement n'est à examiner pour cette personne.")


def _conduire(s: Situation, fait: Fait) -> None:
    _exiger_representant(s)
    if not any(genre in s.echeances for genre in (H.CONDUIRE_CONTRADICTOIRE, H.DECIDER_MESURE)):
        raise TransitionInterdite("Aucune procédure n'est en cours pour cette personne.")


def _notifier(s: Situation, fait: Fait) -> None:
    _exiger_representant(s)
    if H.NOTIFIER_MESURE not in s.echeances:
        raise TransitionInterdite("Aucune décision n'attend d'être notifiée.")


def _transmettre(s: Situation, fait: Fait) -> None:
    if H.TRANSMETTRE_MESURE not in s.echeances and not fait.donnees.get("rejetee"):
        raise TransitionInterdite("Aucune décision n'attend d'être transmise pour cette personne.")


def _exiger_representant(s: Situation) -> None:
    """E28: letters to the wrong person void the procedure."""
    if H.IDENTIFIER_REPRESENTANT in s.echeances:
        raise TransitionInterdite("La personne est protégée : identifiez son représentant avant de continuer.")


def _libre(s: Situation, fait: Fait) -> None:
    """The duties room checks it on its own rows."""


CONDITIONS: dict[GenreEvenement, Callable[[Situation, Fait], None]] = {
    E.MANQUEMENT_SIGNALE: _signaler,
    E.MOTIF_EXAMINE: _examiner,
    E.PROCEDURE_OUVERTE: _ouvrir,
    E.GRIEFS_ENVOYES: _conduire,
    E.GRIEFS_RECUS: _conduire,
    E.OBSERVATION_RECUE: _libre,
    E.AUDITION_TENUE: _conduire,
    E.PROCEDURE_CLOSE: _libre,
    E.EP_INSCRITE: _libre,
    E.EP_RETIREE: _libre,
    E.AVIS_EP: _libre,
    E.MESURE_DECIDEE: _conduire,
    E.MESURE_NOTIFIEE: _notifier,
    E.CONFORMITE_CONSTATEE: _libre,
    E.MESURE_LEVEE: _libre,
    E.MESURE_TERMINEE: _libre,
    E.MESURE_ANNULEE: _libre,
    E.MESURE_TRANSMISE: _transmettre,
    E.DROIT_FINI: _notifier,
    E.RECOURS_DEPOSE: _libre,
    E.RECOURS_STATUE: _libre,
}
