-- code: delai_orientation_p90
-- libelle: Délai entre le droit et l'orientation (neuf sur dix)
-- famille: delais
-- unite: jours
-- agregat: p90
-- definition: Jours entre l'effet du droit et la première décision d'orientation. Cohorte assez ancienne pour être
--   jugée : information reçue il y a trois à neuf mois. Sorties avant orientation : comptées à part. Celles qui
--   attendent encore comptent pour un délai sans fin.
-- numerateur: les jours de chaque personne
-- denominateur: les personnes entrées il y a trois à neuf mois
-- source: DREES (79 jours en moyenne nationale, entrants 2023) ; E06
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 9
-- rang: 3
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN orientee THEN jours WHEN NOT sortie THEN 99999 END AS numerateur,
    CASE WHEN sortie THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN sortie THEN 1 ELSE 0 END AS inconnu
FROM cohorte_orientation
