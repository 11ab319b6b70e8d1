-- Les contrats en cours un jour donné. Celui que l'organisme extérieur annonce compte tant que l'orientation vers lui
-- tient (E05), sauf si le même est déjà dans Cordée.
WITH connus AS (
    SELECT c.au, k.contrat_id, k.personne_id, k.serie, k.organisme, k.cote, k.debut, k.fin, k.actualisation_le
    FROM contexte c
    JOIN of_contrats_lus k ON NOT k.dit AND k.debut <= c.au AND c.au < k.fin
),
dits AS (
    SELECT c.au, k.personne_id, k.serie, k.organisme, k.cote, max(k.signe_le) AS debut
    FROM contexte c
    JOIN of_contrats_lus k ON k.dit AND k.debut <= c.au
    JOIN of_orientations_du_jour o
        ON o.au = c.au AND o.personne_id = k.personne_id AND o.structure_id = k.structure_id AND k.debut >= o.debut
    GROUP BY c.au, k.personne_id, k.serie, k.organisme, k.cote
)
SELECT au, contrat_id, personne_id, serie, organisme, cote, debut, fin, actualisation_le FROM connus
UNION ALL
SELECT
    d.au, NULL AS contrat_id, d.personne_id, d.serie, d.organisme, d.cote, d.debut,
    CAST(NULL AS DATE) AS fin, CAST(NULL AS DATE) AS actualisation_le
FROM dits d
LEFT JOIN connus k ON k.au = d.au AND k.personne_id = d.personne_id AND k.serie = d.serie
WHERE k.personne_id IS NULL
