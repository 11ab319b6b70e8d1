-- code: taux_contrat_operateur
-- libelle: Taux de contrat chez l'opérateur de l'emploi, information reçue
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les personnes suivies par l'opérateur de l'emploi dont il a donné des nouvelles, la part de
--   celles qui ont signé un contrat d'engagement. Sans nouvelles : comptées à part (E05).
-- numerateur: celles dont le contrat est annoncé
-- denominateur: les personnes suivies par l'opérateur de l'emploi, information reçue
-- source: E05
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 9
-- repond: K04
SELECT
    au, personne_id,
    CASE WHEN sous_contrat AND information_recue THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN information_recue THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN information_recue THEN 0 ELSE 1 END AS inconnu
FROM sdd_contrats
WHERE categorie = 'operateur_emploi'
