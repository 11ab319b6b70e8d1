-- code: intensif_contact_30_jours
-- libelle: Accompagnements intensifs avec un échange sous trente jours
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les accompagnements déclarés intensifs, la part de ceux où un échange direct a eu lieu dans les
--   trente jours.
-- numerateur: ceux avec un échange sous trente jours
-- denominateur: les accompagnements déclarés intensifs
-- source: F038 ; daily_reality (« déclaré intensif, sans contact depuis 30 jours »)
-- perimetre: Personnes soumises en accompagnement intensif déclaré
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- cible: 100 (objectif) : un échange tous les quinze jours
-- rang: 9
-- repond: REQ-99
SELECT
    s.au, s.personne_id,
    CASE WHEN d.dernier_le >= c.il_y_a_30_jours THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM sdd_contrats s
JOIN contexte c ON c.au = s.au
LEFT JOIN derniers_echanges d ON d.au = s.au AND d.personne_id = s.personne_id
WHERE s.intensif
