-- code: drees_t3
-- famille: drees
-- numero: 3
-- titre: Durée des contrats en cours au 31 décembre, hors France Travail
-- unite: contrats
-- perimetre: sdd_drees
-- source: DREES, enquête sur l'orientation et l'accompagnement, tableau 3
-- lignes:
--   total | Contrats en cours | Contrats en cours au 31 décembre de personnes de l'univers orientées hors France
--       Travail
--   > moins_6 | moins de 6 mois | En mois du calendrier, du début à la fin
--   > 6_12 | de 6 à moins de 12 mois | En mois du calendrier, du début à la fin
--   > 12_plus | 12 mois et plus | En mois du calendrier, du début à la fin
--   > nc | Durée non connue | Contrat annoncé par un partenaire sans son terme
-- colonnes:
--   cer | CER | Du début à la fin du contrat
--   engagement | Contrat d'engagement | Sans terme légal : du début à l'actualisation convenue
-- parties:
--   lignes: total = moins_6 + 6_12 + 12_plus + nc
-- notes:
--   Le contrat d'engagement n'a pas de terme (C. trav. L5411-6) : sa colonne dit le rythme convenu, elle ne prolonge
--       pas la série des CER.
--   La fin d'un CER est celle qui est enregistrée : un CER arrêté plus tôt que prévu après le 31 décembre change de
--       ligne. Un état publié ne bouge pas.
WITH termes AS (
    SELECT k.serie, k.debut, CASE WHEN k.serie = 'engagement' THEN k.actualisation_le ELSE k.fin END AS terme
    FROM of_drees d
    CROSS JOIN exercice x
    JOIN of_contrats_valides k ON k.au = x.fin AND k.personne_id = d.personne_id AND k.serie IN ('cer', 'engagement')
    WHERE d.cote <> 'ft'
),
durees AS (
    SELECT
        serie,
        CASE WHEN terme IS NULL OR terme >= DATE '9999-12-31' OR terme < debut THEN 'nc'
             WHEN terme < debut + INTERVAL '6' MONTH THEN 'moins_6'
             WHEN terme < debut + INTERVAL '12' MONTH THEN '6_12'
             ELSE '12_plus' END AS ligne
    FROM termes
)
SELECT ligne, serie AS colonne, count(*) AS valeur FROM durees GROUP BY ligne, serie
UNION ALL
SELECT 'total' AS ligne, serie AS colonne, count(*) AS valeur FROM durees GROUP BY serie
