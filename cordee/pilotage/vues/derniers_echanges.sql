-- Le dernier échange de chaque personne soumise, un jour donné, le premier et le dernier de l'accompagnement depuis son entrée.
SELECT
    s.au, s.personne_id,
    max(e.jour) AS dernier_le,
    max(CASE WHEN e.accompagnement AND (s.entree IS NULL OR e.jour >= s.entree) THEN 1 ELSE 0 END) = 1 AS accompagnee,
    max(CASE WHEN e.accompagnement AND (s.entree IS NULL OR e.jour >= s.entree) THEN e.jour END) AS suivi_le,
    min(CASE WHEN e.accompagnement AND (s.entree IS NULL OR e.jour >= s.entree) THEN e.jour END) AS premier_suivi_le
FROM sdd s
JOIN echanges e ON e.personne_id = s.personne_id AND e.jour <= s.au
WHERE s.soumise
GROUP BY s.au, s.personne_id
