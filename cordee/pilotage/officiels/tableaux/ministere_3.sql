-- code: ministere_3
-- famille: ministere
-- numero: 3 (signature)
-- titre: Délai de signature du premier contrat
-- unite: personnes
-- perimetre: sdd_operationnel
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 3
-- lignes:
--   signes | Premiers contrats signés dans l'année | Premier contrat de chaque série
--   > signes_mesures | dont orientation antérieure vers la même structure | Délai mesuré
--   > signes_sans | dont sans orientation antérieure vers la même structure | Délai négatif ou sans objet, compté à
--       part
--   ~ delai_signature | Délai moyen de l'orientation à la signature (jours) | signes_mesures | De l'orientation qui
--       précède la signature, vers la structure qui signe
--   # France Travail (PPAE avant 2025)
--   ppae | Contrats signés | Par une agence de l'opérateur de l'emploi, ou annoncés par elle
--   ~ delai_ppae | Délai moyen (jours) | ppae | De l'orientation à la signature
--   > ppae_1 | en un mois au plus | En mois du calendrier
--   > ppae_2 | de un à trois mois | En mois du calendrier
--   > ppae_3 | en plus de trois mois | En mois du calendrier
--   # Contrat professionnel (autre organisme du service public de l'emploi)
--   pro | Contrats signés | Mission locale, Cap emploi
--   ~ delai_pro | Délai moyen (jours) | pro | De l'orientation à la signature
--   > pro_1 | en un mois au plus | En mois du calendrier
--   > pro_2 | de un à trois mois | En mois du calendrier
--   > pro_3 | en plus de trois mois | En mois du calendrier
--   # Contrat socioprofessionnel ou social (hors service public de l'emploi)
--   social | Contrats signés | Département, CCAS, associations, opérateurs
--   ~ delai_social | Délai moyen (jours) | social | De l'orientation à la signature
--   > social_1 | en deux mois au plus | En mois du calendrier
--   > social_2 | de deux à quatre mois | En mois du calendrier
--   > social_3 | en plus de quatre mois | En mois du calendrier
-- colonnes:
--   ancienne | CER et PPAE (avant 2025) | Premier CER ou PPAE
--   engagement | Contrat d'engagement (depuis 2025) | Premier contrat d'engagement, tous organismes
-- parties:
--   lignes: signes = signes_mesures + signes_sans
--   lignes: signes_mesures = ppae + pro + social
--   lignes: ppae = ppae_1 + ppae_2 + ppae_3
--   lignes: pro = pro_1 + pro_2 + pro_3
--   lignes: social = social_1 + social_2 + social_3
-- notes:
--   Le délai de signature part de l'orientation qui précède la signature, jamais de la plus ancienne.
WITH signatures AS (
    SELECT
        k.personne_id, k.serie, k.cote, k.signe_le, max(o.decidee_le) AS decidee_le
    FROM of_premiers_contrats k
    JOIN of_ministere m ON m.personne_id = k.personne_id
    JOIN exercice x ON k.signe_le >= x.debut AND k.signe_le <= x.fin
    LEFT JOIN of_orientations_lues o
        ON o.personne_id = k.personne_id AND o.structure_id = k.structure_id AND o.decidee_le <= k.signe_le
    GROUP BY k.personne_id, k.serie, k.cote, k.signe_le
),
classees AS (
    SELECT
        CASE WHEN serie = 'engagement' THEN 'engagement' ELSE 'ancienne' END AS colonne,
        CASE WHEN cote = 'ft' THEN 'ppae' WHEN cote = 'spe' THEN 'pro' ELSE 'social' END AS groupe,
        datediff('day', decidee_le, signe_le) AS jours,
        CASE WHEN cote = 'hors_spe' THEN
                 CASE WHEN signe_le <= decidee_le + INTERVAL '2' MONTH THEN '1'
                      WHEN signe_le <= decidee_le + INTERVAL '4' MONTH THEN '2' ELSE '3' END
             WHEN signe_le <= decidee_le + INTERVAL '1' MONTH THEN '1'
             WHEN signe_le <= decidee_le + INTERVAL '3' MONTH THEN '2' ELSE '3' END AS tranche,
        decidee_le IS NOT NULL AS mesuree
    FROM signatures
),
mesures AS (
    SELECT 'signes' AS ligne, colonne, 1 AS valeur FROM classees
    UNION ALL
    SELECT CASE WHEN mesuree THEN 'signes_mesures' ELSE 'signes_sans' END AS ligne, colonne, 1 AS valeur FROM classees
    UNION ALL
    SELECT 'delai_signature' AS ligne, colonne, jours AS valeur FROM classees WHERE mesuree
    UNION ALL
    SELECT groupe AS ligne, colonne, 1 AS valeur FROM classees WHERE mesuree
    UNION ALL
    SELECT concat('delai_', groupe) AS ligne, colonne, jours AS valeur FROM classees WHERE mesuree
    UNION ALL
    SELECT concat(groupe, '_', tranche) AS ligne, colonne, 1 AS valeur FROM classees WHERE mesuree
)
SELECT ligne, colonne, sum(valeur) AS valeur FROM mesures GROUP BY ligne, colonne
