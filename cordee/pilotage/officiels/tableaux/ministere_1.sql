-- code: ministere_1
-- famille: ministere
-- numero: 1
-- titre: Orientation des personnes dans le champ des droits et devoirs
-- unite: personnes
-- perimetre: sdd_operationnel
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 1
-- lignes:
--   @total
--   @age
--   @famille_ministere
--   @anciennete
--   @formation
-- colonnes:
--   sdd | Champ des droits et devoirs | Soumises, droit ouvert, versé ou suspendu, au 31 décembre (L262-28)
--   > professionnelle | Orientation professionnelle | Voie « emploi » de l'orientation en vigueur
--   > sociopro | Orientation socioprofessionnelle | Voie « socioprofessionnelle » de l'orientation en vigueur
--   > sociale | Orientation sociale | Voie « sociale » de l'orientation en vigueur
--   > attente | En attente d'orientation | Sans orientation en vigueur
-- parties:
--   colonnes: sdd = professionnelle + sociopro + sociale + attente
-- notes:
--   Avant 2025 les voies sont celles de l'ancien droit ; depuis, celles des critères nationaux : la série rapproche
--       deux vocabulaires.
WITH mesures AS (
    SELECT personne_id, 'sdd' AS colonne FROM of_ministere
    UNION ALL
    SELECT
        personne_id,
        CASE WHEN voie IS NULL THEN 'attente' WHEN voie = 'emploi' THEN 'professionnelle'
             WHEN voie = 'socio_pro' THEN 'sociopro' ELSE 'sociale' END AS colonne
    FROM of_ministere
)
SELECT p.ligne, m.colonne, count(*) AS valeur
FROM mesures m
JOIN of_profils p ON p.personne_id = m.personne_id
WHERE p.axe IN ('total', 'age', 'famille_ministere', 'anciennete', 'formation')
GROUP BY p.ligne, m.colonne
