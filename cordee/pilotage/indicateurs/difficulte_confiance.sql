-- code: difficulte_confiance
-- libelle: Difficulté dite : confiance en soi
-- famille: difficultes
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les personnes soumises dont un entretien a abordé ce thème, la part de celles pour qui le
--   dernier dit une difficulté, à l'impact faible ou fort. Thème non abordé, ou dont la personne n'a pas souhaité parler
--   : compté à part, ce n'est pas une absence de difficulté.
-- numerateur: celles pour qui une difficulté est dite
-- denominateur: les personnes dont un entretien a abordé le thème
-- source: Arrêté du 21 novembre 2024
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, structure
-- structure: referent
-- rang: 10
-- repond: K09
SELECT
    au, personne_id,
    CASE WHEN confiance IN ('fort', 'faible') THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN confiance IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN confiance IS NULL THEN 1 ELSE 0 END AS inconnu
FROM difficultes_au
