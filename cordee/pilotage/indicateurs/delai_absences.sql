-- code: delai_absences
-- libelle: Part des absences dans ce délai
-- famille: delais
-- unite: jours
-- agregat: moyenne
-- definition: Jours entre une première absence et l'entretien tenu, à défaut la décision. Cohorte assez ancienne pour
--   être jugée : information reçue il y a trois à neuf mois. Sorties avant orientation : comptées à part. Pas encore
--   orientées : comptées à part.
-- numerateur: les jours
-- denominateur: les personnes orientées
-- source: E06 ; K02
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 9
-- rang: 7
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN orientee THEN jours_absence ELSE 0 END AS numerateur,
    CASE WHEN orientee THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN orientee THEN 0 ELSE 1 END AS inconnu
FROM cohorte_orientation
