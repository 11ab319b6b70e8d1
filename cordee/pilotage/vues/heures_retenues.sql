-- Les heures des quatre dernières semaines finies, par personne. Par semaine et par activité, la source la plus forte compte seule :
-- justifiées, à défaut constatées, à défaut déclarées ; les structures d'une même source s'ajoutent.
WITH dites AS (
    SELECT
        c.au, h.personne_id, h.semaine, h.famille,
        CASE h.source WHEN 'verifiee' THEN 3 WHEN 'presente' THEN 2 ELSE 1 END AS rang,
        sum(h.heures) AS heures
    FROM contexte c
    JOIN heures h
        ON h.semaine >= c.lundi_4_semaines AND h.semaine < c.lundi AND h.saisie_le <= c.au AND c.au < h.remplacee_le
    WHERE c.publie
    GROUP BY c.au, h.personne_id, h.semaine, h.famille,
        CASE h.source WHEN 'verifiee' THEN 3 WHEN 'presente' THEN 2 ELSE 1 END
),
fortes AS (
    SELECT au, personne_id, semaine, famille, max(rang) AS rang, max_by(heures, rang) AS heures
    FROM dites
    GROUP BY au, personne_id, semaine, famille
)
SELECT
    au, personne_id,
    count(DISTINCT semaine) AS semaines,
    sum(heures) AS heures,
    sum(CASE WHEN rang = 1 THEN heures ELSE 0 END) AS declarees,
    sum(CASE WHEN rang = 2 THEN heures ELSE 0 END) AS constatees,
    sum(CASE WHEN rang = 3 THEN heures ELSE 0 END) AS justifiees
FROM fortes
GROUP BY au, personne_id
