-- code: heures_prevues
-- libelle: Heures d'activité prévues
-- famille: heures
-- unite: heures
-- agregat: moyenne
-- definition: Moyenne des heures d'activité par semaine que prévoient les contrats d'engagement en vigueur des
--   personnes soumises, dispenses comprises (zéro heure). Heures non écrites : hors du compte.
-- numerateur: les heures prévues
-- denominateur: les personnes dont le contrat dit les heures
-- source: C. trav. L5411-6 II
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Les heures de chacune se fixent avec elle : la moyenne n'est pas un but.
-- rang: 1
-- repond: K08, REQ-117
SELECT au, personne_id, heures AS numerateur, 1 AS denominateur, 0 AS inconnu
FROM plans_d_heures
