-- code: acces_emploi_agents
-- libelle: Accès à l'emploi dits par les agents seuls
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les entrantes qui ont eu un emploi dans les six mois, la part de celles pour qui il est dit par
--   les agents seuls. Le reste est dit par les deux.
-- numerateur: les accès que cette source est seule à dire
-- denominateur: les accès à l'emploi dans les six mois
-- source: Composition des sources de l'accès à l'emploi
-- perimetre: Accès à l'emploi dans les six mois de l'entrée
-- sens: neutre
-- niveaux: departement, ept
-- structure: secteur
-- recul: 18
-- repetees: oui
-- rang: 8
-- repond: K11
SELECT
    au, personne_id,
    CASE WHEN par_agent AND NOT par_caisse THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM emploi_a_six_mois
WHERE acces
