-- Les séjours dans les droits et devoirs de ceux que l'origine retient : un seul mois d'interruption ne les coupe pas. Les mois
-- sont des rangs (année × 12 + mois) ; une personne est là à la fin du mois m quand debut_m <= m et m < fin_m.
WITH bornes AS (
    SELECT
        p.personne_id, p.debut, p.fin,
        extract(YEAR FROM p.debut) * 12 + extract(MONTH FROM p.debut) AS debut_m,
        extract(YEAR FROM p.fin) * 12 + extract(MONTH FROM p.fin) AS fin_m
    FROM periodes_sdd p
    JOIN origines o ON o.personne_id = p.personne_id
    WHERE p.debut < p.fin
),
coupes AS (
    SELECT
        b.personne_id, b.debut, b.fin, b.debut_m, b.fin_m,
        CASE WHEN b.debut_m - max(b.fin_m) OVER avant >= 2 THEN 1 ELSE 0 END AS coupe
    FROM bornes b
    WINDOW avant AS (PARTITION BY b.personne_id ORDER BY b.debut, b.fin ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
rangs AS (
    SELECT
        personne_id, debut, fin, debut_m, fin_m,
        sum(coupe) OVER (
            PARTITION BY personne_id ORDER BY debut, fin ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS rang
    FROM coupes
)
SELECT
    personne_id, CAST(rang AS INTEGER) AS rang, min(debut) AS debut, max(fin) AS fin,
    CAST(min(debut_m) AS INTEGER) AS debut_m, CAST(max(fin_m) AS INTEGER) AS fin_m
FROM rangs
GROUP BY personne_id, rang
