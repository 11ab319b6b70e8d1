-- code: difficultes_ouvertes
-- libelle: Difficultés ouvertes
-- famille: difficultes
-- unite: difficultes
-- agregat: effectif
-- definition: Difficultés trouvées à un entretien et qui ne sont pas levées, des personnes soumises : une par
--   personne et par thème. C'est un stock.
-- numerateur: les difficultés ouvertes
-- denominateur: aucun
-- source: PDIE, leviers 9 et 10
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- repetees: oui
-- rang: 11
-- repond: K09
SELECT s.au, d.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN sdd s ON s.au = c.au
JOIN difficultes d ON d.personne_id = s.personne_id AND d.trouvee_le <= s.au AND (d.levee_le IS NULL OR d.levee_le > s.au)
WHERE c.publie AND s.soumise
