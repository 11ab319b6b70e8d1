-- Les jours entre la réception de l'information et la première convocation, comptés jusqu'à 60 (REQ-27 : « de trois jours à
-- un mois environ »). Reçues il y a trois à douze mois, hors orientations sur dossier. La structure est celle du secteur.
-- Inconnu : sortie avant d'être convoquée.
SELECT
    a.personne_id, t.structure_id, a.recue_le AS jour, '' AS voie,
    CAST(CASE WHEN a.convoquee_le IS NOT NULL AND datediff('day', a.recue_le, a.convoquee_le) < 60 THEN datediff('day', a.recue_le, a.convoquee_le) ELSE 60 END
        AS DOUBLE) AS valeur,
    a.convoquee_le IS NULL AND p.personne_id IS NULL AS inconnu
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_12_mois AND a.recue_le <= c.il_y_a_3_mois
JOIN secteurs t ON t.au = c.au AND t.personne_id = a.personne_id
LEFT JOIN (
    SELECT DISTINCT d.personne_id, x.recue_le
    FROM arrivees x
    JOIN periodes_sdd d ON d.personne_id = x.personne_id AND d.debut <= x.recue_le + 60 AND d.fin > x.recue_le + 60
) p ON p.personne_id = a.personne_id AND p.recue_le = a.recue_le
WHERE c.publie AND (a.orientee_le IS NULL OR a.convoquee_le IS NOT NULL)
