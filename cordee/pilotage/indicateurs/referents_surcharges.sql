-- code: referents_surcharges
-- libelle: Référents qui suivent plus de 120 personnes
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Part des référents nommés qui suivent plus de 120 personnes soumises. Personnes soumises confiées à un
--   référent nommé. Un agent de deux structures compte dans chacune. Jamais en dessous de la structure. La liste
--   ouvre les personnes de ces référents.
-- numerateur: les référents qui suivent plus de 120 personnes
-- denominateur: les référents qui suivent au moins une personne
-- source: K07
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, structure
-- structure: referent
-- cible: 0 (objectif) : 120 personnes au plus
-- rang: 7
-- repond: K07
SELECT
    au, personne_id,
    CASE WHEN charge > 120 THEN 1.0 / charge ELSE 0 END AS numerateur,
    1.0 / charge AS denominateur,
    0 AS inconnu
FROM charges
