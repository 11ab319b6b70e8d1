-- L'état de chaque personne à la fin de chaque mois suivi : le poids le plus fort de ce qui est vrai ce jour-là.
SELECT p.personne_id, n.k, max(p.poids) AS poids
FROM periodes p
JOIN pas n ON n.k >= p.k1 AND n.k <= p.k2
GROUP BY p.personne_id, n.k
