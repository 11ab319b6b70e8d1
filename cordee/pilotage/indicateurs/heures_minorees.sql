-- code: heures_minorees
-- libelle: Contrats de moins de quinze heures
-- famille: heures
-- unite: pour_cent
-- agregat: taux
-- definition: Part des contrats d'engagement en vigueur qui prévoient moins de quinze heures par semaine, sans être
--   nulles, pour une raison tirée de la situation de la personne.
-- numerateur: ceux de moins de quinze heures
-- denominateur: les contrats d'engagement dont les heures sont écrites
-- source: C. trav. L5411-6 II
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: heures_allegees sorte
-- rang: 8
-- repond: K08, REQ-117
SELECT
    au, personne_id,
    CASE WHEN allegement = 'minoration' THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM plans_d_heures
