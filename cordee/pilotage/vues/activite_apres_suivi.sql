-- Les personnes soumises il y a six mois et leur activité au jour dit. intensives : leur accompagnement intensif a commencé dans les
-- douze mois d'avant. Ce groupe a été choisi, l'autre non : un écart entre eux n'est pas un effet.
WITH presentes AS (
    SELECT DISTINCT c.au, p.personne_id
    FROM contexte c
    JOIN periodes_sdd p ON p.debut <= c.il_y_a_6_mois AND c.il_y_a_6_mois < p.fin
    WHERE c.publie
),
intensifs AS (
    SELECT c.au, k.personne_id
    FROM contexte c
    JOIN contrats k ON k.intensite = 'intensive' AND k.debut > c.il_y_a_18_mois AND k.debut <= c.il_y_a_6_mois
    WHERE c.publie
    GROUP BY c.au, k.personne_id
),
dites AS (
    SELECT p.au, p.personne_id,
        max(CASE WHEN x.en_activite THEN 1 ELSE 0 END) AS actives,
        max(CASE WHEN x.en_activite IS NOT NULL THEN 1 ELSE 0 END) AS dites
    FROM presentes p
    JOIN activites x ON x.personne_id = p.personne_id AND x.debut <= p.au AND p.au < x.fin
    GROUP BY p.au, p.personne_id
)
SELECT
    p.au, p.personne_id,
    i.personne_id IS NOT NULL AS intensive,
    CASE WHEN d.actives = 1 THEN TRUE WHEN d.dites = 1 AND s.personne_id IS NOT NULL THEN FALSE END AS en_activite
FROM presentes p
LEFT JOIN intensifs i ON i.au = p.au AND i.personne_id = p.personne_id
LEFT JOIN dites d ON d.au = p.au AND d.personne_id = p.personne_id
LEFT JOIN sdd s ON s.au = p.au AND s.personne_id = p.personne_id AND s.soumise
