-- Premier contrat : aucun n'était en vigueur la veille.
SELECT k.personne_id, min(k.debut) AS origine_le
FROM liens k
JOIN cohorte c ON k.debut BETWEEN c.du AND c.au
LEFT JOIN liens avant ON avant.personne_id = k.personne_id AND avant.debut < k.debut AND avant.fin >= k.debut
WHERE avant.personne_id IS NULL
GROUP BY k.personne_id
