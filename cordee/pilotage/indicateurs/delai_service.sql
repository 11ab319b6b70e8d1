-- code: delai_service
-- libelle: Part du service dans ce délai
-- famille: delais
-- unite: jours
-- agregat: moyenne
-- definition: Jours qui restent : ceux du service, de la réception à la décision, absences déduites. Caisse + service
--   + absences = délai moyen. Cohorte assez ancienne pour être jugée : information reçue il y a trois à neuf mois.
--   Sorties avant orientation : comptées à part. Pas encore orientées : comptées à part.
-- numerateur: les jours
-- denominateur: les personnes orientées
-- source: E06 ; K02
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 9
-- rang: 6
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN orientee THEN jours - jours_caisse - jours_absence ELSE 0 END AS numerateur,
    CASE WHEN orientee THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN orientee THEN 0 ELSE 1 END AS inconnu
FROM cohorte_orientation
