-- code: heures_dispensees
-- libelle: Contrats sans heures, à la demande de la personne
-- famille: heures
-- unite: pour_cent
-- agregat: taux
-- definition: Part des contrats d'engagement en vigueur qui ne prévoient aucune heure, à la demande de la personne
--   : santé, handicap, invalidité, parent isolé sans garde pour un enfant de moins de douze ans.
-- numerateur: ceux sans heures
-- denominateur: les contrats d'engagement dont les heures sont écrites
-- source: C. trav. L5411-6 II
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: heures_allegees sorte
-- rang: 7
-- repond: K08, REQ-117
SELECT
    au, personne_id,
    CASE WHEN allegement = 'dispense' THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM plans_d_heures
