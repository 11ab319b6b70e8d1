-- code: orientees_douze_mois_avant
-- libelle: Personnes orientées, année précédente
-- famille: orientation
-- unite: personnes
-- agregat: effectif
-- definition: Personnes pour qui une orientation a été décidée dans les douze mois d'avant, une fois chacune : la
--   base des parts de l'année précédente.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: E33
-- perimetre: Personnes orientées de douze à vingt-quatre mois avant
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- recul: 24
-- rang: 6
-- repond: K05, REQ-102
SELECT au, personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM orientations_annee_d_avant
