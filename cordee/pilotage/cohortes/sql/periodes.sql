-- Tout ce qui place une personne, en mois comptés depuis sa photo de départ (k1 et k2 compris), et ce qui l'emporte quand
-- plusieurs choses sont vraies (poids). Après une sortie, son état est sa cause, jusqu'à un retour.
WITH bruts AS (
    SELECT m.personne_id, 1 AS poids, s.debut, s.fin FROM membres m JOIN sejours s ON s.personne_id = m.personne_id
    UNION ALL
    SELECT m.personne_id, 2 AS poids, o.debut, o.fin FROM membres m JOIN orientations o ON o.personne_id = m.personne_id
    UNION ALL
    SELECT m.personne_id, CASE WHEN k.intensif THEN 4 ELSE 3 END AS poids, k.debut, k.fin
    FROM membres m
    JOIN liens k ON k.personne_id = m.personne_id
    UNION ALL
    SELECT m.personne_id, 5 AS poids, s.debut, s.fin
    FROM membres m
    JOIN situations s ON s.personne_id = m.personne_id
    WHERE s.genre = 'situation_particuliere' AND s.etat IN ('en_emploi_partiel', 'independante')
    UNION ALL
    SELECT m.personne_id, 6 AS poids, greatest(d.debut, f.debut) AS debut, least(d.fin, f.fin) AS fin
    FROM membres m
    JOIN droits_personnes d ON d.personne_id = m.personne_id AND d.sdd
    JOIN droits_foyers f
        ON f.foyer_id = d.foyer_id AND f.etat IN ('3', '4') AND d.debut < f.fin AND f.debut < d.fin
    UNION ALL
    SELECT
        x.personne_id,
        CASE x.cause WHEN 'emploi' THEN 7 WHEN 'ressources' THEN 8 WHEN 'non_soumise' THEN 8 WHEN 'papiers' THEN 9
            WHEN 'sanction' THEN 9 ELSE 10 END AS poids,
        x.fin AS debut, coalesce(min(s.debut), DATE '9999-12-31') AS fin
    FROM sorties x
    LEFT JOIN sejours s ON s.personne_id = x.personne_id AND s.debut > x.fin
    GROUP BY x.personne_id, x.cause, x.fin
)
SELECT
    b.personne_id, b.poids,
    greatest(CAST(extract(YEAR FROM b.debut) * 12 + extract(MONTH FROM b.debut) AS INTEGER) - m.depart_m, 0) AS k1,
    least(CAST(extract(YEAR FROM b.fin) * 12 + extract(MONTH FROM b.fin) AS INTEGER) - 1 - m.depart_m, m.suivi) AS k2
FROM bruts b
JOIN membres m ON m.personne_id = b.personne_id
