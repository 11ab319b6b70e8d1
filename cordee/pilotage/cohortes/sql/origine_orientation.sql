-- Première orientation : une décision prise quand aucune n'était en vigueur la veille.
SELECT o.personne_id, min(o.debut) AS origine_le
FROM orientations o
JOIN cohorte c ON o.debut BETWEEN c.du AND c.au
LEFT JOIN orientations avant ON avant.personne_id = o.personne_id AND avant.debut < o.debut AND avant.fin >= o.debut
WHERE avant.personne_id IS NULL
GROUP BY o.personne_id
