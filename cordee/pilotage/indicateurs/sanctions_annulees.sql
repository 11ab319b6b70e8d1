-- code: sanctions_annulees
-- libelle: Mesures annulées dans les douze mois
-- famille: devoirs
-- unite: personnes
-- agregat: effectif
-- definition: Personnes pour qui une mesure a été annulée dans les douze mois, comme si elle n'avait jamais été :
--   recours accueilli, jugement, erreur.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: CASF L262-37 et R262-68
-- perimetre: Actes des douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- recul: 12
-- rang: 6
-- repond: K13
SELECT DISTINCT c.au, m.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM contexte c
JOIN mesures m ON m.annulee_le > c.il_y_a_12_mois AND m.annulee_le <= c.au
WHERE c.publie
