-- code: ministere_6
-- famille: ministere
-- numero: 6
-- titre: Natures des actions des contrats en cours au 31 décembre
-- unite: contrats
-- perimetre: sdd_operationnel
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 6
-- lignes:
--   total | Contrats en cours | Contrats en cours de personnes dans le champ des droits et devoirs
--   @natures_ministere
--   nc | Aucune action codée | Contrats dont aucune action n'a de nature : écrite en clair, ou annoncés par un
--       partenaire
-- colonnes:
--   cer_spe | CER, service public de l'emploi hors France Travail | Par l'organisme qui a signé
--   cer_hors_spe | CER, hors du service public de l'emploi | Par l'organisme qui a signé
--   engagement_ft | Contrat d'engagement, France Travail | Signés dans Cordée ou annoncés
--   engagement_spe | Contrat d'engagement, service public de l'emploi hors France Travail | Par l'organisme qui a signé
--   engagement_hors_spe | Contrat d'engagement, hors du service public de l'emploi | Par l'organisme qui a signé
-- notes:
--   Un contrat compte à chacune de ses natures : les lignes dépassent le total.
--   Les natures 05, 06 et 07 (emploi aidé, contrat aidé marchand, emploi non aidé) ne sont codées par aucune action du
--       vocabulaire : elles restent à zéro.
WITH en_cours AS (
    SELECT k.contrat_id, concat(k.serie, '_', k.cote) AS colonne
    FROM of_ministere m
    CROSS JOIN exercice x
    JOIN of_contrats_valides k ON k.au = x.fin AND k.personne_id = m.personne_id AND k.serie IN ('cer', 'engagement')
),
codees AS (
    SELECT DISTINCT c.colonne, c.contrat_id, n.ministere
    FROM en_cours c
    JOIN of_natures n ON n.contrat_id = c.contrat_id AND n.ministere IS NOT NULL
)
SELECT 'total' AS ligne, colonne, count(*) AS valeur FROM en_cours GROUP BY colonne
UNION ALL
SELECT concat('nature.', ministere) AS ligne, colonne, count(*) AS valeur FROM codees GROUP BY ministere, colonne
UNION ALL
SELECT 'nc' AS ligne, c.colonne, count(*) AS valeur
FROM en_cours c
LEFT JOIN (SELECT DISTINCT contrat_id FROM codees) n ON n.contrat_id = c.contrat_id
WHERE n.contrat_id IS NULL
GROUP BY c.colonne
