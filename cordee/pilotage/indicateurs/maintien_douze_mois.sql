-- code: maintien_douze_mois
-- libelle: Sorties vers un emploi sans retour dans les douze mois
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les sorties dont un emploi est connu, la part de celles qui ne sont pas suivies d'un retour
--   parmi les personnes soumises dans les douze mois. Sorties assez anciennes pour le dire.
-- numerateur: celles sans retour
-- denominateur: les sorties vers un emploi, douze mois passés
-- source: PDIE : « prévenir les allers-retours »
-- perimetre: Sorties vers un emploi d'il y a plus de douze mois, sur un an
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Ne pas être revenue n'est pas être en emploi.
-- recul: 24
-- repetees: oui
-- rang: 3
-- repond: K12, REQ-57
SELECT
    c.au, s.personne_id,
    CASE WHEN datediff('day', s.jour, s.retour_le) <= 365 THEN 0 ELSE 1 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN sorties_typees s ON s.jour > c.il_y_a_24_mois AND s.jour <= c.il_y_a_12_mois AND s.jour + 365 <= c.au AND s.cause = 'emploi'
WHERE c.publie
