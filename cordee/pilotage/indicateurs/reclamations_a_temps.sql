-- code: reclamations_a_temps
-- libelle: Réclamations répondues à temps
-- famille: donnees
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les réclamations et demandes de médiation reçues dans les douze mois dont la date de réponse
--   est passée, la part de celles répondues avant cette date. Date à venir : comptées à part.
-- numerateur: celles répondues à temps
-- denominateur: les réclamations dont la date est passée, ou répondues
-- source: Charte d'accueil du service
-- perimetre: Réclamations des douze mois
-- sens: hausse
-- niveaux: departement
-- structure: secteur
-- recul: 12
-- repetees: oui
-- rang: 10
-- repond: REQ-86
SELECT
    c.au, r.personne_id,
    CASE WHEN r.repondue_le <= r.repondre_avant AND r.repondue_le <= c.au THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN r.repondue_le <= c.au OR r.repondre_avant < c.au THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN r.repondue_le <= c.au OR r.repondre_avant < c.au THEN 0 ELSE 1 END AS inconnu
FROM contexte c
JOIN reclamations r ON r.recue_le > c.il_y_a_12_mois AND r.recue_le <= c.au
WHERE c.publie
