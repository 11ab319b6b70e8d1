-- Chaque sortie et sa cause, lue sur l'état du droit à la sortie, celui d'avant, et ce que disent les agents. Une cause qu'aucune source
-- ne dit est inconnue. La fermeture faute de pièces et la sanction sont des sorties, non des réussites.
WITH finies AS (
    SELECT personne_id, foyer_id, debut, fin AS jour, retour_le FROM sejours WHERE fin < DATE '9999-12-31'
),
etats AS (
    SELECT f.personne_id, f.jour,
        max(CASE WHEN d.debut <= f.jour THEN d.etat END) AS etat,
        max(CASE WHEN d.debut <= f.jour THEN d.motif END) AS motif
    FROM finies f
    JOIN droits_foyers d ON d.foyer_id = f.foyer_id AND d.debut <= f.jour AND f.jour < d.fin
    GROUP BY f.personne_id, f.jour
),
avant AS (
    SELECT f.personne_id, f.jour, max(d.motif) AS motif
    FROM finies f
    JOIN droits_foyers d ON d.foyer_id = f.foyer_id AND d.fin = f.jour AND d.etat IN ('3', '4')
    GROUP BY f.personne_id, f.jour
),
emplois AS (
    SELECT f.personne_id, f.jour, max(CASE WHEN x.en_activite THEN 1 ELSE 0 END) AS en_activite
    FROM finies f
    JOIN activites x ON x.personne_id = f.personne_id AND x.debut <= f.jour + 92 AND x.fin > f.jour
        AND (x.source <> 'caisse' OR x.debut <= f.jour)
    GROUP BY f.personne_id, f.jour
),
codes AS (
    SELECT f.personne_id, f.jour, max(d.activite) AS activite
    FROM finies f
    JOIN droits_personnes d
        ON d.personne_id = f.personne_id AND d.foyer_id = f.foyer_id AND d.debut <= f.jour AND f.jour < d.fin
    GROUP BY f.personne_id, f.jour
),
departs AS (
    SELECT DISTINCT f.personne_id, f.jour
    FROM finies f
    JOIN departs_dits d ON d.personne_id = f.personne_id AND d.jour >= f.jour - 62 AND d.jour <= f.jour + 62
)
SELECT
    f.personne_id, f.debut, f.jour, f.retour_le,
    CASE WHEN q.deces_le <= f.jour + 62 THEN 'deces'
         WHEN e.motif = 'PCG' THEN 'sanction'
         WHEN e.motif = 'MUT' OR m.personne_id IS NOT NULL THEN 'demenagement'
         WHEN x.en_activite = 1 THEN 'emploi'
         WHEN k.activite IN ('RET', 'PRE', 'INV') OR a.motif = '35'
              OR e.motif = 'RAU' AND k.activite IN ('MAL', 'MLD', 'INP', 'INF', 'HAN') THEN 'retraite_aah'
         WHEN e.motif = 'RFD' OR a.motif IN ('01', '05', 'DB') THEN 'ressources'
         WHEN a.motif IN ('06', '36', '09', '04', 'DE', 'DF', 'DK', 'DL', 'DM', 'DQ', 'GC', 'GI', 'GE') THEN 'pieces'
         WHEN e.motif IN ('RAU', 'RGD', 'RST', 'RSO', 'EFF') OR e.etat IN ('2', '3', '4') THEN 'autre'
         ELSE 'inconnue' END AS cause
FROM finies f
JOIN personnes q ON q.id = f.personne_id
LEFT JOIN etats e ON e.personne_id = f.personne_id AND e.jour = f.jour
LEFT JOIN avant a ON a.personne_id = f.personne_id AND a.jour = f.jour
LEFT JOIN emplois x ON x.personne_id = f.personne_id AND x.jour = f.jour
LEFT JOIN codes k ON k.personne_id = f.personne_id AND k.jour = f.jour
LEFT JOIN departs m ON m.personne_id = f.personne_id AND m.jour = f.jour
