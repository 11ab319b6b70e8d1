-- code: recours_recus
-- libelle: Recours reçus contre une mesure dans les douze mois
-- famille: devoirs
-- unite: personnes
-- agregat: effectif
-- definition: Personnes dont un recours contre une mesure, préalable ou devant le tribunal, a été reçu dans les
--   douze mois.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: CASF L262-47
-- perimetre: Actes des douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- recul: 12
-- rang: 7
-- repond: K13
SELECT DISTINCT c.au, r.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN recours r ON r.recu_le > c.il_y_a_12_mois AND r.recu_le <= c.au
WHERE c.publie
