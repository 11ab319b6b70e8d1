"""Where the file and our records do not agree, and where somebody waits for the Département (E31, E32, R67).

Read on the *level*: what the households say now against the échéances open and the answers given. The same file twice
opens nothing twice; what the file no longer shows closes by itself; an answer is given ``reponse_caisse_mois`` months
to be taken into account before the disagreement opens again. The number of statements is constant.

Called once ``differences`` has filled ``caf_fait``: the facts are added to it, and told with the others.
"""

from __future__ import annotations

from typing import Final

from cordee.echanges.caf.fusion import Contexte, executer
from cordee.echanges.caf.rapprochement import RACINES
from cordee.echanges.caf.reductions import MAINTENUE, ORDRE, comparer_les_mesures
from cordee.metier.devoirs.enums import EtatTransmission, GenreLigne, StatutMesure
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, MotifSortie
from cordee.metier.personnes.enums import Presence
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.reglementation.parametres import entier

E, H = GenreEvenement, GenreEcheance

#: What a household-level sanction looks like: motives of suspension, by the block that carries them.
MOTIFS_SANCTION_VERSEMENT: Final = frozenset({"CG"})
MOTIFS_SANCTION_DROIT: Final = frozenset({"GJ", "GK", "GL"})
CLOTURE_DECIDEE: Final = "cloture_PCG"
#: After its last day, a measure never seen in the files is looked for during so many months.
MOIS_APRES_LA_FIN: Final = 3

_BEAUCOUP: Final = 2000
_JOUR: Final = r"'^\d{4}-\d\d-\d\d$'"
_MONTANT: Final = r"'^\d+(\.\d+)?$'"


def _liste(codes: frozenset[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


# The persons of the households the file changes, and those whose disagreement depends on the passing of time: a
# decision of ours, or an answer we gave.
_QUI: Final = f"""
CREATE TEMP TABLE caf_constat_qui AS
WITH racines AS ({RACINES}), suivies AS (
    SELECT personne_id FROM devoirs_mesuredecidee
    WHERE statut = '{StatutMesure.DECIDEE}' OR id IN (SELECT mesure_id FROM devoirs_lignecaisse)
    UNION SELECT personne_id FROM parcours_evenement
    WHERE genre IN ('{E.DECISION_TRANSMISE}', '{E.SANCTION_RAPPROCHEE}')
), concernes AS (
    SELECT foyer_id FROM caf_lien WHERE actuel
    UNION
    SELECT v.foyer_id FROM caf_vu v JOIN personnes_appartenance a USING (foyer_id)
    LEFT JOIN racines r ON r.id = a.personne_id
    WHERE coalesce(r.racine, a.personne_id) IN (
        SELECT coalesce(r.racine, s.personne_id) FROM suivies s LEFT JOIN racines r ON r.id = s.personne_id)
), touchees AS (
    SELECT DISTINCT coalesce(r.racine, a.personne_id) AS personne_id
    FROM personnes_appartenance a JOIN concernes USING (foyer_id) LEFT JOIN racines r ON r.id = a.personne_id
)
SELECT t.personne_id FROM touchees t LEFT JOIN parcours_situation s USING (personne_id)
WHERE s.etat IS DISTINCT FROM '{Etat.DECEDEE}'
"""

# ``personne_id``: who she is; ``fiche``: the row the household knows.
_FACES: Final = f"""
CREATE TEMP TABLE caf_constat_face AS
WITH racines AS ({RACINES}), rangees AS (
    SELECT personne_id, personne_id AS fiche FROM caf_constat_qui
    UNION ALL
    SELECT q.personne_id, r.id FROM caf_constat_qui q JOIN racines r ON r.racine = q.personne_id
)
SELECT g.personne_id, g.fiche, a.foyer_id, a.role FROM rangees g
JOIN personnes_appartenance a ON a.personne_id = g.fiche AND a.fin IS NULL
JOIN personnes_foyer f ON f.id = a.foyer_id AND f.presence = '{Presence.TRANSMIS}'
"""

_AVIS = "$.DetailDroitRSA.AvisPCGDroitRSA"
# What the body asks: of the household (put to the demandeur), or of one person.
_ATTENDUS: Final = f"""
CREATE TEMP TABLE caf_constat AS
WITH foyers AS (
    SELECT d.foyer_id, d.etat, d.motif, d.motif_le, d.detail
    FROM (SELECT DISTINCT foyer_id FROM caf_constat_face) f
    JOIN personnes_droitfoyer d ON d.foyer_id = f.foyer_id AND d.fin IS NULL
), demandes AS (
    SELECT f.foyer_id, 'etat_0' AS code, f.motif_le::text AS depuis FROM foyers f WHERE f.etat = '0'
    UNION ALL
    SELECT f.foyer_id, 'versement_CV', b.v ->> 'DDSUSVERSRSA' FROM foyers f
    CROSS JOIN LATERAL jsonb_path_query(f.detail, '$.SituationDossierRSA.SuspensionVersement[*]') b (v)
    WHERE f.etat = '4' AND b.v ->> 'MOTISUSVERSRSA' = 'CV'
    UNION ALL
    SELECT f.foyer_id, 'condition_' || coalesce(b.v ->> 'MOTICONDADMRSA', ''), b.v ->> 'DTEFFAVISCONDADMRSA'
    FROM foyers f CROSS JOIN LATERAL jsonb_path_query(f.detail, '{_AVIS}.ConditionAdministrative[*]') b (v)
    WHERE b.v ->> 'AVISCONDADMRSA' IN ('D', 'S') AND f.etat NOT IN ('1', '5', '6')
    UNION ALL
    SELECT f.foyer_id, 'paiement_tiers', b.v ->> 'DTAVISDESTPAIRSA'
    FROM foyers f CROSS JOIN LATERAL jsonb_path_query(f.detail, '{_AVIS}.PaiementTiers') b (v)
    WHERE b.v ->> 'AVISDESTPAIRSA' = 'D' AND f.etat NOT IN ('1', '5', '6')
), personnelles AS (
    SELECT c.personne_id, c.foyer_id, p.detail, f.etat, f.motif
    FROM caf_constat_face c JOIN foyers f USING (foyer_id)
    JOIN personnes_droitpersonne p ON p.personne_id = c.fiche AND p.foyer_id = c.foyer_id AND p.fin IS NULL
    WHERE p.detail ? 'AvisPCGPersonne' AND f.etat NOT IN ('1', '5', '6')
), toutes AS (
    SELECT c.personne_id, d.* FROM demandes d JOIN caf_constat_face c USING (foyer_id) WHERE c.role = 'dem'
    UNION ALL
    SELECT p.personne_id, p.foyer_id, 'ressources_non_salarie', b.v ->> 'DTSOURESSNONSAL' FROM personnelles p
    CROSS JOIN LATERAL jsonb_path_query(p.detail, '$.AvisPCGPersonne.ConditionETI') b (v)
    WHERE b.v ->> 'AVISEVARESSNONSAL' = 'D'
    UNION ALL
    SELECT p.personne_id, p.foyer_id, 'derogation_' || coalesce(b.v ->> 'TYPEDERO', ''), b.v ->> 'DDAVISDERO'
    FROM personnelles p CROSS JOIN LATERAL jsonb_path_query(p.detail, '$.AvisPCGPersonne.Derogation[*]') b (v)
    WHERE b.v ->> 'AVISDERO' = 'D'
    UNION ALL
    SELECT p.personne_id, p.foyer_id, 'liberalites', b.v ->> 'DTABSDECLLIBER' FROM personnelles p
    CROSS JOIN LATERAL jsonb_path_query(p.detail, '$.AvisPCGPersonne.Liberalite') b (v)
    WHERE p.etat = '0' OR p.etat = '4' AND p.motif = 'CV'
)
SELECT personne_id, '{H.DECISION_ATTENDUE_CAF}' AS echeance, min(foyer_id) AS foyer_id,
       jsonb_agg(DISTINCT code ORDER BY code) AS objets, '' AS sens, NULL::bigint AS mesure,
       min(depuis) FILTER (WHERE depuis ~ {_JOUR}) AS depuis, true AS peut_revenir
FROM toutes GROUP BY personne_id
"""

# What the body withholds from a household as a sanction.
_SANCTIONS: Final = f"""
CREATE TEMP TABLE caf_sanction AS
WITH foyers AS (
    SELECT d.foyer_id, d.etat, d.motif, d.detail
    FROM (SELECT DISTINCT foyer_id FROM caf_constat_face) f
    JOIN personnes_droitfoyer d ON d.foyer_id = f.foyer_id AND d.fin IS NULL
), montants AS (
    SELECT foyer_id, etat, detail #>> '{{DetailDroitRSA,MontantsCalculDroitRSA,MTREDCGRSA}}' AS retenu FROM foyers
), vus AS (
    SELECT f.foyer_id, 'versement_' || (b.v ->> 'MOTISUSVERSRSA') AS code FROM foyers f
    CROSS JOIN LATERAL jsonb_path_query(f.detail, '$.SituationDossierRSA.SuspensionVersement[*]') b (v)
    WHERE f.etat = '4' AND b.v ->> 'MOTISUSVERSRSA' IN ({_liste(MOTIFS_SANCTION_VERSEMENT)})
    UNION ALL
    SELECT f.foyer_id, 'droit_' || (b.v ->> 'MOTISUSDRORSA') FROM foyers f
    CROSS JOIN LATERAL jsonb_path_query(f.detail, '$.SituationDossierRSA.SuspensionDroit[*]') b (v)
    WHERE f.etat = '3' AND b.v ->> 'MOTISUSDRORSA' IN ({_liste(MOTIFS_SANCTION_DROIT)})
    UNION ALL
    SELECT foyer_id, 'reduction' FROM montants
    WHERE etat IN ('2', '3', '4') AND CASE WHEN retenu ~ {_MONTANT} THEN retenu::numeric > 0 ELSE false END
    UNION ALL
    SELECT f.foyer_id, 'reduction' FROM foyers f
    CROSS JOIN LATERAL jsonb_path_query(f.detail, '{_AVIS}.ReductionRSA[*]') b (v)
    WHERE f.etat IN ('2', '3', '4') AND coalesce(b.v ->> 'DDREDRSA', '') <= %(ref)s::text
      AND coalesce(nullif(b.v ->> 'DFREDRSA', ''), '9999') >= %(ref)s::text
    UNION ALL
    SELECT f.foyer_id, 'condition_NR' FROM foyers f
    CROSS JOIN LATERAL jsonb_path_query(f.detail, '{_AVIS}.ConditionAdministrative[*]') b (v)
    WHERE f.etat IN ('2', '3', '4') AND b.v ->> 'MOTICONDADMRSA' = 'NR' AND b.v ->> 'AVISCONDADMRSA' = 'R'
    UNION ALL
    SELECT foyer_id, '{CLOTURE_DECIDEE}' FROM foyers WHERE etat IN ('5', '6') AND motif = 'PCG'
)
SELECT foyer_id, jsonb_agg(DISTINCT code ORDER BY code) AS objets FROM vus GROUP BY foyer_id
"""

_COURANTES: Final = f"'{StatutMesure.DECIDEE}', '{StatutMesure.TERMINEE}'"
# Our decisions, on the households of those they bear on. What is lifted or undone still explains its last month.
_MESURES: Final = f"""
CREATE TEMP TABLE caf_mesure AS
WITH racines AS ({RACINES})
SELECT m.id, c.personne_id, c.foyer_id, m.nature, coalesce(l.effet, m.debut) AS debut, m.fin,
       m.debut <= %(ref)s AND coalesce(m.fin > %(ref)s::date - interval '1 month', true) AS couvre,
       m.procedure_id IS NULL OR m.transmise_le IS NOT NULL AS dite
FROM devoirs_mesuredecidee m LEFT JOIN racines r ON r.id = m.personne_id
LEFT JOIN LATERAL (
    SELECT min(effet) AS effet FROM devoirs_lignecaisse
    WHERE mesure_id = m.id AND genre IN ('{GenreLigne.APPLIQUER}', '{GenreLigne.FIN_DE_DROIT}')
      AND etat NOT IN ('{EtatTransmission.PREPAREE}', '{EtatTransmission.REJETEE}')
) l ON true
JOIN caf_constat_face c ON c.personne_id = coalesce(r.racine, m.personne_id)
WHERE m.statut IN ({_COURANTES})
   OR coalesce(m.levee_le, m.annulee_le) >= date_trunc('month', %(ref)s::date)
"""
_VUES: Final = """
UPDATE devoirs_mesuredecidee d SET vue_le = %(ref)s
FROM caf_mesure m JOIN caf_sanction s USING (foyer_id)
WHERE d.id = m.id AND m.couvre AND d.vue_le IS NULL
"""

# Seen there and not decided here; decided here, told, and still not seen once its month of effect is over; and what
# ``reductions`` found. The one that costs the person most is put first.
_DESACCORDS: Final = f"""
INSERT INTO caf_constat (personne_id, echeance, foyer_id, objets, sens, mesure, depuis, peut_revenir)
SELECT DISTINCT ON (personne_id) personne_id, '{H.SANCTION_A_RAPPROCHER}', foyer_id, objets, sens, mesure, depuis,
       peut_revenir
FROM (
    SELECT c.personne_id, s.foyer_id, s.objets, 'vue' AS sens, NULL::bigint AS mesure, NULL AS depuis,
           NOT s.objets <@ '["{CLOTURE_DECIDEE}"]' AS peut_revenir
    FROM caf_sanction s JOIN caf_constat_face c ON c.foyer_id = s.foyer_id AND c.role = 'dem'
    WHERE NOT EXISTS (SELECT FROM caf_mesure m WHERE m.foyer_id = s.foyer_id AND m.couvre)
      AND NOT EXISTS (SELECT FROM caf_desaccord x WHERE x.foyer_id = s.foyer_id AND x.sens = '{MAINTENUE}')
    UNION ALL
    SELECT personne_id, foyer_id, objets, sens, mesure, depuis, peut_revenir FROM caf_desaccord
    UNION ALL
    SELECT m.personne_id, m.foyer_id, jsonb_build_array(m.nature), 'absente', m.id, m.debut::text,
           coalesce(m.fin > %(ref)s, true)
    FROM caf_mesure m JOIN devoirs_mesuredecidee d ON d.id = m.id
    WHERE d.vue_le IS NULL AND m.dite AND d.statut IN ({_COURANTES})
      AND %(ref)s >= date_trunc('month', m.debut) + interval '1 month'
      AND coalesce(m.fin + interval '{MOIS_APRES_LA_FIN} months' > %(ref)s, true)
) trouves ORDER BY personne_id, array_position(ARRAY[{", ".join(f"'{sens}'" for sens in ORDRE)}], sens), mesure DESC
"""

_OUVERTES: Final = f"""
CREATE TEMP TABLE caf_constat_ouvert AS
SELECT e.personne_id, e.genre AS echeance, e.objet_id, coalesce(v.donnees -> 'objets', '[]') AS objets,
       coalesce(v.donnees ->> 'sens', '') AS sens, (v.donnees ->> 'mesure')::bigint AS mesure
FROM parcours_echeance e JOIN parcours_evenement v ON v.id = e.evenement_id
WHERE e.fermee_le IS NULL AND e.personne_id IN (SELECT personne_id FROM caf_constat_qui)
  AND e.genre IN ('{H.DECISION_ATTENDUE_CAF}', '{H.SANCTION_A_RAPPROCHER}', '{H.MAJORATION_A_REVOIR}')
"""

# Ours to answer: not said yet, or said otherwise, or answered long enough ago to be said again.
_APPARUS: Final = f"""
INSERT INTO caf_fait (personne_id, foyer_id, ordre, genre, donnees)
WITH racines AS ({RACINES}), reponses AS (
    SELECT DISTINCT ON (1, 2) coalesce(r.racine, e.personne_id) AS personne_id,
           CASE e.genre WHEN '{E.DECISION_TRANSMISE}' THEN '{H.DECISION_ATTENDUE_CAF}'
                ELSE '{H.SANCTION_A_RAPPROCHER}' END AS echeance,
           coalesce(e.donnees -> 'objets', '[]') AS objets, coalesce(e.donnees ->> 'sens', '') AS sens,
           (e.donnees ->> 'mesure')::bigint AS mesure, e.survenu_le
    FROM parcours_evenement e LEFT JOIN racines r ON r.id = e.personne_id
    WHERE e.genre IN ('{E.DECISION_TRANSMISE}', '{E.SANCTION_RAPPROCHEE}')
      AND coalesce(r.racine, e.personne_id) IN (SELECT personne_id FROM caf_constat)
      AND NOT EXISTS (SELECT FROM parcours_evenement a WHERE a.genre = '{E.ANNULATION}' AND a.objet_id = e.id
                      AND a.objet_type = 'evenement')
    ORDER BY 1, 2, e.id DESC
)
SELECT c.personne_id, c.foyer_id, 100,
       CASE c.echeance WHEN '{H.DECISION_ATTENDUE_CAF}' THEN '{E.DECISION_ATTENDUE}'
            ELSE '{E.SANCTION_CONSTATEE}' END,
       jsonb_strip_nulls(jsonb_build_object('objets', c.objets, 'depuis', c.depuis, 'sens', nullif(c.sens, ''),
                                            'mesure', c.mesure))
FROM caf_constat c
LEFT JOIN caf_constat_ouvert o USING (personne_id, echeance)
LEFT JOIN reponses r USING (personne_id, echeance)
WHERE (c.sens <> 'absente' OR %(mensuel)s)
  AND CASE WHEN o.personne_id IS NOT NULL
           THEN (o.objets, o.sens, o.mesure) IS DISTINCT FROM (c.objets, c.sens, c.mesure)
           ELSE r.personne_id IS NULL OR NOT (c.objets <@ r.objets AND c.sens = r.sens
                                              AND c.mesure IS NOT DISTINCT FROM r.mesure)
                OR c.peut_revenir AND %(ref)s > r.survenu_le + %(delai_reponse)s::interval END
"""

_LEVES: Final = f"""
INSERT INTO caf_fait (personne_id, foyer_id, ordre, genre, donnees)
SELECT o.personne_id, f.foyer_id, 101, '{E.ECART_LEVE}', jsonb_build_object('echeance', o.echeance)
FROM caf_constat_ouvert o
JOIN (SELECT personne_id, min(foyer_id) AS foyer_id FROM caf_constat_face GROUP BY 1) f USING (personne_id)
WHERE CASE o.echeance
      WHEN '{H.MAJORATION_A_REVOIR}' THEN EXISTS (
          SELECT FROM caf_constat_face e JOIN caf_constat_face p USING (foyer_id)
          WHERE e.personne_id = o.objet_id AND p.personne_id = o.personne_id)
      ELSE NOT EXISTS (SELECT FROM caf_constat c WHERE c.personne_id = o.personne_id AND c.echeance = o.echeance) END
"""

# R67: a child gone from a household whose allowance was raised for a lone parent. Said once per child.
_MAJORATIONS: Final = f"""
INSERT INTO caf_fait (personne_id, foyer_id, ordre, genre, donnees)
SELECT DISTINCT ON (c.personne_id) c.personne_id, a.foyer_id, 102, '{E.MAJORATION_EN_DOUTE}',
       jsonb_build_object('enfant', a.personne_id)
FROM personnes_appartenance a
JOIN caf_lien l ON l.foyer_id = a.foyer_id AND l.actuel AND NOT l.nouveau
JOIN caf_constat_face c ON c.foyer_id = a.foyer_id AND c.role = 'dem'
JOIN parcours_situation s ON s.personne_id = c.personne_id AND s.soumis
WHERE a.role = 'enf' AND a.fin <= %(ref)s AND a.fin > %(ref)s::date - interval '2 months'
  AND NOT EXISTS (SELECT FROM personnes_appartenance x
                  WHERE x.personne_id = a.personne_id AND x.foyer_id = a.foyer_id AND x.fin IS NULL)
  AND EXISTS (SELECT FROM personnes_droitfoyer d
              CROSS JOIN LATERAL jsonb_path_query(d.detail, '$.DetailDroitRSA.DetailCalculDroitRSA[*]') b (v)
              WHERE d.foyer_id = a.foyer_id AND (d.fin IS NULL OR d.fin >= a.fin)
                AND (b.v ->> 'NATPF' IN ('RSI', 'RCI') OR b.v ->> 'SOUSNATPF' ~ '^R[SC](I|[UB][ND]1)'))
  AND NOT EXISTS (SELECT FROM parcours_evenement e
                  WHERE e.personne_id = c.personne_id AND e.genre = '{E.MAJORATION_EN_DOUTE}'
                    AND e.donnees -> 'enfant' = to_jsonb(a.personne_id))
ORDER BY c.personne_id, a.personne_id
"""

# A right that ends while appointments stand: the event says it, the path asks what follows.
_RENDEZ_VOUS: Final = f"""
UPDATE caf_fait f SET donnees = f.donnees || '{{"rendez_vous": true}}'
WHERE f.genre IN ('{E.DROIT_CLOS}', '{E.FIN_SDD}') AND EXISTS (
    SELECT FROM rendezvous_rendezvous r
    WHERE r.statut = '{StatutRendezVous.PREVU}' AND r.debut > %(le)s
      AND (r.personne_id = f.personne_id
           OR r.personne_id IN (SELECT p.id FROM personnes_personne p WHERE p.canonique_id = f.personne_id)))
"""
# E32: the refusal for the death of the demandeur is not the death of the others.
_SURVIVANTS: Final = f"""
UPDATE caf_fait SET donnees = donnees || '{{"motif_sortie": "{MotifSortie.AUTRE}"}}'
WHERE genre = '{E.DROIT_CLOS}' AND donnees ->> 'motif_sortie' = '{MotifSortie.DECES}'
"""


# A few columns only: the JSON ones would take a hundred times longer.
_ANALYSE: Final = """
ANALYZE personnes_appartenance (personne_id, foyer_id, fin), personnes_droitfoyer (foyer_id, fin),
        personnes_droitpersonne (personne_id, foyer_id, fin)
"""


def constater(contexte: Contexte) -> None:
    """Add to ``caf_fait`` what the file and our records disagree on, and what it no longer shows."""
    executer(_SURVIVANTS, contexte)
    executer(_RENDEZ_VOUS, contexte)
    combien = executer(_QUI, contexte)
    executer("ANALYZE caf_constat_qui", contexte)
    if combien > _BEAUCOUP:  # the planner believes the tables filled just now to be empty
        executer(_ANALYSE, contexte)
    executer(_FACES, contexte)
    executer("CREATE INDEX ON caf_constat_face (foyer_id); ANALYZE caf_constat_face", contexte)
    executer(_ATTENDUS, contexte)
    executer(_SANCTIONS, contexte)
    executer(_MESURES, contexte)
    executer(_VUES, contexte)
    comparer_les_mesures(contexte)
    executer(_DESACCORDS, contexte)
    executer(_OUVERTES, contexte)
    delai = f"{entier('reponse_caisse_mois', au=contexte.recu_le)} months"
    executer(_APPARUS, contexte, mensuel=contexte.mensuel, delai_reponse=delai)
    executer(_LEVES, contexte)
    executer(_MAJORATIONS, contexte)
