-- Les jours entre la réception de l'information et l'orientation, comptés jusqu'à 90 : une personne qui attend encore après
-- trois mois compte 90 jours (moyenne restreinte), pour qu'aucune attente ne disparaisse. Reçues il y a trois à douze mois.
-- La structure est celle du secteur où vit la personne. Inconnu : sortie avant d'être orientée.
SELECT
    a.personne_id, t.structure_id, a.recue_le AS jour, '' AS voie,
    CAST(CASE WHEN a.orientee_le IS NOT NULL AND datediff('day', a.recue_le, a.orientee_le) < 90 THEN datediff('day', a.recue_le, a.orientee_le) ELSE 90 END
        AS DOUBLE) AS valeur,
    a.orientee_le IS NULL AND p.personne_id IS NULL AS inconnu
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_12_mois AND a.recue_le <= c.il_y_a_3_mois
JOIN secteurs t ON t.au = c.au AND t.personne_id = a.personne_id
LEFT JOIN (
    SELECT DISTINCT d.personne_id, x.recue_le
    FROM arrivees x
    JOIN periodes_sdd d ON d.personne_id = x.personne_id AND d.debut <= x.recue_le + 90 AND d.fin > x.recue_le + 90
) p ON p.personne_id = a.personne_id AND p.recue_le = a.recue_le
WHERE c.publie
