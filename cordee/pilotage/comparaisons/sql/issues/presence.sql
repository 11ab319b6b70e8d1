-- Venue au premier rendez-vous donné par la structure dans les douze derniers mois : un rendez-vous par personne et par
-- structure, pour que chacun compte une fois. Une absence excusée n'est ni une venue ni une absence : inconnue, comme un
-- rendez-vous passé sans suite notée.
WITH passes AS (
    SELECT
        c.au, r.personne_id, r.structure_id,
        min(r.jour) AS jour,
        min_by(r.statut, {'jour': r.jour, 'id': r.id}) AS statut
    FROM contexte c
    JOIN rendez_vous r ON r.jour > c.il_y_a_12_mois AND r.jour < c.au
    WHERE c.publie AND r.statut IN ('honore', 'absent', 'excuse', 'prevu')
    GROUP BY c.au, r.personne_id, r.structure_id
),
voies AS (
    SELECT p.personne_id, p.structure_id, max_by(o.voie, {'debut': o.debut, 'id': o.id}) AS voie
    FROM passes p
    JOIN orientations o ON o.personne_id = p.personne_id AND o.debut <= p.jour
    GROUP BY p.personne_id, p.structure_id
)
SELECT
    p.personne_id, p.structure_id, p.jour, coalesce(v.voie, 'avant') AS voie,
    CASE WHEN p.statut = 'honore' THEN 1.0 ELSE 0.0 END AS valeur,
    p.statut IN ('excuse', 'prevu') AS inconnu
FROM passes p
LEFT JOIN voies v ON v.personne_id = p.personne_id AND v.structure_id = p.structure_id
