-- Combien de personnes dans chaque périmètre (E30), à la date des tableaux. drapeau_seul : l'indicateur « soumise » du
-- fichier, sans regarder le droit ; inconnues : droit ouvert, indicateur non transmis depuis plus de deux mois.
SELECT c.au, 'sdd_drees' AS code, count(p.personne_id) AS valeur
FROM contexte c
LEFT JOIN population p ON p.au = c.au AND p.soumise AND p.versable
GROUP BY c.au
UNION ALL
SELECT c.au, 'sdd_operationnel' AS code, count(p.personne_id) AS valeur
FROM contexte c
LEFT JOIN population p ON p.au = c.au AND p.soumise
GROUP BY c.au
UNION ALL
SELECT c.au, 'drapeau_seul' AS code, count(DISTINCT d.personne_id) AS valeur
FROM contexte c
LEFT JOIN droits_personnes d ON d.sdd AND d.debut <= c.au AND c.au < d.fin
GROUP BY c.au
UNION ALL
SELECT c.au, 'inconnues' AS code, count(p.personne_id) AS valeur
FROM contexte c
LEFT JOIN population p ON p.au = c.au AND p.soumise IS NULL
GROUP BY c.au
