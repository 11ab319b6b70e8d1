-- Où chaque personne se place un jour donné : sa commune et son EPT, la structure de son secteur, son organisme référent.
-- L'adresse établie par un agent passe avant celle du foyer ; à défaut d'adresse ce jour-là, la dernière connue.
WITH membres AS (
    SELECT c.au, a.personne_id,
        max_by(a.foyer_id, {'dernier': CASE WHEN c.au < a.fin THEN DATE '9999-12-31' ELSE a.debut END,
                            'debut': a.debut, 'foyer': a.foyer_id}) AS foyer_id
    FROM contexte c
    JOIN appartenances a ON a.debut <= c.au AND a.role IN ('dem', 'cjt', 'aut')
    GROUP BY c.au, a.personne_id
),
du_foyer AS (
    SELECT c.au, d.foyer_id,
        max_by(d.commune, {'dernier': CASE WHEN c.au < d.fin THEN DATE '9999-12-31' ELSE d.debut END,
                           'debut': d.debut, 'commune': d.commune}) AS commune
    FROM contexte c
    JOIN adresses d ON d.foyer_id IS NOT NULL AND d.rang = 1 AND d.debut <= c.au
    GROUP BY c.au, d.foyer_id
),
propres AS (
    SELECT c.au, d.personne_id, max_by(d.commune, {'debut': d.debut, 'commune': d.commune}) AS commune
    FROM contexte c
    JOIN adresses d ON d.personne_id IS NOT NULL AND d.debut <= c.au AND c.au < d.fin
    GROUP BY c.au, d.personne_id
),
situees AS (
    SELECT m.au, m.personne_id, coalesce(p.commune, f.commune) AS commune
    FROM membres m
    LEFT JOIN du_foyer f ON f.au = m.au AND f.foyer_id = m.foyer_id
    LEFT JOIN propres p ON p.au = m.au AND p.personne_id = m.personne_id
)
SELECT
    s.au, s.personne_id, s.commune, k.ept,
    x.code AS secteur, r.structure AS referent
FROM situees s
LEFT JOIN communes k ON k.commune = s.commune
LEFT JOIN secteurs t ON t.au = s.au AND t.personne_id = s.personne_id
LEFT JOIN structures x ON x.structure_id = t.structure_id
LEFT JOIN referents r ON r.au = s.au AND r.personne_id = s.personne_id
