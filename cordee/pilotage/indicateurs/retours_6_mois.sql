-- code: retours_6_mois
-- libelle: Revenues dans les six mois de leur sortie
-- famille: mouvements
-- unite: pour_cent
-- agregat: taux
-- definition: Part des sorties, de toute cause, suivies d'un retour parmi les personnes soumises dans les six mois.
--   Sorties assez anciennes pour le dire.
-- numerateur: celles suivies d'un retour
-- denominateur: les sorties, six mois passés
-- source: PDIE : « prévenir les allers-retours »
-- perimetre: Sorties d'il y a plus de six mois, sur un an
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Les décès sont hors du compte. Une personne partie dans un autre département peut y être revenue sans
--   que nous le sachions.
-- recul: 18
-- repetees: oui
-- rang: 14
-- repond: K12, REQ-57
SELECT
    c.au, s.personne_id,
    CASE WHEN datediff('day', s.jour, s.retour_le) <= 183 THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN sorties_typees s ON s.jour > c.il_y_a_18_mois AND s.jour <= c.il_y_a_6_mois AND s.jour + 183 <= c.au AND s.cause <> 'deces'
WHERE c.publie
