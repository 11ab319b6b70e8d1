-- code: delai_decision
-- libelle: De l'entretien à l'orientation (médiane)
-- famille: delais
-- unite: jours
-- agregat: mediane
-- definition: Jours entre le premier entretien tenu et la décision d'orientation. Cohorte assez ancienne pour être
--   jugée : information reçue il y a trois à neuf mois. Celles qui attendent encore comptent pour un délai sans fin ;
--   sorties avant cette étape : comptées à part.
-- numerateur: les jours de chaque personne
-- denominateur: les personnes rencontrées de la cohorte
-- source: E06
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 9
-- rang: 22
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN orientee_le IS NOT NULL THEN datediff('day', rencontree_le, orientee_le) WHEN presente THEN 99999 END AS numerateur,
    CASE WHEN orientee_le IS NOT NULL OR presente THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN orientee_le IS NOT NULL OR presente THEN 0 ELSE 1 END AS inconnu
FROM chemins
WHERE rencontree_le IS NOT NULL AND (orientee_le IS NULL OR orientee_le >= rencontree_le)
