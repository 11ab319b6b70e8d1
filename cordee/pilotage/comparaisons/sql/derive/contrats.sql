-- Par contrat entré en vigueur : la structure, le jour, s'il porte au moins une action dont la nature est connue, combien de
-- natures différentes, et dans quelle famille : formation, emploi (recherche, insertion par l'activité, création, emploi),
-- difficultés à lever (toutes les autres natures de la DREES).
WITH natures AS (
    SELECT
        contrat_id,
        count(DISTINCT drees) AS n,
        max(CASE WHEN drees = 'formation' THEN 1 ELSE 0 END) AS formation,
        max(CASE WHEN drees IN ('recherche', 'iae', 'creation', 'emploi_aide', 'emploi') THEN 1 ELSE 0 END) AS emploi,
        max(CASE WHEN drees NOT IN ('formation', 'recherche', 'iae', 'creation', 'emploi_aide', 'emploi') THEN 1 ELSE 0 END)
            AS difficultes
    FROM actions_contrats
    WHERE drees IS NOT NULL
    GROUP BY contrat_id
)
SELECT
    k.structure_id, k.debut AS jour, k.personne_id,
    CASE WHEN a.n > 0 THEN 100.0 ELSE 0.0 END AS action,
    CAST(coalesce(a.n, 0) AS DOUBLE) AS natures,
    100.0 * coalesce(a.formation, 0) AS formation,
    100.0 * coalesce(a.emploi, 0) AS emploi,
    100.0 * coalesce(a.difficultes, 0) AS difficultes
FROM contexte c
JOIN contrats_details k ON k.debut > c.il_y_a_5_ans AND k.debut <= c.au
LEFT JOIN natures a ON a.contrat_id = k.contrat_id
WHERE c.publie
