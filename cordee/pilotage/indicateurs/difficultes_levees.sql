-- code: difficultes_levees
-- libelle: Difficultés levées dans les douze mois
-- famille: difficultes
-- unite: difficultes
-- agregat: effectif
-- definition: Difficultés dites levées dans les douze mois : un entretien plus récent les dit sans impact, ou les
--   constats notés sont fermés. C'est un flux.
-- numerateur: les difficultés levées
-- denominateur: aucun
-- source: PDIE, leviers 9 et 10
-- perimetre: Difficultés levées dans les douze mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Une difficulté dont personne n'a reparlé reste ouverte : le nombre est un minimum.
-- recul: 12
-- repetees: oui
-- rang: 12
-- repond: K09
SELECT c.au, d.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN difficultes d ON d.levee_le > c.il_y_a_12_mois AND d.levee_le <= c.au
WHERE c.publie
