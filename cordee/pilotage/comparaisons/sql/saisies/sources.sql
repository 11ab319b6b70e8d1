-- L'âge de ce que chaque source nous dit, sur trois mois : les entrées des caisses (de leur première transmission à la
-- réception), ce que dit un partenaire (de la date où c'est vrai à celle où il l'a dit), les personnes que cela touche.
SELECT 'caisse' AS genre, '' AS qui, o.personne_id, greatest(datediff('day', o.transmise_le, o.recue_le), 0) AS jours
FROM contexte c
JOIN ouvertures o ON o.recue_le > c.il_y_a_3_mois AND o.recue_le <= c.au AND o.transmise_le IS NOT NULL
WHERE c.publie
UNION ALL
SELECT
    CASE WHEN s.categorie = 'operateur_emploi' THEN 'operateur' ELSE 'partenaire' END AS genre, coalesce(s.code, '') AS qui,
    e.personne_id, greatest(datediff('day', e.dit_au, e.jour), 0) AS jours
FROM contexte c
JOIN evenements e
    ON e.genre = 'information_partenaire' AND e.dit_au IS NOT NULL AND e.jour > c.il_y_a_3_mois AND e.jour <= c.au
LEFT JOIN structures s ON s.structure_id = e.pour_id
WHERE c.publie
