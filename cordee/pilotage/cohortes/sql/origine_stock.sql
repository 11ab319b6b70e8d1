-- Présence à la photo de fin de mois.
SELECT p.personne_id, max(c.au) AS origine_le
FROM periodes_sdd p
JOIN cohorte c ON p.debut <= c.au AND c.au < p.fin
GROUP BY p.personne_id
