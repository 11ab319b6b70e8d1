-- code: jamais_accompagnees_orientees
-- libelle: Jamais accompagnées il y a un an, orientées ou accompagnées depuis
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les personnes soumises, entrées depuis plus d'un an et sans aucun échange avec un référent il y
--   a un an, la part de celles pour qui une orientation a été décidée ou un premier échange a eu lieu dans les douze
--   mois. Suivies par un organisme extérieur qui n'a rien dit : comptées à part.
-- numerateur: celles orientées ou accompagnées depuis
-- denominateur: les personnes jamais accompagnées il y a un an, encore soumises
-- source: F040 (plus d'un tiers)
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 12
-- rang: 3
-- repond: K14, REQ-101
SELECT
    s.au, s.personne_id,
    CASE WHEN d.premier_suivi_le IS NOT NULL OR o.debut > c.il_y_a_12_mois THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN d.premier_suivi_le IS NULL AND o.debut <= c.il_y_a_12_mois AND o.categorie = 'operateur_emploi' AND p.personne_id IS NULL
         THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN d.premier_suivi_le IS NULL AND o.debut <= c.il_y_a_12_mois AND o.categorie = 'operateur_emploi' AND p.personne_id IS NULL
         THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN sdd s ON s.au = c.au
LEFT JOIN derniers_echanges d ON d.au = s.au AND d.personne_id = s.personne_id
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN partenaires_au p ON p.au = s.au AND p.personne_id = s.personne_id
WHERE c.publie AND s.soumise AND s.entree <= c.il_y_a_12_mois
    AND (d.premier_suivi_le IS NULL OR d.premier_suivi_le > c.il_y_a_12_mois)
