-- code: sanctions_proposees
-- libelle: Mesures envisagées dans les douze mois
-- famille: devoirs
-- unite: personnes
-- agregat: effectif
-- definition: Personnes à qui une lettre a exposé les faits reprochés et la mesure envisagée, dans les douze mois.
--   Une mesure envisagée n'est pas une mesure : la personne répond d'abord.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: CASF L262-37
-- perimetre: Actes des douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- recul: 12
-- rang: 1
-- repond: K13
SELECT DISTINCT c.au, p.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN procedures p ON p.griefs_envoyes_le > c.il_y_a_12_mois AND p.griefs_envoyes_le <= c.au
WHERE c.publie
