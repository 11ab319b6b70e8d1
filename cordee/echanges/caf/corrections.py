"""What an earlier file said, and this one takes back: the event is cancelled instead of being followed by its opposite.

Two cases. A corrected file for the same month (R33): whom the first version wrongly made enter, leave, depart or die is
put back as she was, and nobody enters twice. A passage from one body to the other in the same month (R54): the exit
told by the first has not taken place. The life is replayed without the event, with its étape, its contract and its
appointments; both traces stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cordee.echanges.caf.fusion import Contexte, executer, lire
from cordee.echanges.caf.rapport import Sens
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.services import NouvelEvenement

E = GenreEvenement
MEME_MOIS: Final = 31
"""Days between the photos of the two bodies within which a closing and an opening are one passage."""

_ENTREES: Final = f"'{E.ENTREE_SDD}', '{E.RETOUR_SDD}'"
_SORTIES: Final = f"'{E.FIN_SDD}', '{E.DROIT_CLOS}'"
# Acts that decide of the same thing: a file does not take back what a human settled since.
_AUTRES: Final = f"""'{E.SDD_CONSTATE}', '{E.DROIT_CONFIRME}', '{E.DISPARITION_VERIFIEE}', '{E.DOSSIER_TRANSMIS}',
    '{E.DECES}', '{E.PERSONNE_CREEE}'"""
_EN_VIGUEUR: Final = f"""NOT EXISTS (
    SELECT FROM parcours_evenement a WHERE a.personne_id = e.personne_id AND a.genre = '{E.ANNULATION}'
      AND (a.donnees ->> 'evenement')::bigint = e.id)"""

# ``corrige``: the file that said so is an earlier version of this one. ``autre``: another body, the same month.
_CORRECTIONS: Final = f"""
CREATE TEMP TABLE caf_correction AS
WITH versions AS (
    SELECT r.id, r.organisme_id = %(organisme)s AS corrige
    FROM fichiers_fichierrecu r
    WHERE r.id <> %(fichier)s AND r.statut = 'charge' AND CASE WHEN r.organisme_id = %(organisme)s
        THEN %(mensuel)s AND r.type = 'beneficiaires_mensuel' AND r.reference_le = %(ref)s AND r.cree_le <= %(cree)s
             AND NOT EXISTS (SELECT FROM caf_contenufichier c
                             WHERE c.fichier_id = %(fichier)s AND r.id = ANY (c.parties))
        ELSE r.type LIKE 'beneficiaires_%%' AND abs(r.reference_le - %(ref)s) <= {MEME_MOIS} END
), douteuses AS (
    SELECT personne_id, entre AND NOT en_chemin AS revient_a_tort,
           en_chemin AND NOT soumise AND NOT muette AND (quitte OR NOT presente) AS entree_a_tort,
           presente AND NOT morte AND (parentheses ? '{Etat.DECES_PRESUME}' OR deces_a_verifier) AS decede_a_tort,
           presente AND NOT prenant AND parentheses ? '{Etat.MUTATION_SORTANTE}' AS part_a_tort
    FROM caf_decision
), derniers AS (
    SELECT d.*, e.id, e.genre, e.objet_id
    FROM douteuses d CROSS JOIN LATERAL (
        SELECT e.id, e.genre, e.objet_type, e.objet_id FROM parcours_evenement e
        WHERE e.personne_id = d.personne_id AND e.genre IN ({_ENTREES}, {_SORTIES}, {_AUTRES}) AND {_EN_VIGUEUR}
        ORDER BY e.id DESC LIMIT 1) e
    WHERE (d.revient_a_tort OR d.entree_a_tort) AND e.objet_type = 'fichier'
)
SELECT d.personne_id, d.id AS evenement_id,
       CASE WHEN d.genre IN ({_ENTREES}) THEN 'entree_annulee' WHEN v.corrige THEN 'sortie_annulee' ELSE 'passage' END
           AS motif
FROM derniers d JOIN versions v ON v.id = d.objet_id
WHERE d.genre IN ({_SORTIES}) AND d.revient_a_tort
   OR d.genre IN ({_ENTREES}) AND d.entree_a_tort AND v.corrige AND NOT EXISTS (
      SELECT FROM parcours_evenement s JOIN organismes_agent a ON a.id = s.par_id
      WHERE s.personne_id = d.personne_id AND s.id > d.id AND NOT a.systeme)
UNION ALL
SELECT d.personne_id, e.id, 'signalement_annule'
FROM douteuses d JOIN parcours_evenement e ON e.personne_id = d.personne_id AND e.objet_type = 'fichier'
JOIN versions v ON v.id = e.objet_id AND v.corrige
WHERE (d.decede_a_tort AND e.genre = '{E.DECES_PRESUME}' OR d.part_a_tort AND e.genre = '{E.MUTATION_SORTANTE}')
  AND {_EN_VIGUEUR}
"""
# Whose exit is taken back is on her path; whose entry is taken back never was.
_REVENUES: Final = """
UPDATE caf_decision d SET en_chemin = true, entre = false, revient = false
FROM caf_correction c WHERE c.personne_id = d.personne_id AND c.motif IN ('sortie_annulee', 'passage')
"""
_JAMAIS_ENTREES: Final = """
DELETE FROM caf_decision d USING caf_correction c WHERE c.personne_id = d.personne_id AND c.motif = 'entree_annulee'
"""
_OUVERTURES: Final = """
DELETE FROM personnes_ouverturedroit o USING caf_correction c, parcours_evenement e, fichiers_fichierrecu r
WHERE c.motif = 'entree_annulee' AND e.id = c.evenement_id AND r.id = e.objet_id
  AND o.personne_id = c.personne_id AND o.recue_le = least(r.recu_le, e.enregistre_le::date)
"""
_SECTEURS: Final = """
UPDATE personnes_rattachement r SET fin = greatest(%(recu)s, r.debut + 1)
FROM caf_correction c
WHERE c.motif = 'entree_annulee' AND r.personne_id = c.personne_id AND r.finalite = 'secteur' AND r.fin IS NULL
"""
_NOMS: Final = "SELECT personne_id, evenement_id, motif FROM caf_correction ORDER BY personne_id, evenement_id"


def corriger(contexte: Contexte) -> None:
    """Find what is taken back (``caf_correction``) and set the decisions right."""
    executer(_CORRECTIONS, contexte)
    if lire("SELECT FROM caf_correction LIMIT 1", contexte):
        for sql in (_REVENUES, _JAMAIS_ENTREES, _OUVERTURES, _SECTEURS):
            executer(sql, contexte)


def annulations(contexte: Contexte) -> Sequence[NouvelEvenement]:
    """The cancellations to record, before the events of the file."""
    return [
        NouvelEvenement(
            genre=E.ANNULATION, personne_id=personne_id, survenu_le=contexte.survenu_le, objet_type="evenement",
            objet_id=evenement_id,
            donnees={"evenement": evenement_id, "sens": str(Sens.CORRECTION), "mouvement": motif},
        )
        for personne_id, evenement_id, motif in lire(_NOMS, contexte)
    ]  # fmt: skip
