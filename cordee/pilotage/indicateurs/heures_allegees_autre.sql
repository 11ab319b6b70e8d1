-- code: heures_allegees_autre
-- libelle: Heures allégées pour les transports, un démarrage progressif ou une autre raison
-- famille: heures
-- unite: personnes
-- agregat: effectif
-- definition: Parmi les personnes dont les heures sont allégées, celles pour qui c'est pour les transports, un
--   démarrage progressif ou une autre raison. Raison non écrite : comptée à part.
-- numerateur: celles dont c'est la raison
-- denominateur: aucun
-- source: C. trav. L5411-6 II
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, structure
-- structure: referent
-- partition: heures_allegees raison
-- rang: 13
-- repond: K08
SELECT
    au, personne_id,
    CASE WHEN raison = 'autre' THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    CASE WHEN raison = 'non_dite' THEN 1 ELSE 0 END AS inconnu
FROM plans_d_heures
WHERE allegement IS NOT NULL
