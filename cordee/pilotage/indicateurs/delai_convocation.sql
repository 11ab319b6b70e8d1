-- code: delai_convocation
-- libelle: Délai de convocation (médiane)
-- famille: delais
-- unite: jours
-- agregat: mediane
-- definition: Jours entre la réception de l'information et la première convocation, pour les entrantes dont
--   l'information a été reçue il y a un à trois mois. Pas encore convoquées : délai sans fin. Sorties sans
--   convocation : comptées à part.
-- numerateur: les jours de chaque personne
-- denominateur: les entrantes reçues il y a un à trois mois
-- source: F056 (de 3 jours à un mois environ, 2022)
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Les personnes orientées sans convocation (sur dossier) sont hors du compte.
-- recul: 3
-- rang: 9
-- repond: K02
SELECT
    c.au, a.personne_id,
    CASE WHEN a.convoquee_le <= c.au THEN datediff('day', a.recue_le, a.convoquee_le) WHEN s.personne_id IS NOT NULL THEN 99999 END
        AS numerateur,
    CASE WHEN a.convoquee_le <= c.au OR s.personne_id IS NOT NULL THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN a.convoquee_le <= c.au OR s.personne_id IS NOT NULL THEN 0 ELSE 1 END AS inconnu
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_3_mois AND a.recue_le <= c.il_y_a_1_mois
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = a.personne_id
WHERE c.publie AND (a.orientee_le IS NULL OR a.convoquee_le IS NOT NULL)
