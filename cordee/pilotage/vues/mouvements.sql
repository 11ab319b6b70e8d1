-- Qui entre, revient ou sort entre la photo précédente (veille_mois) et le jour dit. Soumises d'avant + entrées + retours
-- - sorties = soumises du jour : les trois se lisent sur les mêmes lignes de droits.
WITH presentes AS (
    SELECT au, personne_id FROM sdd WHERE soumise
),
venues AS (
    SELECT c.au, p.personne_id, c.veille_mois, c.retour_depuis
    FROM contexte c
    JOIN presentes p ON p.au = c.au
    LEFT JOIN presentes v ON v.au = c.veille_mois AND v.personne_id = p.personne_id
    WHERE c.publie AND v.personne_id IS NULL
),
deja AS (
    SELECT DISTINCT n.au, n.personne_id
    FROM venues n
    JOIN periodes_sdd d ON d.personne_id = n.personne_id AND d.debut <= n.veille_mois AND d.fin > n.retour_depuis
)
SELECT n.au, n.personne_id, CASE WHEN d.personne_id IS NULL THEN 'entree' ELSE 'retour' END AS mouvement
FROM venues n
LEFT JOIN deja d ON d.au = n.au AND d.personne_id = n.personne_id
UNION ALL
SELECT c.au, v.personne_id, 'sortie' AS mouvement
FROM contexte c
JOIN presentes v ON v.au = c.veille_mois
LEFT JOIN presentes p ON p.au = c.au AND p.personne_id = v.personne_id
WHERE c.publie AND p.personne_id IS NULL
