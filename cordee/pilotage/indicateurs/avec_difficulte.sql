-- code: avec_difficulte
-- libelle: Personnes avec au moins une difficulté
-- famille: difficultes
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les personnes soumises qui ont eu un entretien de diagnostic, la part de celles pour qui le
--   dernier dit au moins une difficulté, à l'impact faible ou fort. Aucun thème abordé : comptées à part.
-- numerateur: celles avec une difficulté au moins
-- denominateur: les personnes dont un entretien a parlé d'un thème au moins
-- source: 82 % dans les territoires pilotes (2024) ; arrêté du 21 novembre 2024
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 1
-- repond: K09
SELECT
    au, personne_id,
    CASE WHEN sante IN ('fort', 'faible') OR logement IN ('fort', 'faible') OR mobilite IN ('fort', 'faible') OR famille IN ('fort', 'faible') OR finances IN ('fort', 'faible')
              OR numerique IN ('fort', 'faible') OR demarches IN ('fort', 'faible') OR langue IN ('fort', 'faible') OR confiance IN ('fort', 'faible') THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN coalesce(sante, logement, mobilite, famille, finances, numerique, demarches, langue, confiance) IS NULL THEN 0 ELSE 1 END
        AS denominateur,
    CASE WHEN coalesce(sante, logement, mobilite, famille, finances, numerique, demarches, langue, confiance) IS NULL THEN 1 ELSE 0 END
        AS inconnu
FROM difficultes_au
