-- Le dernier niveau de formation dit dans un entretien, à la date des tableaux.
WITH dits AS (
    SELECT
        c.au, d.personne_id, d.jour,
        CASE WHEN d.diplome IN ('afs', 'cp4', 'cfg', 'c3a') THEN 'vi_vbis'
             WHEN d.diplome IN ('c12', 'nv5') THEN 'v'
             WHEN d.diplome = 'nv4' THEN 'iv'
             WHEN d.diplome IN ('nv3', 'nv2', 'nv1') THEN 'iii_i'
             WHEN d.niveau = 'sans' THEN 'vi_vbis'
             WHEN d.niveau = 'qualifiant' THEN 'v'
             WHEN d.niveau = 'bac' THEN 'iv'
             WHEN d.niveau = 'superieur' THEN 'iii_i' END AS formation
    FROM contexte c
    JOIN diagnostics d ON d.jour <= c.au
    LEFT JOIN diagnostics corrige ON corrige.remplace_id = d.id
    WHERE corrige.id IS NULL
)
SELECT au, personne_id, max_by(formation, {'jour': jour, 'formation': formation}) AS formation
FROM dits
WHERE formation IS NOT NULL
GROUP BY au, personne_id
