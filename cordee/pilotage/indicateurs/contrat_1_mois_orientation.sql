-- code: contrat_1_mois_orientation
-- libelle: Contrat dans le mois de l'orientation notifiée
-- famille: delais
-- unite: pour_cent
-- agregat: taux
-- definition: Part des orientations notifiées à date certaine suivies d'un contrat dans le mois. Orientations
--   décidées il y a trois à neuf mois. Organisme extérieur qui n'a rien dit, sorties et réorientées avant : comptées à
--   part.
-- numerateur: celles suivies d'un contrat dans le mois
-- denominateur: les orientations notifiées de la cohorte, information connue
-- source: C. trav. D5411-14-1
-- perimetre: Orientations notifiées à date certaine
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- cible: 100 (legale) : un mois à compter de la notification
-- limites: Sans date certaine, le délai ne court pas : ces orientations sont hors du compte.
-- recul: 9
-- repetees: oui
-- rang: 13
-- repond: K03
SELECT
    au, personne_id,
    CASE WHEN contrat_le <= CAST(notifiee_le + INTERVAL '1' MONTH AS DATE) THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN contrat_le < DATE '9999-12-31' OR presente AND NOT muette THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN contrat_le < DATE '9999-12-31' OR presente AND NOT muette THEN 0 ELSE 1 END AS inconnu
FROM suites_orientation
WHERE notifiee_le IS NOT NULL
