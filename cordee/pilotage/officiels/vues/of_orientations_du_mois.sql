-- Les premières orientations décidées dans le mois, de personnes soumises à la fin du mois (droit versable) : jamais
-- une réorientation. recue_le : la dernière information d'ouverture reçue avant la décision, à défaut la première reçue
-- après.
WITH prises AS (
    SELECT m.mois, m.au, s.*
    FROM mois_officiels m
    JOIN of_suites s ON s.premiere AND s.decidee_le > m.veille AND s.decidee_le <= m.au
    JOIN of_presentes p ON p.au = m.au AND p.personne_id = s.personne_id AND p.sdd
    WHERE m.flux
),
receptions AS (
    SELECT
        p.id,
        coalesce(
            max(CASE WHEN o.recue_le <= p.decidee_le THEN o.recue_le END),
            min(CASE WHEN o.recue_le <= p.decidee_le + 61 THEN o.recue_le END)
        ) AS recue_le
    FROM prises p
    JOIN ouvertures o ON o.personne_id = p.personne_id
    GROUP BY p.id
)
SELECT
    p.mois, p.personne_id, p.voie, p.operateur, p.decidee_le, p.rdv_le, p.statut, p.contrat_le, p.avant, r.recue_le,
    p.decidee_le + 15 <= x.arrete AS quinzaine_echue, p.decidee_le + 61 <= x.arrete AS deux_mois_echus
FROM prises p
JOIN exercice x ON TRUE
LEFT JOIN receptions r ON r.id = p.id
