-- Par structure et par trimestre : combien d'échanges directs d'accompagnement par personne suivie au moins un jour, et la part
-- des personnes suivies qu'une autre structure a reçues ensuite (réorientations).
WITH trimestres AS (
    SELECT DISTINCT date_trunc('quarter', e.jour) AS trimestre
    FROM contexte c
    JOIN evenements e ON e.jour > c.il_y_a_5_ans AND e.jour <= c.au
    WHERE c.publie
),
suivies_du_trimestre AS (
    SELECT DISTINCT r.structure_id, CAST(t.trimestre AS DATE) AS trimestre, r.personne_id
    FROM trimestres t
    JOIN rattachements r
        ON r.finalite = 'referent' AND r.debut < CAST(t.trimestre AS DATE) + 92 AND r.fin > CAST(t.trimestre AS DATE)
),
echanges_du_trimestre AS (
    SELECT
        r.structure_id, CAST(date_trunc('quarter', e.jour) AS DATE) AS trimestre, e.personne_id, count(*) AS n
    FROM contexte c
    JOIN echanges e ON e.accompagnement AND e.jour > c.il_y_a_5_ans AND e.jour <= c.au
    JOIN rattachements r
        ON r.finalite = 'referent' AND r.personne_id = e.personne_id AND r.debut <= e.jour AND e.jour < r.fin
    WHERE c.publie
    GROUP BY r.structure_id, CAST(date_trunc('quarter', e.jour) AS DATE), e.personne_id
),
changements AS (
    SELECT DISTINCT o.structure_id, CAST(date_trunc('quarter', o.fin) AS DATE) AS trimestre, o.personne_id
    FROM orientations o
    JOIN orientations s
        ON s.personne_id = o.personne_id AND s.debut = o.fin AND s.structure_id <> o.structure_id
)
SELECT
    s.structure_id, s.trimestre AS jour, s.personne_id,
    CAST(coalesce(e.n, 0) AS DOUBLE) AS frequence,
    CASE WHEN x.personne_id IS NULL THEN 0.0 ELSE 100.0 END AS reorientation
FROM suivies_du_trimestre s
LEFT JOIN echanges_du_trimestre e
    ON e.structure_id = s.structure_id AND e.trimestre = s.trimestre AND e.personne_id = s.personne_id
LEFT JOIN changements x
    ON x.structure_id = s.structure_id AND x.trimestre = s.trimestre AND x.personne_id = s.personne_id
