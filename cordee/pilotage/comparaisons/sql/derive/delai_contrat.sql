-- Par orientation notifiée : la structure, le jour, et les jours jusqu'au premier contrat. Pas encore et toujours là : 9999 ;
-- orientation close ou droit fini sans contrat : vide ; organisme extérieur qui n'a rien dit : vide.
WITH recues AS (
    SELECT
        c.au, o.personne_id, o.structure_id, o.categorie, o.debut, o.fin, coalesce(o.notifiee_le, o.debut) AS jour
    FROM contexte c
    JOIN orientations o ON coalesce(o.notifiee_le, o.debut) > c.il_y_a_5_ans AND coalesce(o.notifiee_le, o.debut) <= c.au
    WHERE c.publie
),
signatures AS (
    SELECT personne_id, coalesce(signe_le, debut) AS jour FROM contrats
    UNION ALL
    SELECT personne_id, contrat_dit AS jour FROM evenements WHERE genre = 'information_partenaire' AND contrat_dit IS NOT NULL
),
premieres AS (
    SELECT r.personne_id, r.structure_id, r.debut, min(k.jour) AS signe_le
    FROM recues r
    JOIN signatures k ON k.personne_id = r.personne_id AND k.jour >= r.debut AND k.jour < r.fin AND k.jour <= r.au
    GROUP BY r.personne_id, r.structure_id, r.debut
)
SELECT
    r.structure_id, r.jour, r.personne_id,
    CASE WHEN p.signe_le IS NOT NULL THEN greatest(datediff('day', r.jour, p.signe_le), 0)
         WHEN r.fin > r.au AND s.personne_id IS NOT NULL AND r.categorie <> 'operateur_emploi' THEN 9999 END AS contrat
FROM recues r
LEFT JOIN premieres p ON p.personne_id = r.personne_id AND p.structure_id = r.structure_id AND p.debut = r.debut
LEFT JOIN sdd s ON s.au = r.au AND s.personne_id = r.personne_id AND s.soumise
