-- code: non_recours_examines
-- libelle: Droits perdus examinés à temps
-- famille: difficultes
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les fins de droit faute de pièces ou d'échéance où un droit perdu est à vérifier, ouvertes dans
--   les douze mois et dont la date est passée, la part de celles examinées avant cette date.
-- numerateur: celles examinées avant la date
-- denominateur: les vérifications dont la date est passée
-- source: PDIE : « lutter contre le non-recours »
-- perimetre: Droits perdus à vérifier, ouverts dans les douze mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- cible: 100 (objectif) : chaque droit perdu est examiné à temps
-- recul: 12
-- repetees: oui
-- rang: 20
-- repond: K24, REQ-42
SELECT
    c.au, e.personne_id,
    CASE WHEN e.fin <= e.echeance AND e.fin <= c.au THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN echeances e ON e.genre = 'non_recours' AND e.debut > c.il_y_a_12_mois AND e.echeance < c.au
WHERE c.publie
