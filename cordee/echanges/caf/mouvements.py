"""Why people moved: each event of a file is given its direction and its motive, then counted (R34)."""

from __future__ import annotations

from typing import Final

from cordee.echanges.caf.codes import libelle
from cordee.echanges.caf.fusion import Contexte, executer, lire
from cordee.echanges.caf.rapport import Mouvement, Sens
from cordee.metier.parcours.enums import GenreEvenement

E = GenreEvenement
REGROUPEMENT: Final = "RGD"
"""MOTICLORSA of a dossier closed because it was put together with another (R41): neither an exit nor an entry."""

#: Event → direction, motive (SQL over ``caf_decision``).
_MOTIFS: Final = {
    E.ENTREE_SDD: (
        Sens.ENTREE,
        "CASE WHEN d.cedant THEN 'mutation' WHEN d.foyer_nouveau THEN 'nouvelle_demande' ELSE 'devient_soumise' END",
    ),
    E.RETOUR_SDD: (Sens.ENTREE, "'retour'"),
    E.FIN_SDD: (Sens.SORTIE, "'drapeau'"),
    E.DROIT_CLOS: (
        Sens.SORTIE,
        "CASE d.etat WHEN '1' THEN 'refus_' ELSE 'clos_' END || coalesce(d.motif, '')",
    ),
    E.MUTATION_SORTANTE: (Sens.DEPART, "'mutation'"),
    E.DROIT_SUSPENDU: (Sens.SUSPENSION, "CASE d.etat WHEN '3' THEN 'droit_' ELSE 'versement_' END || d.motif"),
    E.NON_TRANSMISE: (Sens.ABSENCE, "CASE WHEN d.regroupee THEN 'regroupe' ELSE 'absent' END"),
}
_SENS: Final = "CASE f.genre " + " ".join(f"WHEN '{genre}' THEN '{sens}'" for genre, (sens, _) in _MOTIFS.items())
_MOTIF: Final = "CASE f.genre " + " ".join(f"WHEN '{genre}' THEN {motif}" for genre, (_, motif) in _MOTIFS.items())
_NOMMER: Final = f"""
UPDATE caf_fait f SET donnees = f.donnees || jsonb_build_object('sens', {_SENS} END, 'mouvement', {_MOTIF} END)
FROM caf_decision d
WHERE d.personne_id = f.personne_id AND f.genre IN ({", ".join(f"'{genre}'" for genre in _MOTIFS)})
"""
_COMPTER: Final = """
SELECT donnees ->> 'sens', donnees ->> 'mouvement', count(DISTINCT personne_id) FROM caf_fait
WHERE donnees ? 'mouvement' GROUP BY 1, 2
UNION ALL
SELECT 'correction', motif, count(DISTINCT personne_id) FROM caf_correction GROUP BY 2
"""
_LIBELLES: Final = {
    "nouvelle_demande": "Nouvelle demande",
    "devient_soumise": "Droit déjà connu, désormais soumises aux droits et devoirs",
    "retour": "De retour, orientation toujours valable",
    "drapeau": "Toujours au RSA, plus soumises aux droits et devoirs (ressources)",
    "absent": "Absentes du fichier, sans fin de droit",
    "regroupe": "Dossier regroupé avec un autre, attendu dans son nouveau dossier",
    "entree_annulee": "Entrées d'un envoi précédent qui n'avaient pas lieu d'être",
    "sortie_annulee": "Sorties d'un envoi précédent qui n'avaient pas lieu d'être",
    "passage": "Passées d'un organisme à l'autre le même mois : ni sortie ni entrée",
    "signalement_annule": "Départs ou décès signalés par un envoi précédent, corrigés depuis",
}
_CODES: Final = {
    "clos": "MOTICLORSA", "refus": "MOTIREFURSA", "droit": "MOTISUSDRORSA", "versement": "MOTISUSVERSRSA",
}  # fmt: skip


def nommer(contexte: Contexte) -> None:
    """Write direction and motive in the events of ``caf_fait``."""
    executer(_NOMMER, contexte)


def compter(contexte: Contexte) -> list[Mouvement]:
    """The movements of the file, in the order of ``Sens``, the most numerous first."""
    rangs = {str(sens): rang for rang, sens in enumerate(Sens)}
    lignes = [
        Mouvement(sens, motif, libelle_du_mouvement(sens, motif), nombre)
        for sens, motif, nombre in lire(_COMPTER, contexte)
    ]
    return sorted(lignes, key=lambda m: (rangs[m.sens], -m.nombre, m.motif))


def libelle_du_mouvement(sens: str, motif: str) -> str:
    """What is shown.

    >>> libelle_du_mouvement("sortie", "clos_RGD"), libelle_du_mouvement("entree", "mutation")
    ('Clos : dossiers regroupés', "Arrivées d'un autre département")
    >>> libelle_du_mouvement("sortie", "clos_")
    'Fin de droit, motif non transmis'
    """
    if motif == "mutation":
        return "Arrivées d'un autre département" if sens == Sens.ENTREE else "Départs vers un autre organisme"
    genre, _, code = motif.partition("_")
    if motif in _LIBELLES or genre not in _CODES:
        return _LIBELLES.get(motif, motif)
    if not code:
        return "Refus, motif non transmis" if genre == "refus" else "Fin de droit, motif non transmis"
    return libelle(_CODES[genre], code)
