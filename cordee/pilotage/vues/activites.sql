-- Ce que l'on sait de l'emploi d'une personne, par périodes et par source. en_activite est vrai, faux, ou vide quand la source ne
-- le dit pas. caisse : l'activité transmise avec le droit ; après la fin du droit, la dernière connue. agent : une situation constatée,
-- jusqu'à la reprise du parcours. sortie : une fin de droit ou d'accompagnement dite vers un emploi, jusqu'au retour.
WITH caisse AS (
    SELECT d.personne_id, d.debut, d.fin, 'caisse' AS source,
        CASE WHEN d.salariee OR l.genre IN ('emploi', 'independante') THEN TRUE
             WHEN d.activite IS NULL AND d.salariee IS NULL OR l.genre = 'inconnue' THEN NULL
             ELSE FALSE END AS en_activite
    FROM droits_personnes d
    LEFT JOIN lecture_des_activites l ON l.activite = d.activite
),
sorties AS (
    SELECT e.personne_id, e.jour AS debut, coalesce(min(p.debut), DATE '9999-12-31') AS fin
    FROM sorties_emploi_dites e
    LEFT JOIN periodes_sdd p ON p.personne_id = e.personne_id AND p.debut > e.jour
    GROUP BY e.personne_id, e.jour
)
SELECT personne_id, debut, fin, source, en_activite FROM caisse
UNION ALL
SELECT personne_id, debut, fin, 'agent' AS source, TRUE AS en_activite FROM constats_d_emploi
UNION ALL
SELECT personne_id, debut, fin, 'sortie' AS source, TRUE AS en_activite FROM sorties
