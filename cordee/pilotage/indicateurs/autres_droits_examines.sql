-- code: autres_droits_examines
-- libelle: Personnes dont d'autres droits ont été examinés
-- famille: difficultes
-- unite: personnes
-- agregat: effectif
-- definition: Personnes dont au moins un autre droit (prime d'activité, complémentaire santé, aide au logement…) a
--   été examiné avec elles dans les douze mois, quelle qu'en soit la suite.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: PDIE : « lutter contre le non-recours »
-- perimetre: Droits examinés dans les douze mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 12
-- rang: 21
-- repond: K24, REQ-42
SELECT DISTINCT c.au, d.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN droits_examines d ON d.jour > c.il_y_a_12_mois AND d.jour <= c.au
WHERE c.publie
