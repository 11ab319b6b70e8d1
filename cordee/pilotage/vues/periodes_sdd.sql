-- Les périodes pendant lesquelles une personne est soumise, droit ouvert ; un départ vérifié les coupe, jusqu'à son retour dans un
-- fichier.
WITH entieres AS (
    SELECT
        d.personne_id, d.foyer_id,
        greatest(d.debut, f.debut) AS debut,
        least(d.fin, f.fin) AS fin
    FROM droits_personnes d
    JOIN droits_foyers f
        ON f.foyer_id = d.foyer_id AND f.etat IN ('2', '3', '4') AND d.debut < f.fin AND f.debut < d.fin
    WHERE d.sdd
),
coupees AS (
    SELECT e.personne_id, e.foyer_id, e.debut, e.fin, min(v.jour) AS depart_le, max(v.retour_le) AS retour_le
    FROM entieres e
    LEFT JOIN departs_verifies v ON v.personne_id = e.personne_id AND v.jour < e.fin AND v.retour_le > e.debut
    GROUP BY e.personne_id, e.foyer_id, e.debut, e.fin
)
SELECT personne_id, foyer_id, debut, CASE WHEN depart_le < fin THEN depart_le ELSE fin END AS fin
FROM coupees
WHERE depart_le IS NULL OR depart_le > debut
UNION ALL
SELECT personne_id, foyer_id, greatest(debut, retour_le) AS debut, fin
FROM coupees
WHERE retour_le < fin
