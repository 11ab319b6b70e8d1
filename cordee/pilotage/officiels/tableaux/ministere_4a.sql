-- code: ministere_4a
-- famille: ministere
-- numero: 4a
-- titre: Motifs des réorientations vers un organisme hors du service public de l'emploi
-- unite: personnes
-- perimetre: toutes les personnes réorientées dans l'année
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 4a
-- lignes:
--   total | Réorientées hors du service public de l'emploi | Leur dernier changement de côté de l'année va dans ce sens
--   > inadaptee | Orientation initiale inadaptée | Des difficultés qui empêchent de chercher un emploi
--   > changement | Changement de situation | La situation a changé, un déménagement, la personne est prête à chercher
--   > autre | Autre motif | Souhait de la personne, désaccord avec l'accompagnement
--   > nc | Motif non connu | Aucune demande motivée n'accompagne la décision
-- colonnes:
--   ensemble | Personnes | Dans l'année
-- parties:
--   lignes: total = inadaptee + changement + autre + nc
WITH motivees AS (
    SELECT
        c.personne_id,
        max(CASE WHEN r.motif = 'freins' THEN 'inadaptee'
                 WHEN r.motif IN ('situation', 'demenagement', 'progres') THEN 'changement'
                 WHEN r.motif IS NOT NULL THEN 'autre' END) AS ligne
    FROM of_changements_de_cote c
    LEFT JOIN reorientations r ON r.orientation_id = c.orientation_id
    WHERE c.sens = 'vers_hors_spe'
    GROUP BY c.personne_id
)
SELECT 'total' AS ligne, 'ensemble' AS colonne, count(*) AS valeur FROM motivees
UNION ALL
SELECT coalesce(ligne, 'nc') AS ligne, 'ensemble' AS colonne, count(*) AS valeur
FROM motivees
GROUP BY coalesce(ligne, 'nc')
