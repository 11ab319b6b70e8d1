-- code: heures_allegees
-- libelle: Personnes dont les heures sont allégées
-- famille: heures
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises dont le contrat d'engagement prévoit moins de quinze heures, ou aucune, quelle
--   qu'en soit la raison.
-- numerateur: celles dont les heures sont allégées
-- denominateur: aucun
-- source: C. trav. L5411-6 II
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd heures_allegees
-- rang: 9
-- repond: K08
SELECT
    au, personne_id,
    CASE WHEN allegement IS NULL THEN 0 ELSE 1 END AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM plans_d_heures
