-- code: delai_levee_difficulte
-- libelle: Temps pour lever une difficulté (médiane)
-- famille: difficultes
-- unite: jours
-- agregat: mediane
-- definition: Jours entre l'entretien qui a trouvé une difficulté et le jour où elle est levée, pour celles
--   trouvées il y a six à dix-huit mois. Encore ouvertes : délai sans fin ; quand plus de la moitié le sont, aucune
--   médiane n'est montrée. Personnes sorties depuis sans levée dite : comptées à part.
-- numerateur: les jours de chaque difficulté
-- denominateur: les difficultés trouvées il y a six à dix-huit mois
-- source: PDIE, leviers 9 et 10
-- perimetre: Difficultés trouvées il y a six à dix-huit mois
-- sens: baisse
-- niveaux: departement, ept, structure
-- structure: referent
-- recul: 18
-- repetees: oui
-- rang: 13
-- repond: K09
SELECT
    c.au, d.personne_id,
    CASE WHEN d.levee_le <= c.au THEN datediff('day', d.trouvee_le, d.levee_le) WHEN s.personne_id IS NOT NULL THEN 99999 END AS numerateur,
    CASE WHEN d.levee_le <= c.au OR s.personne_id IS NOT NULL THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN d.levee_le <= c.au OR s.personne_id IS NOT NULL THEN 0 ELSE 1 END AS inconnu
FROM contexte c
JOIN difficultes d ON d.trouvee_le > c.il_y_a_18_mois AND d.trouvee_le <= c.il_y_a_6_mois
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = d.personne_id AND s.soumise
WHERE c.publie
