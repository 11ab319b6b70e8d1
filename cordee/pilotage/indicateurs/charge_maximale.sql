-- code: charge_maximale
-- libelle: Plus grand nombre de personnes pour un référent
-- famille: accompagnement
-- unite: par_referent
-- agregat: maximum
-- definition: Le plus grand nombre de personnes soumises confiées à un même référent. Personnes soumises confiées à
--   un référent nommé. Un agent de deux structures compte dans chacune. Jamais en dessous de la structure.
-- numerateur: le nombre de personnes du référent le plus chargé
-- denominateur: les personnes confiées
-- source: K07
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, structure
-- structure: referent
-- rang: 6
-- repond: K07
SELECT au, personne_id, charge AS numerateur, 1 AS denominateur, 0 AS inconnu
FROM charges
