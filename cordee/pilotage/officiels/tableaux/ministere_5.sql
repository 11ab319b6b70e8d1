-- code: ministere_5
-- famille: ministere
-- numero: 5
-- titre: Caractéristiques des contrats en cours au 31 décembre
-- unite: contrats
-- perimetre: tous les contrats en cours, dans le champ des droits et devoirs ou non
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 5
-- lignes:
--   # Anciens contrats
--   x rmi | Contrats RMI | Antérieurs à 2009 : aucun dans les données
--   cer | CER | Contrats d'engagements réciproques signés hors France Travail
--   > cer_pro | CER professionnel | Signé par un organisme du service public de l'emploi hors France Travail
--   >> cer_pro_moins_6 | de moins de 6 mois | En mois du calendrier
--   >> cer_pro_6_12 | de 6 à moins de 12 mois | En mois du calendrier
--   >> cer_pro_12_plus | de 12 mois et plus | En mois du calendrier
--   >> cer_pro_nc | de durée non connue | Annoncé par un partenaire
--   > cer_social | CER socioprofessionnel ou social | Signé hors du service public de l'emploi
--   >> cer_social_moins_6 | de moins de 6 mois | En mois du calendrier
--   >> cer_social_6_12 | de 6 à moins de 12 mois | En mois du calendrier
--   >> cer_social_12_plus | de 12 mois et plus | En mois du calendrier
--   >> cer_social_nc | de durée non connue | Annoncé par un partenaire
--   ppae | PPAE | Contrat de l'opérateur de l'emploi avant 2025, signé ou annoncé
--   # Contrat d'engagement (depuis 2025, sans terme)
--   engagement | Contrats d'engagement | Tous organismes
--   > engagement_ft | chez France Travail | Signé par une agence, ou annoncé par elle
--   > engagement_pro | dans un autre organisme du service public de l'emploi | Mission locale, Cap emploi
--   > engagement_social | hors du service public de l'emploi | Département, CCAS, associations, opérateurs
-- colonnes:
--   total | Total | Tous les contrats en cours
--   sdd | Dans le champ des droits et devoirs | La personne est soumise, droit ouvert, au 31 décembre
--   hors_sdd | Hors du champ | Toutes les autres
-- parties:
--   colonnes: total = sdd + hors_sdd
--   lignes: cer = cer_pro + cer_social
--   lignes: cer_pro = cer_pro_moins_6 + cer_pro_6_12 + cer_pro_12_plus + cer_pro_nc
--   lignes: cer_social = cer_social_moins_6 + cer_social_6_12 + cer_social_12_plus + cer_social_nc
--   lignes: engagement = engagement_ft + engagement_pro + engagement_social
-- notes:
--   La fin d'un CER est celle qui est enregistrée : un CER arrêté plus tôt que prévu après le 31 décembre change de
--       ligne.
WITH en_cours AS (
    SELECT
        k.serie,
        CASE WHEN k.cote = 'ft' THEN 'ft' WHEN k.cote = 'spe' THEN 'pro' ELSE 'social' END AS groupe,
        CASE WHEN m.personne_id IS NULL THEN 'hors_sdd' ELSE 'sdd' END AS champ,
        CASE WHEN k.fin IS NULL OR k.fin >= DATE '9999-12-31' THEN 'nc'
             WHEN k.fin < k.debut + INTERVAL '6' MONTH THEN 'moins_6'
             WHEN k.fin < k.debut + INTERVAL '12' MONTH THEN '6_12' ELSE '12_plus' END AS duree
    FROM exercice x
    JOIN of_contrats_valides k ON k.au = x.fin
    LEFT JOIN of_ministere m ON m.personne_id = k.personne_id
),
mesures AS (
    SELECT serie AS ligne, champ FROM en_cours
    UNION ALL
    SELECT concat(serie, '_', groupe) AS ligne, champ FROM en_cours WHERE serie <> 'ppae'
    UNION ALL
    SELECT concat('cer_', groupe, '_', duree) AS ligne, champ FROM en_cours WHERE serie = 'cer'
)
SELECT ligne, champ AS colonne, count(*) AS valeur FROM mesures GROUP BY ligne, champ
UNION ALL
SELECT ligne, 'total' AS colonne, count(*) AS valeur FROM mesures GROUP BY ligne
