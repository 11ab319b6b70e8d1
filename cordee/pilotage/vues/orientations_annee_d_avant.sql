-- La dernière décision d'orientation de chaque personne dans les douze mois qui finissent un an avant le jour dit : ce à quoi se
-- compare « orientations_de_l_annee », par la même lecture des voies.
WITH decidees AS (
    SELECT c.au, o.personne_id, max_by(o.voie, {'le': o.decidee_le, 'id': o.id}) AS voie, max(o.decidee_le) AS decidee_le
    FROM contexte c
    JOIN orientations o ON o.decidee_le > c.il_y_a_24_mois AND o.decidee_le <= c.il_y_a_12_mois
    WHERE c.publie
    GROUP BY c.au, o.personne_id
)
SELECT d.au, d.personne_id, v.parcours
FROM decidees d
LEFT JOIN lecture_des_voies v ON v.voie = d.voie AND v.debut <= d.decidee_le AND d.decidee_le < v.fin
