-- code: delai_contrat
-- libelle: De l'orientation notifiée au contrat (médiane)
-- famille: delais
-- unite: jours
-- agregat: mediane
-- definition: Jours entre la notification de l'orientation à date certaine et le premier contrat qui l'a suivie.
--   Orientations décidées il y a trois à neuf mois. Celles qui attendent encore comptent pour un délai sans fin ;
--   sorties ou réorientées avant : comptées à part, comme celles dont l'organisme extérieur n'a rien dit (information
--   non reçue).
-- numerateur: les jours de chaque orientation
-- denominateur: les orientations notifiées de la cohorte, information connue
-- source: C. trav. D5411-14-1
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- recul: 9
-- repetees: oui
-- rang: 26
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN contrat_le < DATE '9999-12-31' THEN greatest(datediff('day', notifiee_le, contrat_le), 0) WHEN presente AND NOT muette THEN 99999 END AS numerateur,
    CASE WHEN contrat_le < DATE '9999-12-31' OR presente AND NOT muette THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN contrat_le < DATE '9999-12-31' OR presente AND NOT muette THEN 0 ELSE 1 END AS inconnu
FROM suites_orientation
WHERE notifiee_le IS NOT NULL AND notifiee_le <= au
