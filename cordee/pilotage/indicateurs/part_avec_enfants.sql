-- code: part_avec_enfants
-- libelle: Part des personnes avec enfant à charge
-- famille: publics
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes soumises dont le foyer compte au moins un enfant à charge au titre du RSA.
-- numerateur: celles dont le foyer a un enfant à charge
-- denominateur: les personnes soumises aux droits et devoirs, charge connue
-- source: F011
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd enfants
-- rang: 16
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN avec_enfant THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN enfant_inconnu THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN enfant_inconnu THEN 1 ELSE 0 END AS inconnu
FROM sdd
WHERE soumise
