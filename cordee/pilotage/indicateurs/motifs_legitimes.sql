-- code: motifs_legitimes
-- libelle: Manquements signalés où un motif légitime est retenu
-- famille: devoirs
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les manquements signalés dans les douze mois et examinés avec la personne, la part de ceux où
--   un motif légitime a été retenu. Pas encore examinés : comptés à part.
-- numerateur: ceux où un motif est retenu
-- denominateur: les manquements examinés
-- source: CASF L262-37
-- perimetre: Manquements signalés dans les douze mois
-- sens: neutre
-- niveaux: departement, ept, structure
-- structure: referent
-- recul: 12
-- repetees: oui
-- rang: 3
-- repond: K13
WITH examens AS (
    SELECT c.au, e.manquement_id, max(CASE WHEN e.retenu THEN 1 ELSE 0 END) AS retenu
    FROM contexte c
    JOIN examens_motif e ON e.jour <= c.au
    WHERE c.publie
    GROUP BY c.au, e.manquement_id
)
SELECT
    c.au, m.personne_id,
    coalesce(x.retenu, 0) AS numerateur,
    CASE WHEN x.manquement_id IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN x.manquement_id IS NULL THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN manquements m ON m.signale_le > c.il_y_a_12_mois AND m.signale_le <= c.au
LEFT JOIN examens x ON x.au = c.au AND x.manquement_id = m.id
WHERE c.publie
