-- Par contrat entré en vigueur : la structure, le jour, s'il porte au moins une action dont la nature est connue, et combien de
-- natures différentes.
WITH natures AS (
    SELECT contrat_id, count(DISTINCT drees) AS n FROM actions_contrats WHERE drees IS NOT NULL GROUP BY contrat_id
)
SELECT
    k.structure_id, k.debut AS jour, k.personne_id,
    CASE WHEN a.n > 0 THEN 100.0 ELSE 0.0 END AS action,
    CAST(coalesce(a.n, 0) AS DOUBLE) AS natures
FROM contexte c
JOIN contrats_details k ON k.debut > c.il_y_a_5_ans AND k.debut <= c.au
LEFT JOIN natures a ON a.contrat_id = k.contrat_id
WHERE c.publie
