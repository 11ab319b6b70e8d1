-- code: convoquees_15_jours
-- libelle: Entrantes convoquées sous quinze jours
-- famille: delais
-- unite: pour_cent
-- agregat: taux
-- definition: Part des entrantes convoquées dans les quinze jours de la réception de l'information, parmi celles
--   reçues dans les trois mois et depuis plus de quinze jours.
-- numerateur: celles convoquées sous quinze jours
-- denominateur: les entrantes des trois mois, quinze jours passés
-- source: Stratégie de prévention et de lutte contre la pauvreté ; F056
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- cible: 100 (indicateur) : stratégie pauvreté
-- limites: Les personnes orientées sans convocation (sur dossier) sont hors du compte.
-- recul: 3
-- rang: 10
-- repond: K06
SELECT
    c.au, a.personne_id,
    CASE WHEN a.convoquee_le <= a.recue_le + 15 THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN s.personne_id IS NOT NULL OR a.convoquee_le <= c.au THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN s.personne_id IS NOT NULL OR a.convoquee_le <= c.au THEN 0 ELSE 1 END AS inconnu
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_3_mois AND a.recue_le + 15 <= c.au
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = a.personne_id
WHERE c.publie AND (a.orientee_le IS NULL OR a.convoquee_le IS NOT NULL)
