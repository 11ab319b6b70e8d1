-- Les nouveaux entrants d'un mois : soumis, droit versable à la fin du mois, et pas à la fin du mois d'avant.
-- origine : ce qu'ils étaient à la fin du mois d'avant, le premier cas qui convient. connue_le : le jour où le
-- Département a reçu l'information, à défaut la fin du mois.
WITH venues AS (
    SELECT m.au, m.mois, m.veille, p.personne_id
    FROM mois_officiels m
    JOIN of_presentes p ON p.au = m.au AND p.sdd
    LEFT JOIN of_presentes v ON v.au = m.veille AND v.personne_id = p.personne_id AND v.sdd
    WHERE m.flux AND v.personne_id IS NULL
),
deja_soumises AS (
    SELECT DISTINCT n.au, n.personne_id
    FROM venues n
    JOIN periodes_sdd d ON d.personne_id = n.personne_id AND d.debut <= n.veille
),
rejoints AS (
    SELECT DISTINCT n.au, n.personne_id
    FROM venues n
    JOIN appartenances a
        ON a.personne_id = n.personne_id AND a.role IN ('dem', 'cjt') AND a.debut <= n.au AND n.au < a.fin
    JOIN droits_foyers f ON f.foyer_id = a.foyer_id AND f.etat = '2' AND f.debut <= n.veille AND n.veille < f.fin
),
recues AS (
    SELECT n.au, n.personne_id, min(o.recue_le) AS recue_le
    FROM venues n
    JOIN ouvertures o ON o.personne_id = n.personne_id AND o.recue_le > n.veille AND o.recue_le <= n.au + 45
    GROUP BY n.au, n.personne_id
),
deja_orientees AS (
    SELECT DISTINCT n.au, n.personne_id
    FROM venues n
    JOIN of_orientations_lues o
        ON o.personne_id = n.personne_id AND o.decidee_le <= n.veille AND o.debut <= n.au AND n.au < o.fin
)
SELECT
    n.au, n.mois, n.veille, n.personne_id,
    coalesce(r.recue_le, n.au) AS connue_le,
    s.personne_id IS NULL AS primo,
    o.personne_id IS NOT NULL AS deja_orientee,
    CASE WHEN p.soumise THEN 'suspendue' WHEN v.personne_id IS NOT NULL THEN 'non_soumise'
         WHEN s.personne_id IS NOT NULL THEN 'revenue' WHEN j.personne_id IS NOT NULL THEN 'rejoint'
         ELSE 'premiere' END AS origine
FROM venues n
LEFT JOIN recues r ON r.au = n.au AND r.personne_id = n.personne_id
LEFT JOIN deja_soumises s ON s.au = n.au AND s.personne_id = n.personne_id
LEFT JOIN deja_orientees o ON o.au = n.au AND o.personne_id = n.personne_id
LEFT JOIN rejoints j ON j.au = n.au AND j.personne_id = n.personne_id
LEFT JOIN of_presentes v ON v.au = n.veille AND v.personne_id = n.personne_id
LEFT JOIN population p ON p.au = n.veille AND p.personne_id = n.personne_id
