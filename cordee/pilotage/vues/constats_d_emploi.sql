-- Les emplois et activités indépendantes constatés par un agent, jusqu'à la reprise du parcours.
SELECT e.personne_id, e.jour AS debut, coalesce(min(r.jour), DATE '9999-12-31') AS fin
FROM evenements e
LEFT JOIN evenements r ON r.personne_id = e.personne_id AND r.genre = 'reprise' AND r.jour > e.jour
WHERE e.genre = 'situation_particuliere' AND e.etat IN ('en_emploi_partiel', 'independante')
GROUP BY e.personne_id, e.jour
