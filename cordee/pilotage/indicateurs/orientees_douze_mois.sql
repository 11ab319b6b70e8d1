-- code: orientees_douze_mois
-- libelle: Personnes orientées dans les douze mois
-- famille: orientation
-- unite: personnes
-- agregat: effectif
-- definition: Personnes pour qui une orientation a été décidée dans les douze mois qui finissent le jour dit, une
--   fois chacune. C'est un flux, non un stock.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: E33
-- perimetre: Personnes orientées dans les douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 6
-- repond: K05
SELECT au, personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM orientations_de_l_annee
