-- Les actes des trois derniers mois : la structure de la personne, et les jours entre l'acte et le moment où il a été noté.
SELECT
    coalesce(l.referent, l.secteur, '') AS structure, e.personne_id, e.genre,
    greatest(datediff('day', e.jour, e.note_le), 0) AS jours
FROM contexte c
JOIN evenements e
    ON e.genre IN ('contact', 'presence', 'absence', 'diagnostic', 'contrat_signe', 'contrat_actualise')
    AND e.jour > c.il_y_a_3_mois AND e.jour <= c.au AND e.note_le <= c.au
LEFT JOIN lieux l ON l.au = c.au AND l.personne_id = e.personne_id
WHERE c.publie
