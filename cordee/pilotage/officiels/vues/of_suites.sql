-- Les orientations de la période et ce qui les a suivies jusqu'à la date d'arrêté : premier rendez-vous avec
-- l'organisme référent, premier contrat. avant : un contrat signé moins de deux mois avant la décision, compté à part.
WITH prises AS (
    SELECT o.id, o.personne_id, o.voie, o.operateur, o.decidee_le, o.cote_avant IS NULL AS premiere
    FROM of_orientations_lues o
    JOIN exercice x ON o.decidee_le > x.veille AND o.decidee_le <= x.arrete
),
premiers_rendez_vous AS (
    SELECT p.id, min(r.jour) AS rdv_le, min_by(r.statut, {'jour': r.jour, 'id': r.id}) AS statut
    FROM prises p
    JOIN exercice x ON TRUE
    JOIN rendez_vous r
        ON r.personne_id = p.personne_id AND r.jour >= p.decidee_le AND r.jour <= x.arrete
        AND r.genre IN ('accompagnement', 'contrat') AND r.statut <> 'annule'
    GROUP BY p.id
),
signatures AS (
    SELECT
        p.id,
        min(CASE WHEN k.signe_le >= p.decidee_le THEN k.signe_le END) AS contrat_le,
        max(CASE WHEN k.signe_le < p.decidee_le THEN 1 ELSE 0 END) = 1 AS avant
    FROM prises p
    JOIN exercice x ON TRUE
    JOIN of_contrats_lus k
        ON k.personne_id = p.personne_id AND k.signe_le >= p.decidee_le - 61 AND k.signe_le <= x.arrete
        AND k.debut <= x.arrete
    GROUP BY p.id
)
SELECT
    p.id, p.personne_id, p.voie, p.operateur, p.decidee_le, p.premiere, r.rdv_le, r.statut, s.contrat_le,
    s.contrat_le IS NULL AND coalesce(s.avant, FALSE) AS avant
FROM prises p
LEFT JOIN premiers_rendez_vous r ON r.id = p.id
LEFT JOIN signatures s ON s.id = p.id
