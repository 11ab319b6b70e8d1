-- L'orientation en vigueur un jour donné.
SELECT
    c.au, o.personne_id,
    max_by(o.voie, {'debut': o.debut, 'id': o.id}) AS voie,
    max_by(o.categorie, {'debut': o.debut, 'id': o.id}) AS categorie,
    max_by(o.structure_id, {'debut': o.debut, 'id': o.id}) AS structure_id,
    max(o.debut) AS debut
FROM contexte c
JOIN orientations o ON o.debut <= c.au AND c.au < o.fin
GROUP BY c.au, o.personne_id
