-- Par rendez-vous passé : la structure, le jour, et si la personne est venue. Excusé ou sans suite notée : vide.
SELECT
    r.structure_id, r.jour, r.personne_id,
    CASE WHEN r.statut = 'honore' THEN 100.0 WHEN r.statut = 'absent' THEN 0.0 END AS presence
FROM contexte c
JOIN rendez_vous r ON r.jour > c.il_y_a_5_ans AND r.jour < c.au
WHERE c.publie AND r.statut IN ('honore', 'absent', 'excuse', 'prevu')
