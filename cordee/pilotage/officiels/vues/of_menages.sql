-- Le foyer de chaque adulte un jour donné : combien d'adultes, un enfant à charge au sens du RSA, majoré ou non, et la
-- dernière entrée de l'allocataire.
WITH places AS (
    SELECT c.au, a.personne_id, max_by(a.foyer_id, {'debut': a.debut, 'foyer': a.foyer_id}) AS foyer_id
    FROM contexte c
    JOIN appartenances a ON a.role IN ('dem', 'cjt') AND a.debut <= c.au AND c.au < a.fin
    GROUP BY c.au, a.personne_id
),
foyers_lus AS (
    SELECT
        c.au, a.foyer_id, count(DISTINCT a.personne_id) AS adultes,
        max(CASE WHEN a.role = 'dem' THEN e.entree END) AS entree_allocataire
    FROM contexte c
    JOIN appartenances a ON a.role IN ('dem', 'cjt') AND a.debut <= c.au AND c.au < a.fin
    LEFT JOIN entrees e ON e.au = c.au AND e.personne_id = a.personne_id
    GROUP BY c.au, a.foyer_id
),
majorations AS (
    SELECT c.au, f.foyer_id, f.majore
    FROM contexte c
    JOIN droits_foyers f ON f.debut <= c.au AND c.au < f.fin
)
SELECT
    p.au, p.personne_id, p.foyer_id, f.adultes, m.majore,
    CASE WHEN e.enfant_inconnu THEN NULL ELSE coalesce(e.avec_enfant, FALSE) END AS avec_enfant,
    coalesce(f.entree_allocataire, n.entree) AS entree
FROM places p
JOIN foyers_lus f ON f.au = p.au AND f.foyer_id = p.foyer_id
LEFT JOIN majorations m ON m.au = p.au AND m.foyer_id = p.foyer_id
LEFT JOIN enfants e ON e.au = p.au AND e.foyer_id = p.foyer_id
LEFT JOIN entrees n ON n.au = p.au AND n.personne_id = p.personne_id
