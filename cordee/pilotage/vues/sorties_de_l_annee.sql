-- La dernière sortie de chaque personne, il y a deux à quatorze mois : assez ancienne pour n'être pas une interruption. parti : sortie
-- d'un lieu connu ; retour_le est vide quand elle n'est pas revenue au jour dit.
SELECT
    c.au, s.personne_id, max(s.jour) AS jour,
    max_by(s.cause, s.jour) AS cause
FROM contexte c
JOIN sorties_typees s ON s.jour > c.il_y_a_14_mois AND s.jour <= c.il_y_a_2_mois
WHERE c.publie
GROUP BY c.au, s.personne_id
