-- code: maintien_six_mois
-- libelle: Sorties vers un emploi sans retour dans les six mois
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les personnes sorties vers un emploi il y a six à dix-huit mois, la part de celles qui ne sont
--   pas redevenues soumises dans les six mois qui ont suivi.
-- numerateur: celles sans retour dans les six mois
-- denominateur: les sorties vers un emploi, six mois passés
-- source: K12
-- perimetre: Sorties dites vers l'emploi, il y a six à dix-huit mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Ne pas être revenue n'est pas être en emploi.
-- recul: 18
-- rang: 2
-- repond: K12, REQ-57
WITH sorties AS (
    SELECT c.au, e.personne_id, max(e.jour) AS jour
    FROM contexte c
    JOIN sorties_emploi_dites e ON e.jour > c.il_y_a_18_mois AND e.jour <= c.il_y_a_6_mois
    WHERE c.publie
    GROUP BY c.au, e.personne_id
)
SELECT
    s.au, s.personne_id,
    CASE WHEN max(CASE WHEN p.personne_id IS NULL THEN 0 ELSE 1 END) = 0 THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM sorties s
LEFT JOIN periodes_sdd p
    ON p.personne_id = s.personne_id AND p.debut > s.jour AND p.debut <= s.jour + 183
GROUP BY s.au, s.personne_id
