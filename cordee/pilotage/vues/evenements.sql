-- Ce qui est arrivé et n'a pas été corrigé depuis.
SELECT e.*
FROM evenements_bruts e
LEFT JOIN evenements_bruts a ON a.genre = 'annulation' AND a.objet_type = 'evenement' AND a.objet_id = e.id
WHERE a.id IS NULL AND e.genre <> 'annulation'
