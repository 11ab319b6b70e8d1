-- code: sanctions_decidees
-- libelle: Mesures décidées dans les douze mois
-- famille: devoirs
-- unite: personnes
-- agregat: effectif
-- definition: Personnes pour qui une mesure (suspension, suppression) a été décidée dans les douze mois, reprises
--   de l'ancien outil comprises, annulées depuis comprises.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: CASF L262-37 et R262-68
-- perimetre: Actes des douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Les mesures reprises de l'ancien outil ne disent ni la lettre, ni le jour de la levée.
-- recul: 12
-- rang: 4
-- repond: K13
SELECT DISTINCT c.au, m.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN mesures m ON m.decidee_le > c.il_y_a_12_mois AND m.decidee_le <= c.au
WHERE c.publie
