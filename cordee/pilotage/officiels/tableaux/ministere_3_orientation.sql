-- code: ministere_3_orientation
-- famille: ministere
-- numero: 3 (orientation)
-- titre: Délai de la première orientation
-- unite: personnes
-- perimetre: sdd_operationnel
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 3
-- lignes:
--   primo | Personnes orientées pour la toute première fois dans l'année | Leur première orientation, toutes années
--       confondues, est de l'année
--   > primo_mesurees | dont délai mesuré | Entrée connue, avant l'orientation
--   > primo_avant | dont orientées avant le mois de leur entrée | Délai négatif, compté à part
--   > primo_nc | dont entrée non connue | Délai non mesuré
--   ~ delai_orientation | Délai moyen de la demande à la première orientation (jours) | primo_mesurees | Du premier
--       jour du mois de la demande à la décision
-- colonnes:
--   ensemble | Personnes | Dans l'année
-- parties:
--   lignes: primo = primo_mesurees + primo_avant + primo_nc
WITH premieres AS (
    SELECT o.personne_id, min(o.decidee_le) AS decidee_le FROM of_orientations_lues o GROUP BY o.personne_id
),
primo AS (
    SELECT
        p.personne_id,
        CASE WHEN t.entree IS NULL THEN 'primo_nc'
             WHEN p.decidee_le < CAST(date_trunc('month', t.entree) AS DATE) THEN 'primo_avant'
             ELSE 'primo_mesurees' END AS ligne,
        datediff('day', CAST(date_trunc('month', t.entree) AS DATE), p.decidee_le) AS jours
    FROM premieres p
    JOIN of_ministere m ON m.personne_id = p.personne_id
    JOIN exercice x ON p.decidee_le >= x.debut AND p.decidee_le <= x.fin
    LEFT JOIN of_traits t ON t.personne_id = p.personne_id
),
mesures AS (
    SELECT 'primo' AS ligne, 1 AS valeur FROM primo
    UNION ALL
    SELECT ligne, 1 AS valeur FROM primo
    UNION ALL
    SELECT 'delai_orientation' AS ligne, jours AS valeur FROM primo WHERE ligne = 'primo_mesurees'
)
SELECT ligne, 'ensemble' AS colonne, sum(valeur) AS valeur FROM mesures GROUP BY ligne
