-- Les adultes des foyers dont le droit est ouvert (état 2, 3 ou 4), un jour donné, hors décès et départs vérifiés.
-- soumise : vrai, faux, ou vide quand l'indicateur n'est ni transmis ni connu depuis moins de deux mois (E30).
-- versable, droit_reel : les deux autres périmètres, sdd_drees et sdd_payes.
WITH drapeaux AS (
    SELECT
        personne_id, foyer_id, debut, fin, sdd,
        last_value(sdd IGNORE NULLS) OVER avant AS dernier,
        max(CASE WHEN sdd IS NOT NULL THEN fin END) OVER avant AS connu_jusqu_au
    FROM droits_personnes
    WINDOW avant AS (PARTITION BY personne_id, foyer_id ORDER BY debut ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
faces AS (
    SELECT
        c.au, d.personne_id, d.foyer_id, f.etat, f.motif, f.debut,
        CASE WHEN d.sdd IS NOT NULL THEN d.sdd WHEN d.connu_jusqu_au >= c.drapeau_depuis THEN d.dernier END AS soumise
    FROM contexte c
    JOIN drapeaux d ON d.debut <= c.au AND c.au < d.fin
    JOIN droits_foyers f ON f.foyer_id = d.foyer_id AND f.debut <= c.au AND c.au < f.fin AND f.etat IN ('2', '3', '4')
    LEFT JOIN appartenances a
        ON a.personne_id = d.personne_id AND a.foyer_id = d.foyer_id AND a.debut <= c.au AND c.au < a.fin
    WHERE d.sdd IS NOT NULL OR a.role IN ('dem', 'cjt')
)
SELECT
    f.au, f.personne_id,
    CASE WHEN max(CASE WHEN f.soumise THEN 1 ELSE 0 END) = 1 THEN TRUE
         WHEN max(CASE WHEN f.soumise IS NULL THEN 1 ELSE 0 END) = 1 THEN NULL
         ELSE FALSE END AS soumise,
    max(CASE WHEN f.soumise AND f.etat = '2' THEN 1 ELSE 0 END) = 1 AS versable,
    max(CASE WHEN f.soumise AND (f.etat IN ('2', '3') OR f.etat = '4' AND f.motif IN ('05', '44', '70')) THEN 1 ELSE 0 END) = 1
        AS droit_reel,
    max_by(f.foyer_id, {'soumise': CASE WHEN f.soumise THEN 1 ELSE 0 END, 'foyer': f.foyer_id}) AS foyer_id
FROM faces f
JOIN personnes p ON p.id = f.personne_id
LEFT JOIN departs_verifies d ON d.personne_id = f.personne_id AND d.jour <= f.au AND f.au < d.retour_le
WHERE (p.deces_le IS NULL OR p.deces_le > f.au) AND d.personne_id IS NULL
GROUP BY f.au, f.personne_id
