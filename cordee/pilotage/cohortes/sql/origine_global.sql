-- Entrée en accompagnement global.
SELECT g.personne_id, min(g.debut) AS origine_le
FROM accompagnements_globaux g
JOIN cohorte c ON g.debut BETWEEN c.du AND c.au
GROUP BY g.personne_id
