-- code: acces_emploi_caisse
-- libelle: Accès à l'emploi dits par la caisse seule
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les entrantes qui ont eu un emploi dans les six mois, la part de celles pour qui il est dit par
--   la caisse seule. Le reste est dit par les deux.
-- numerateur: les accès que cette source est seule à dire
-- denominateur: les accès à l'emploi dans les six mois
-- source: Composition des sources de l'accès à l'emploi
-- perimetre: Accès à l'emploi dans les six mois de l'entrée
-- sens: neutre
-- niveaux: departement, ept
-- structure: secteur
-- recul: 18
-- repetees: oui
-- rang: 7
-- repond: K11
SELECT
    au, personne_id,
    CASE WHEN par_caisse AND NOT par_agent THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM emploi_a_six_mois
WHERE acces
