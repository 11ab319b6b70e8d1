-- code: charge_referent
-- libelle: Personnes par référent
-- famille: accompagnement
-- unite: par_referent
-- agregat: moyenne
-- definition: Nombre moyen de personnes soumises par référent nommé. Personnes soumises confiées à un référent nommé.
--   Un agent de deux structures compte dans chacune. Jamais en dessous de la structure.
-- numerateur: les personnes confiées à un référent nommé
-- denominateur: les référents qui en suivent
-- source: K07 ; F055 (116 à 180 par structure) ; 50 à 70 dans les territoires pilotes
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, structure
-- structure: referent
-- rang: 5
-- repond: K07
SELECT au, personne_id, 1 AS numerateur, 1.0 / charge AS denominateur, 0 AS inconnu
FROM charges
