-- code: ecarts_faute_de_place
-- libelle: Écarts à la proposition faute de place
-- famille: orientation
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les orientations des douze mois qui s'écartent de la proposition, la part de celles qui le font
--   parce que l'organisme proposé n'avait pas de place.
-- numerateur: celles dont c'est la raison
-- denominateur: les orientations qui s'écartent de la proposition
-- source: CRPA R311-3-1-2
-- perimetre: Orientations décidées dans les douze mois
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 12
-- repetees: oui
-- rang: 11
-- repond: REQ-45
SELECT
    c.au, o.personne_id,
    CASE WHEN o.motif_ecart = 'manque_capacite_accueil' THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN orientations o ON o.decidee_le > c.il_y_a_12_mois AND o.decidee_le <= c.au AND NOT o.suivie
WHERE c.publie
