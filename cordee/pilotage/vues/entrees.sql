-- La dernière entrée de chaque personne dans le dispositif, un jour donné : sa demande, à défaut l'effet de son droit, à
-- défaut la demande de son foyer. Un retour de moins de douze mois n'est pas une entrée (E16).
WITH connues AS (
    SELECT personne_id, coalesce(demande_le, effet_le, transmise_le) AS entree FROM ouvertures WHERE NOT retour
    UNION ALL
    SELECT a.personne_id, f.demande_le AS entree
    FROM appartenances a
    JOIN foyers f ON f.foyer_id = a.foyer_id
    LEFT JOIN ouvertures o ON o.personne_id = a.personne_id AND NOT o.retour
    WHERE a.role IN ('dem', 'cjt') AND f.demande_le IS NOT NULL AND o.personne_id IS NULL
)
SELECT c.au, k.personne_id, max(k.entree) AS entree
FROM contexte c
JOIN connues k ON k.entree <= c.au
GROUP BY c.au, k.personne_id
