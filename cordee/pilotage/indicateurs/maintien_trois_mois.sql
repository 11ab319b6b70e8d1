-- code: maintien_trois_mois
-- libelle: Sorties vers un emploi sans retour dans les trois mois
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les sorties dont un emploi est connu, la part de celles qui ne sont pas suivies d'un retour
--   parmi les personnes soumises dans les trois mois. Sorties assez anciennes pour le dire.
-- numerateur: celles sans retour
-- denominateur: les sorties vers un emploi, trois mois passés
-- source: PDIE : « prévenir les allers-retours »
-- perimetre: Sorties vers un emploi d'il y a plus de trois mois, sur un an
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Ne pas être revenue n'est pas être en emploi.
-- recul: 15
-- repetees: oui
-- rang: 2
-- repond: K12, REQ-57
SELECT
    c.au, s.personne_id,
    CASE WHEN datediff('day', s.jour, s.retour_le) <= 92 THEN 0 ELSE 1 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN sorties_typees s ON s.jour > c.il_y_a_15_mois AND s.jour <= c.il_y_a_3_mois AND s.jour + 92 <= c.au AND s.cause = 'emploi'
WHERE c.publie
