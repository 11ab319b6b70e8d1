-- Les personnes soumises au moins un jour dans les douze mois, leur sexe, si leur foyer a un enfant à charge, et le nombre de celles
-- pour qui une mesure a été décidée dans ces mois, et non annulée depuis.
WITH presentes AS (
    SELECT c.au, p.personne_id, max_by(p.foyer_id, {'fin': p.fin, 'foyer': p.foyer_id}) AS foyer_id
    FROM contexte c
    JOIN periodes_sdd p ON p.debut <= c.au AND p.fin > c.il_y_a_12_mois
    WHERE c.publie
    GROUP BY c.au, p.personne_id
),
sanctionnees AS (
    SELECT DISTINCT c.au, m.personne_id
    FROM contexte c
    JOIN mesures m ON m.decidee_le > c.il_y_a_12_mois AND m.decidee_le <= c.au AND (m.annulee_le IS NULL OR m.annulee_le > c.au)
    WHERE c.publie
)
SELECT
    p.au, p.personne_id, q.sexe,
    coalesce(e.avec_enfant, FALSE) AS avec_enfant,
    coalesce(e.enfant_inconnu, FALSE) AS enfant_inconnu,
    CASE WHEN x.personne_id IS NULL THEN 0 ELSE 1 END AS sanctionnee
FROM presentes p
JOIN personnes q ON q.id = p.personne_id
LEFT JOIN enfants e ON e.au = p.au AND e.foyer_id = p.foyer_id
LEFT JOIN sanctionnees x ON x.au = p.au AND x.personne_id = p.personne_id
