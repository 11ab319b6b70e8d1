-- code: sanctions_levees
-- libelle: Mesures levées dans les douze mois
-- famille: devoirs
-- unite: personnes
-- agregat: effectif
-- definition: Personnes pour qui une mesure a été levée dans les douze mois, parce que la situation est conforme ou
--   que le Département la retire.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: CASF L262-37 et R262-68
-- perimetre: Actes des douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Les mesures reprises de l'ancien outil ne disent ni la lettre, ni le jour de la levée.
-- recul: 12
-- rang: 5
-- repond: K13
SELECT DISTINCT c.au, m.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN mesures m ON m.levee_le > c.il_y_a_12_mois AND m.levee_le <= c.au
WHERE c.publie
