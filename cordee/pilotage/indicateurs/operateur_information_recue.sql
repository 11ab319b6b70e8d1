-- code: operateur_information_recue
-- libelle: Suivies par l'opérateur de l'emploi : information reçue
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes suivies par l'opérateur de l'emploi dont il a donné des nouvelles depuis leur
--   orientation.
-- numerateur: celles dont une information a été reçue
-- denominateur: les personnes soumises orientées vers l'opérateur de l'emploi
-- source: E05
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 8
-- repond: K04
SELECT
    au, personne_id,
    CASE WHEN information_recue THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM sdd_contrats
WHERE categorie = 'operateur_emploi'
