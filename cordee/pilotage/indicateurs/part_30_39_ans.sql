-- code: part_30_39_ans
-- libelle: Part des 30 à 39 ans
-- famille: publics
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes soumises aux droits et devoirs 30 à 39 ans, à la date dite. Âge inconnu : compté à
--   part.
-- numerateur: celles de cet âge
-- denominateur: les personnes soumises aux droits et devoirs, âge connu
-- source: F007
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd age
-- limites: Le lac ne garde que le mois de naissance : à une fin de mois, l'âge est exact.
-- rang: 12
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN age BETWEEN 30 AND 39 THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN age IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN age IS NULL THEN 1 ELSE 0 END AS inconnu
FROM sdd
WHERE soumise
