-- L'organisme référent de chaque personne, un jour donné, et l'agent nommé quand il l'est.
SELECT
    c.au, r.personne_id,
    max_by(r.structure_id, {'debut': r.debut, 'structure': r.structure_id, 'agent': coalesce(r.agent_id, 0)}) AS structure_id,
    max_by(s.code, {'debut': r.debut, 'structure': r.structure_id, 'agent': coalesce(r.agent_id, 0)}) AS structure,
    max_by(s.categorie, {'debut': r.debut, 'structure': r.structure_id, 'agent': coalesce(r.agent_id, 0)}) AS categorie,
    max_by(r.agent_id, {'debut': r.debut, 'structure': r.structure_id, 'agent': coalesce(r.agent_id, 0)}) FILTER (WHERE r.agent_id IS NOT NULL) AS agent_id
FROM contexte c
JOIN rattachements r ON r.finalite = 'referent' AND r.debut <= c.au AND c.au < r.fin
JOIN structures s ON s.structure_id = r.structure_id
GROUP BY c.au, r.personne_id
