-- L'orientation en vigueur un jour donné.
SELECT
    c.au, o.personne_id,
    max_by(o.voie, o.debut) AS voie,
    max_by(o.categorie, o.debut) AS categorie,
    max_by(o.structure_id, o.debut) AS structure_id,
    max(o.debut) AS debut
FROM contexte c
JOIN orientations o ON o.debut <= c.au AND c.au < o.fin
GROUP BY c.au, o.personne_id
