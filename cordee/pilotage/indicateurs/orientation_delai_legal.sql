-- code: orientation_delai_legal
-- libelle: Orientations dans le délai légal
-- famille: delais
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes orientées dans le délai légal à compter de la réception de l'information (six
--   semaines depuis 2025, deux mois avant), parmi celles dont l'information a été reçue dans les douze mois et dont
--   le délai est passé.
-- numerateur: celles orientées dans le délai
-- denominateur: les entrantes dont le délai est passé, encore soumises ou orientées
-- source: CASF D262-65-2 ; E06
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- cible: 100 (legale) : délai légal d'orientation
-- recul: 12
-- rang: 1
-- repond: K02
SELECT
    c.au, a.personne_id,
    CASE WHEN a.orientee_le <= a.recue_le + c.orientation_jours THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN s.personne_id IS NULL AND (a.orientee_le IS NULL OR a.orientee_le > c.au) THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN s.personne_id IS NULL AND (a.orientee_le IS NULL OR a.orientee_le > c.au) THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_12_mois AND a.recue_le + c.orientation_jours <= c.au
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = a.personne_id
WHERE c.publie
