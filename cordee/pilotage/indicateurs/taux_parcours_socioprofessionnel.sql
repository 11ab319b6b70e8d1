-- code: taux_parcours_socioprofessionnel
-- libelle: Orientations en parcours socio-professionnel
-- famille: orientation
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les personnes dont l'orientation a été décidée dans les douze mois (la dernière), la part de ce
--   parcours. Avant 2025 : orientation professionnelle, socioprofessionnelle ou sociale ; depuis, les trois parcours
--   des critères nationaux.
-- numerateur: celles orientées vers ce parcours
-- denominateur: les personnes orientées dans les douze mois
-- source: E33
-- perimetre: Personnes orientées dans les douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: orientees_douze_mois parcours
-- limites: La série change de vocabulaire au 1er janvier 2025 (table « lecture_des_voies »).
-- rang: 4
-- repond: K05
SELECT
    au, personne_id,
    CASE WHEN parcours = 'socioprofessionnel' THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN parcours IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN parcours IS NULL THEN 1 ELSE 0 END AS inconnu
FROM orientations_de_l_annee
