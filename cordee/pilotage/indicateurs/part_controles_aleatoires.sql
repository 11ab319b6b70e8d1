-- code: part_controles_aleatoires
-- libelle: Part des contrôles tirés au sort
-- famille: devoirs
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les contrôles des engagements des douze mois (tirés au sort, ou ouverts sur un manquement
--   signalé), la part de ceux tirés au sort. Aucun contrôle n'est ciblé par un calcul.
-- numerateur: les contrôles tirés au sort
-- denominateur: les contrôles des douze mois
-- source: C. trav. L5426-1 IV
-- perimetre: Contrôles des engagements, douze mois
-- sens: neutre
-- niveaux: departement
-- structure: referent
-- limites: La loi veut une part minimale tirée au sort sans la chiffrer.
-- recul: 12
-- repetees: oui
-- rang: 17
-- repond: K25
SELECT c.au, x.personne_id, 1 AS numerateur, 1 AS denominateur, 0 AS inconnu
FROM contexte c
JOIN controles x ON x.jour > c.il_y_a_12_mois AND x.jour <= c.au
WHERE c.publie
UNION ALL
SELECT c.au, m.personne_id, 0 AS numerateur, 1 AS denominateur, 0 AS inconnu
FROM contexte c
JOIN manquements m ON m.signale_le > c.il_y_a_12_mois AND m.signale_le <= c.au
WHERE c.publie
