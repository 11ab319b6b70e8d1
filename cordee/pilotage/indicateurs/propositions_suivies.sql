-- code: propositions_suivies
-- libelle: Propositions d'orientation suivies
-- famille: orientation
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les orientations des douze mois décidées après une proposition de la règle, la part de celles
--   qui l'ont suivie. Suivre n'est pas mieux que s'écarter : l'écart dit ce que la règle ne sait pas. Sans proposition :
--   hors du compte.
-- numerateur: celles qui suivent la proposition
-- denominateur: les orientations décidées après une proposition
-- source: CRPA R311-3-1-2 ; arrêté du 21 novembre 2024
-- perimetre: Orientations décidées dans les douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 12
-- repetees: oui
-- rang: 10
-- repond: REQ-45
SELECT c.au, o.personne_id, CASE WHEN o.suivie THEN 1 ELSE 0 END AS numerateur, 1 AS denominateur, 0 AS inconnu
FROM contexte c
JOIN orientations o ON o.decidee_le > c.il_y_a_12_mois AND o.decidee_le <= c.au AND o.suivie IS NOT NULL
WHERE c.publie
