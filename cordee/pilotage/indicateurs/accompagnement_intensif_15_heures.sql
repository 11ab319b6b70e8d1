-- code: accompagnement_intensif_15_heures
-- libelle: Accompagnement intensif de quinze heures ou plus
-- famille: accompagnement
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises dont le contrat d'engagement en vigueur prévoit à la fois le rythme intensif, tel
--   qu'il est défini à la date dite (depuis le 1er mars 2024), et au moins quinze heures d'activité par semaine.
-- numerateur: celles dont le contrat prévoit les deux
-- denominateur: aucun
-- source: F038 (« plus de 11 000 » : définition non publiée) ; C. trav. L5411-6 II
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: accompagnement_intensif quinze_heures
-- rang: 9
-- repond: REQ-99
SELECT
    p.au, p.personne_id,
    CASE WHEN p.heures >= 15 AND l.intensite IS NOT NULL THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM plans_d_heures p
JOIN contrats k ON k.personne_id = p.personne_id AND k.debut = p.debut AND k.genre = 'contrat_engagement'
LEFT JOIN lecture_de_l_intensif l ON l.intensite = k.intensite AND l.debut <= p.au AND p.au < l.fin
