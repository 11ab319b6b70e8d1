-- code: taux_sanctions
-- libelle: Personnes sanctionnées dans l'année
-- famille: devoirs
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes soumises au moins un jour dans les douze mois pour qui une mesure a été décidée
--   dans ces mois, et non annulée depuis.
-- numerateur: celles pour qui une mesure a été décidée
-- denominateur: les personnes soumises au moins un jour dans les douze mois
-- source: CASF L262-37
-- perimetre: Personnes soumises au moins un jour dans les douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- recul: 12
-- rang: 8
-- repond: K13
SELECT
    au, personne_id,
    sanctionnee AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM soumises_de_l_annee
