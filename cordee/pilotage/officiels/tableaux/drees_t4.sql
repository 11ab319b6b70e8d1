-- code: drees_t4
-- famille: drees
-- numero: 4
-- titre: Contrats en cours qui comportent au moins une action de chaque nature
-- unite: contrats
-- perimetre: sdd_drees
-- source: DREES, enquête sur l'orientation et l'accompagnement, tableau 4
-- lignes:
--   total | Contrats en cours | Contrats en cours au 31 décembre de personnes de l'univers orientées hors France
--       Travail
--   @natures_drees
--   nc | Aucune action codée | Contrats dont aucune action n'a de nature : écrite en clair, ou annoncés par un
--       partenaire
-- colonnes:
--   cer | CER | Au moins une action de cette nature, comptée une fois
--   engagement | Contrat d'engagement | Au moins une action de cette nature, comptée une fois
-- notes:
--   Un contrat compte à chacune de ses natures : les lignes dépassent le total.
--   La nature vient du code de l'action ou de l'objectif ; à défaut, de la famille d'activité quand elle n'en recouvre
--       qu'une (formation, mise en situation, recherche d'emploi, activité). Les autres restent « non codées ».
WITH en_cours AS (
    SELECT k.serie, k.contrat_id, k.personne_id
    FROM of_drees d
    CROSS JOIN exercice x
    JOIN of_contrats_valides k ON k.au = x.fin AND k.personne_id = d.personne_id AND k.serie IN ('cer', 'engagement')
    WHERE d.cote <> 'ft'
),
codees AS (
    SELECT DISTINCT c.serie, c.contrat_id, n.drees
    FROM en_cours c
    JOIN of_natures n ON n.contrat_id = c.contrat_id AND n.drees IS NOT NULL
)
SELECT 'total' AS ligne, serie AS colonne, count(*) AS valeur FROM en_cours GROUP BY serie
UNION ALL
SELECT concat('nature.', drees) AS ligne, serie AS colonne, count(*) AS valeur FROM codees GROUP BY drees, serie
UNION ALL
SELECT 'nc' AS ligne, c.serie AS colonne, count(*) AS valeur
FROM en_cours c
LEFT JOIN (SELECT DISTINCT contrat_id FROM codees) n ON n.contrat_id = c.contrat_id
WHERE n.contrat_id IS NULL
GROUP BY c.serie
