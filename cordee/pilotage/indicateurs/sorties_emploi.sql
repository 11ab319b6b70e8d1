-- code: sorties_emploi
-- libelle: Sorties vers un emploi, sur douze mois
-- famille: emploi
-- unite: personnes
-- agregat: effectif
-- definition: Personnes dont la sortie vers un emploi a été dite dans les douze mois : motif de fin de droit ou suivi
--   dans l'emploi décidé. Les fichiers de la caisse ne disent pas l'emploi : c'est un minimum.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: F045 (définitions distinctes, jamais sur un même graphique) ; K12
-- perimetre: Sorties dites vers l'emploi, douze mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- recul: 12
-- rang: 1
-- repond: K12, REQ-57
SELECT DISTINCT c.au, e.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN sorties_emploi_dites e ON e.jour > c.il_y_a_12_mois AND e.jour <= c.au
WHERE c.publie
