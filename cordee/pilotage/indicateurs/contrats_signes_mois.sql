-- code: contrats_signes_mois
-- libelle: Contrats signés dans le mois
-- famille: contrats
-- unite: personnes
-- agregat: effectif
-- definition: Personnes dont un contrat est entré en vigueur depuis le premier du mois, signé dans Cordée ou annoncé
--   par l'organisme extérieur.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: E04 ; F032
-- perimetre: Contrats entrés en vigueur depuis le premier du mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 10
-- repond: K04
SELECT c.au, k.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN contrats k ON k.debut >= c.debut_mois AND k.debut <= c.au AND k.genre <> 'ppae'
WHERE c.publie
UNION
SELECT c.au, e.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN evenements e ON e.genre = 'information_partenaire' AND e.contrat_dit >= c.debut_mois AND e.contrat_dit <= c.au
WHERE c.publie AND e.contrat_dit >= DATE '2025-01-01'
