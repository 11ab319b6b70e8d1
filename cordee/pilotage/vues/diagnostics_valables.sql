-- Les diagnostics qu'aucun autre ne corrige.
SELECT d.*
FROM diagnostics d
LEFT JOIN diagnostics r ON r.remplace_id = d.id
WHERE r.id IS NULL
