-- Plan pauvreté, à chaque fin de mois : les adultes d'un foyer dont le droit est ouvert et versable (DOV) ; sdd :
-- soumises.
WITH versables AS (
    SELECT DISTINCT c.au, a.personne_id
    FROM contexte c
    JOIN droits_foyers f ON f.etat = '2' AND f.debut <= c.au AND c.au < f.fin
    JOIN appartenances a
        ON a.foyer_id = f.foyer_id AND a.role IN ('dem', 'cjt') AND a.debut <= c.au AND c.au < a.fin
    JOIN personnes q ON q.id = a.personne_id AND (q.deces_le IS NULL OR q.deces_le > c.au)
),
soumises AS (
    SELECT au, personne_id FROM population WHERE soumise AND versable
)
SELECT
    coalesce(s.au, v.au) AS au, coalesce(s.personne_id, v.personne_id) AS personne_id, s.personne_id IS NOT NULL AS sdd
FROM versables v
FULL OUTER JOIN soumises s ON s.au = v.au AND s.personne_id = v.personne_id
