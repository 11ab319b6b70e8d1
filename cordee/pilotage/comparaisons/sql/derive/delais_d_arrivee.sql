-- Par personne arrivée : la structure de son secteur, le jour de réception, et les jours jusqu'à la convocation, au premier
-- entretien et à l'orientation. Pas encore : 9999, pour qu'une médiane n'oublie pas celles qui attendent ; sortie avant :
-- vide.
SELECT
    t.structure_id, a.recue_le AS jour, a.personne_id,
    CASE WHEN a.convoquee_le IS NOT NULL THEN datediff('day', a.recue_le, a.convoquee_le)
         WHEN a.orientee_le IS NULL AND s.personne_id IS NOT NULL THEN 9999 END AS convocation,
    CASE WHEN a.rencontree_le IS NOT NULL THEN datediff('day', a.recue_le, a.rencontree_le)
         WHEN a.orientee_le IS NULL AND s.personne_id IS NOT NULL THEN 9999 END AS entretien,
    CASE WHEN a.orientee_le IS NOT NULL THEN datediff('day', a.recue_le, a.orientee_le)
         WHEN s.personne_id IS NOT NULL THEN 9999 END AS orientation
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_5_ans AND a.recue_le <= c.au
JOIN secteurs t ON t.au = c.au AND t.personne_id = a.personne_id
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = a.personne_id AND s.soumise
WHERE c.publie
