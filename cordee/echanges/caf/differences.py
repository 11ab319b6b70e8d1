"""From the dated rows to what happened: each person of the households touched, before and after, gives her events.

Entering, leaving, being unknown or absent are read on the *level* (what the rows say now against where the path
stands): a file loaded twice, in two versions, or after an agent's act, says nothing twice. A suspension, an address, a
departure, a presumed death are read on the *edge* (what this file changed).

E01: only the households whose present situation this file changes. E02: absence is not an exit. E16: coming back within
``retour_mois`` with a live orientation is a return. E30: a missing flag keeps the last known value, then is verified.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from cordee.echanges.caf import constats, corrections, mouvements
from cordee.echanges.caf.fusion import LIEU, Contexte, executer, lire
from cordee.echanges.caf.mouvements import REGROUPEMENT
from cordee.echanges.caf.rapprochement import RACINES
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, MotifSortie
from cordee.metier.parcours.services import NouvelEvenement
from cordee.reglementation.sdd import ETATS_OUVERTS, MOTIFS_DROIT_REEL

E = GenreEvenement
OBJET: Final = "fichier"
"""``objet_type`` of the events that a file brought; ``objet_id`` is the file."""

#: MOTICLORSA, and MOTIREFURSA for a refusal, in the words of the path.
MOTIFS_SORTIE: Final = {
    "ECH": MotifSortie.PIECES_MANQUANTES,
    "MUT": MotifSortie.DEMENAGEMENT,
    "F97": MotifSortie.RETRAITE_AAH,
    "F85": MotifSortie.DECES,
}
_OUVERTS = ", ".join(f"'{etat}'" for etat in sorted(ETATS_OUVERTS))
_REELS = ", ".join(f"'{motif}'" for motif in sorted(MOTIFS_DROIT_REEL))
_MOTIF_SORTIE = (
    "CASE motif "
    + " ".join(f"WHEN '{code}' THEN '{motif}'" for code, motif in MOTIFS_SORTIE.items())
    + f" ELSE '{MotifSortie.AUTRE}' END"
)

# Whom this file may move: members past and present of the households it changes, of those now absent or back, and those
# whose flag has been unknown for some time.
_TOUCHES = f"""
CREATE TEMP TABLE caf_touche AS
WITH racines AS ({RACINES}), concernes AS (
    SELECT foyer_id FROM caf_lien WHERE actuel
    UNION SELECT foyer_id FROM caf_absent UNION SELECT foyer_id FROM caf_retour
), rangees AS (
    SELECT a.personne_id FROM personnes_appartenance a JOIN concernes USING (foyer_id)
    UNION
    SELECT personne_id FROM caf_retire
    UNION
    SELECT d.personne_id FROM personnes_droitpersonne d
    WHERE d.fin IS NULL AND d.sdd IS NULL AND d.foyer_id IN (SELECT foyer_id FROM caf_vu)
)
SELECT DISTINCT coalesce(r.racine, g.personne_id) AS personne_id
FROM rangees g LEFT JOIN racines r ON r.id = g.personne_id
"""

# One row per person and household she belongs to now, with the household's right and hers. ``racine``: who she is.
_APRES = f"""
WITH racines AS ({RACINES}), rangees AS (
    SELECT t.personne_id AS racine, t.personne_id FROM caf_touche t
    UNION ALL
    SELECT t.personne_id, r.id FROM caf_touche t JOIN racines r ON r.racine = t.personne_id
), faces AS (
    SELECT g.racine, g.personne_id, a.foyer_id, a.role, f.presence = 'transmis' AS present, f.reference_le,
           d.etat, d.motif, p.sdd, p.debut AS drapeau_du,
           coalesce(f.detail -> 'IdentificationRSA' ? 'OrganismePrenant', false) AS prenant,
           coalesce(f.detail -> 'IdentificationRSA' ? 'OrganismeCedant', false) AS cedant,
           a.role IN ('dem', 'cjt') AS adulte, c.sexe
    FROM rangees g
    JOIN personnes_appartenance a ON a.personne_id = g.personne_id AND a.fin IS NULL
    JOIN personnes_personne c ON c.id = g.personne_id
    JOIN personnes_foyer f ON f.id = a.foyer_id
    LEFT JOIN personnes_droitfoyer d ON d.foyer_id = f.id AND d.fin IS NULL
    LEFT JOIN personnes_droitpersonne p ON p.foyer_id = f.id AND p.personne_id = g.personne_id AND p.fin IS NULL
), situees AS (
    -- R41: closed to be put together with another, a dossier no longer says anything of its people
    SELECT *, present AND NOT regroupee AS transmise
    FROM (SELECT *, present AND etat IN ('1', '5', '6') AND motif = '{REGROUPEMENT}' AS regroupee FROM faces) x
), lues AS (
    SELECT *, present AND etat IN ({_OUVERTS}) AS ouvert,
           present AND etat IN ({_OUVERTS}) AND coalesce(sdd, false) AND NOT prenant AS soumise,
           present AND etat IN ({_OUVERTS}) AND sdd IS NULL AND adulte AS muette
    FROM situees
), muettes AS (
    -- E30: the last known flag, and the last file of the body that gave it (rows change for other reasons since)
    SELECT l.racine, l.foyer_id, k.sdd AS dernier,
           coalesce((SELECT max(r.reference_le) FROM fichiers_fichierrecu r
                     WHERE r.organisme_id = f.organisme_id AND r.statut = 'charge'
                       AND r.reference_le < coalesce(k.fin, l.drapeau_du)
                       AND r.type = 'beneficiaires_mensuel'), k.fin) AS connu_le
    FROM lues l
    JOIN personnes_foyer f ON f.id = l.foyer_id
    LEFT JOIN LATERAL (
        SELECT k.sdd, k.fin FROM personnes_droitpersonne k
        WHERE k.personne_id = l.personne_id AND k.sdd IS NOT NULL AND k.debut < l.drapeau_du
        ORDER BY k.debut DESC LIMIT 1) k ON true
    WHERE l.muette
), sommes AS (
    SELECT l.racine, bool_or(l.transmise) AS presente, bool_or(l.regroupee) AS regroupee, bool_or(l.soumise) AS soumise,
           bool_or(l.muette) AS muette,
           bool_or(l.present AND l.prenant) AS prenant,
           bool_or(l.ouvert OR (l.present AND l.etat IN ('0', 'inconnu'))) AS ouverte,
           bool_or(l.present AND l.etat = '0' AND l.sdd IS NOT FALSE) AS attente,
           bool_or(l.present AND coalesce(l.etat, 'inconnu') = 'inconnu') AS obscure
    FROM lues l GROUP BY l.racine
), principales AS (
    SELECT DISTINCT ON (racine) racine, foyer_id, etat, motif, cedant, role, sexe
    FROM lues
    ORDER BY racine, soumise DESC NULLS LAST, transmise DESC, present DESC, reference_le DESC, adulte DESC, foyer_id
)
"""

_DECISIONS = f"""
CREATE TEMP TABLE caf_decision AS
{_APRES}, lieux AS (
    SELECT l.foyer_id, l.nouveau, s.localisation, s.structure_id, s.domiciliee, s.deces, s.prenant, s.etat, s.motif
    FROM caf_foyer s JOIN caf_lien l USING (rang) WHERE l.actuel
), cotes AS (
    SELECT t.personne_id, p.foyer_id, p.etat, p.motif, p.cedant, p.role, p.sexe,
           coalesce(o.presente, false) AS presente, coalesce(o.soumise, false) AS soumise,
           coalesce(o.muette, false) AND NOT coalesce(o.soumise, false) AS muette,
           coalesce(o.prenant, false) AS prenant, coalesce(o.ouverte, false) AS ouverte,
           coalesce(o.attente, false) AS attente, coalesce(o.obscure, false) AS obscure,
           coalesce(o.regroupee, false) AS regroupee, s.structure_secteur_id,
           m.a_verifier,
           s.personne_id IS NOT NULL AND s.soumis AS en_chemin,
           coalesce(s.calcul -> 'parentheses', '[]') AS parentheses,
           coalesce(s.calcul -> 'echeances' ? '{GenreEcheance.DECES_A_VERIFIER}', false) AS deces_a_verifier,
           coalesce(s.etat, '') AS etat_parcours,
           s.calcul -> 'orientation' IS NOT NULL AND jsonb_typeof(s.calcul -> 'orientation') = 'object' AS orientee,
           (s.calcul ->> 'sortie_le')::date AS sortie_le,
           x.localisation, x.structure_id, x.domiciliee, coalesce(x.deces, '') AS deces, x.nouveau AS foyer_nouveau,
           v.prenant AS prenant_avant, v.etat AS etat_avant, v.motif AS motif_avant, v.foyer_id IS NOT NULL AS connu,
           v.foyer_id IS NOT NULL AND x.foyer_id IS NOT NULL AND d.adresse IS DISTINCT FROM v.adresse AS deplace
    FROM caf_touche t
    LEFT JOIN sommes o ON o.racine = t.personne_id
    LEFT JOIN principales p ON p.racine = t.personne_id
    LEFT JOIN (SELECT racine, bool_and(dernier IS NULL OR connu_le + %(mois_drapeau)s::interval < %(ref)s) AS a_verifier
               FROM muettes GROUP BY racine) m ON m.racine = t.personne_id
    LEFT JOIN parcours_situation s ON s.personne_id = t.personne_id
    LEFT JOIN lieux x ON x.foyer_id = p.foyer_id
    LEFT JOIN caf_avant v ON v.foyer_id = p.foyer_id
    LEFT JOIN LATERAL (
        SELECT {LIEU} AS adresse FROM personnes_adresse a
        WHERE a.foyer_id = v.foyer_id AND a.rang = 1 AND a.fin IS NULL LIMIT 1) d ON true
), decisions AS (
    SELECT *,
        soumise AND (NOT en_chemin OR parentheses ? '{Etat.SDD_INCONNU}') AS entre,
        NOT en_chemin AND orientee AND sortie_le IS NOT NULL
            AND sortie_le > (%(recu)s - %(mois_retour)s::interval) AS revient,
        presente AND NOT soumise AND NOT prenant AND NOT muette AND NOT obscure AND NOT attente
            AND (en_chemin OR parentheses ? '{Etat.SDD_INCONNU}') AS quitte,
        etat IN ('3', '4') AND motif <> '' AND motif NOT IN ({_REELS}) AS suspendue,
        coalesce(etat_avant IN ('3', '4') AND motif_avant <> '' AND motif_avant NOT IN ({_REELS}), false)
            AS suspendue_avant,
        deces = 'demandeur' AND role = 'dem' OR deces = sexe AND deces <> '' AS morte
    FROM cotes WHERE etat_parcours <> '{Etat.DECEDEE}'
)
SELECT * FROM decisions WHERE en_chemin OR entre OR quitte OR muette OR morte OR deces_a_verifier
"""

_LIEU = """jsonb_build_object('structure', structure_id, 'localisation', coalesce(localisation, 'inconnue'),
                              'domiciliee', coalesce(domiciliee, false))"""
_ENTREE = f"{_LIEU} || jsonb_build_object('recu_le', %(recu)s::date)"
_RIEN = "'{}'::jsonb"
# Paid, or not paid for a reason that leaves the right whole (``MOTIFS_DROIT_REEL``): nothing to have back.
_REEL = f"(etat = '2' OR etat = '4' AND motif IN ({_REELS}))"
# E32: whom a letter may still reach though she is not on the path.
_HORS_CHEMIN = f"etat_parcours IN ('{Etat.VOLONTAIRE}', '{Etat.HORS_SDD}', '{Etat.SORTIE}')"

#: Event, what it carries, when. In the order in which the events of one person apply.
_REGLES: Final = (
    (E.RETRANSMISE, _RIEN, f"presente AND en_chemin AND parentheses ? '{Etat.NON_TRANSMISE}' AND NOT quitte"),
    (E.RETOUR_SDD, _ENTREE, "entre AND revient"),
    (
        E.ENTREE_SDD,
        f"{_ENTREE} || CASE WHEN cedant THEN jsonb_build_object('mutation', true) ELSE {_RIEN} END",
        "entre AND NOT revient",
    ),
    # R37: a new dossier of one's own, in another sector, is a move too
    (
        E.ADRESSE_CHANGEE,
        _LIEU,
        "en_chemin AND NOT entre AND NOT quitte AND presente AND (deplace OR coalesce(foyer_nouveau, false) "
        "AND structure_id IS NOT NULL AND structure_id IS DISTINCT FROM structure_secteur_id)",
    ),
    (
        E.SDD_INCONNU,
        _ENTREE,
        f"muette AND NOT prenant AND a_verifier AND NOT parentheses ? '{Etat.SDD_INCONNU}' "
        f"AND etat_parcours <> '{Etat.ATTENTE_DROIT}'",
    ),
    (
        E.DROIT_CLOS,
        f"jsonb_build_object('motif_sortie', {_MOTIF_SORTIE})",
        "quitte AND NOT ouverte AND NOT morte",
    ),
    (E.FIN_SDD, _RIEN, "quitte AND ouverte"),
    (
        E.DROIT_SUSPENDU,
        "jsonb_build_object('motif', motif, 'etat', etat)",
        "(en_chemin OR entre) AND NOT quitte AND suspendue AND foyer_nouveau IS NOT NULL "
        "AND (NOT suspendue_avant OR motif IS DISTINCT FROM motif_avant OR entre)",
    ),
    (E.DROIT_RETABLI, _RIEN, f"en_chemin AND NOT quitte AND suspendue_avant AND {_REEL}"),
    (
        E.MUTATION_SORTANTE,
        _RIEN,
        "en_chemin AND prenant AND NOT soumise AND NOT coalesce(prenant_avant, false) "
        f"AND NOT parentheses ? '{Etat.MUTATION_SORTANTE}'",
    ),
    (
        E.DECES_PRESUME,
        _RIEN,
        f"morte AND (en_chemin OR entre OR {_HORS_CHEMIN}) AND NOT parentheses ? '{Etat.DECES_PRESUME}' "
        "AND NOT deces_a_verifier AND motif IS DISTINCT FROM motif_avant",
    ),
    (
        E.NON_TRANSMISE,
        _RIEN,
        "NOT presente AND en_chemin AND NOT parentheses ?| "
        f"ARRAY['{Etat.NON_TRANSMISE}', '{Etat.MUTATION_SORTANTE}', '{Etat.DECES_PRESUME}']",
    ),
)
_FAITS: Final = "CREATE TEMP TABLE caf_fait AS " + " UNION ALL ".join(
    f"SELECT personne_id, foyer_id, {ordre} AS ordre, '{genre}' AS genre, {donnees} AS donnees "
    f"FROM caf_decision WHERE {condition}"
    for ordre, (genre, donnees, condition) in enumerate(_REGLES)
)

_DOUTES = """
SELECT id, personne_id, candidate_id FROM personnes_arbitrage
WHERE statut = 'ouvert' AND ouvert_le = %(le)s AND personne_id IN (SELECT personne_id FROM caf_qui WHERE nouvelle)
ORDER BY id
"""

_OUVERTURES = f"""
INSERT INTO personnes_ouverturedroit (personne_id, foyer_id, demande_le, effet_le, transmise_le, recue_le, retour)
SELECT a.personne_id, a.foyer_id, s.demande_le, s.effet_le, %(cree_jour)s::date, %(recu)s, a.genre = '{E.RETOUR_SDD}'
FROM caf_fait a
JOIN caf_lien l ON l.foyer_id = a.foyer_id
JOIN caf_foyer s USING (rang)
WHERE a.genre IN ('{E.ENTREE_SDD}', '{E.RETOUR_SDD}') ORDER BY a.personne_id
"""

# The structure of the sector reaches the persons of its sector, and no longer those who left it. (The order makes the
# whole selection come before the first row is written.)
_SECTEURS_FINIS = f"""
UPDATE personnes_rattachement r SET fin = greatest(%(recu)s, r.debut + 1)
FROM caf_fait a
WHERE a.genre IN ('{E.ENTREE_SDD}', '{E.RETOUR_SDD}', '{E.ADRESSE_CHANGEE}') AND r.personne_id = a.personne_id
  AND r.finalite = 'secteur' AND r.fin IS NULL
  AND r.structure_id IS DISTINCT FROM (a.donnees ->> 'structure')::bigint
"""
_SECTEURS = f"""
INSERT INTO personnes_rattachement (personne_id, structure_id, finalite, debut)
SELECT a.personne_id, (a.donnees ->> 'structure')::bigint, 'secteur', %(recu)s
FROM caf_fait a
WHERE a.genre IN ('{E.ENTREE_SDD}', '{E.RETOUR_SDD}', '{E.ADRESSE_CHANGEE}') AND a.donnees ->> 'structure' IS NOT NULL
  AND NOT EXISTS (SELECT FROM personnes_rattachement r WHERE r.personne_id = a.personne_id AND r.finalite = 'secteur'
                  AND r.structure_id = (a.donnees ->> 'structure')::bigint AND r.fin IS NULL)
ORDER BY a.personne_id
"""


def detecter(contexte: Contexte) -> None:
    """Fill ``caf_fait``: one row per event, and write the openings of rights and the accesses of the sectors."""
    executer(_TOUCHES, contexte)
    executer("ANALYZE caf_touche", contexte)
    executer(_DECISIONS, contexte)
    corrections.corriger(contexte)
    executer(_FAITS, contexte)
    mouvements.nommer(contexte)
    executer(_OUVERTURES, contexte)
    executer(_SECTEURS_FINIS, contexte)
    executer(_SECTEURS, contexte)
    constats.constater(contexte)


def evenements(contexte: Contexte) -> list[NouvelEvenement]:
    """The events to record, person by person, in the order in which they apply."""
    faits = lire("SELECT genre, personne_id, donnees FROM caf_fait ORDER BY personne_id, ordre", contexte)
    tous = [_evenement(genre, pk, contexte, donnees) for genre, pk, donnees in faits]
    return tous + list(_doutes(contexte))


def _evenement(genre: str, personne_id: int, contexte: Contexte, donnees: Any) -> NouvelEvenement:
    lues = json.loads(donnees) if isinstance(donnees, str) else donnees
    return NouvelEvenement(
        genre=E(genre), personne_id=personne_id, survenu_le=contexte.survenu_le, donnees=lues, objet_type=OBJET,
        objet_id=contexte.fichier_id,
    )  # fmt: skip


def _doutes(contexte: Contexte) -> Iterator[NouvelEvenement]:
    for pk, personne_id, candidate_id in lire(_DOUTES, contexte):
        for qui, candidate in ((personne_id, False), (candidate_id, True)):
            donnees = {"arbitrage": pk, "candidate": candidate}
            yield _evenement(E.IDENTITE_DOUTEUSE, qui, contexte, donnees)


def compter(contexte: Contexte) -> dict[str, Any]:
    """Figures of the report."""
    foyers = lire(
        """
        SELECT (SELECT count(*) FROM caf_lien WHERE nouveau),
               (SELECT count(*) FROM caf_absent a JOIN personnes_droitfoyer d ON d.foyer_id = a.foyer_id
                WHERE a.nouvelle AND d.fin IS NULL AND d.etat NOT IN ('1', '5', '6')),
               (SELECT count(*) FROM caf_avant v JOIN personnes_droitfoyer d USING (foyer_id)
                WHERE d.fin IS NULL AND d.etat IS DISTINCT FROM v.etat)
        """,
        contexte,
    )[0]
    figures: dict[str, Any] = dict(zip(("foyers_nouveaux", "non_transmis", "changements_etat"), foyers, strict=True))
    figures["evenements"] = figures["sortants_par_motif"] = {}
    figures["mouvements"] = []
    if contexte.courant:
        figures["evenements"] = dict(lire("SELECT genre, count(*) FROM caf_fait GROUP BY 1 ORDER BY 2 DESC", contexte))
        motifs = f"SELECT donnees ->> 'motif_sortie', count(*) FROM caf_fait WHERE genre = '{E.DROIT_CLOS}' GROUP BY 1"
        figures["sortants_par_motif"] = dict(lire(motifs, contexte))
        figures["mouvements"] = mouvements.compter(contexte)
    figures["changements_adresse"] = figures["evenements"].get(E.ADRESSE_CHANGEE, 0)
    return figures
