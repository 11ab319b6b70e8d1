-- La structure du secteur de chaque personne, un jour donné ; avant la réception du premier fichier, la première connue.
SELECT
    c.au, r.personne_id,
    coalesce(
        max_by(r.structure_id, {'debut': r.debut, 'structure': r.structure_id}) FILTER (WHERE r.debut <= c.au),
        min_by(r.structure_id, {'debut': r.debut, 'structure': r.structure_id})
    ) AS structure_id
FROM contexte c
CROSS JOIN rattachements r
WHERE r.finalite = 'secteur'
GROUP BY c.au, r.personne_id
