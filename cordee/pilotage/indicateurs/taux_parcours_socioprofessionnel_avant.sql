-- code: taux_parcours_socioprofessionnel_avant
-- libelle: Orientations en parcours socio-professionnel, année précédente
-- famille: orientation
-- unite: pour_cent
-- agregat: taux
-- definition: La même part, pour les orientations décidées dans les douze mois d'avant : ce à quoi la part de
--   l'année se compare. Avant 2025 : orientation professionnelle, socioprofessionnelle ou sociale ; depuis, les trois
--   parcours des critères nationaux.
-- numerateur: celles orientées vers ce parcours
-- denominateur: les personnes orientées dans les douze mois d'avant
-- source: E33
-- perimetre: Personnes orientées de douze à vingt-quatre mois avant
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: orientees_douze_mois_avant parcours
-- limites: La série change de vocabulaire au 1er janvier 2025 (table « lecture_des_voies ») : un écart entre deux
--   années qui l'encadrent tient aussi aux mots.
-- recul: 24
-- rang: 8
-- repond: K05, REQ-102
SELECT
    au, personne_id,
    CASE WHEN parcours = 'socioprofessionnel' THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN parcours IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN parcours IS NULL THEN 1 ELSE 0 END AS inconnu
FROM orientations_annee_d_avant
